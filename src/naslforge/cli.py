"""`naslforge VERB`: parse the words, call one function, give its exit code. What a verb needs is imported by the verb.

Exit codes: 0 fine, 1 the input has problems, 2 wrong usage or unreadable input, 3 our own failure.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from naslforge import __version__
from naslforge.journal import InputError

FINE, PROBLEMS, USAGE, FAILURE, INTERRUPTED = 0, 1, 2, 3, 130
DATABASE = "postgresql:// or mariadb:// instead of SQLite in memory (NASLFORGE_DATABASE)"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code; no traceback for a user's mistake."""
    args = parser().parse_args(argv)
    try:
        code = _function(args.run)(args)
        sys.stdout.flush()
        return code
    except InputError as error:
        print(f"naslforge {args.verb}: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # Whoever read us has enough; nothing more may be written, not even when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        print(f"naslforge {args.verb}: stopped; what is finished is kept", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        if args.debug:
            raise
        told = f"{type(error).__name__}: {error}".split("\n")[0]
        print(f"naslforge {args.verb}: our own failure: {told} (--debug shows where)", file=sys.stderr)
        return FAILURE


def _function(place: str) -> Callable[[argparse.Namespace], int]:
    module, _, name = place.partition(":")
    return getattr(import_module(f"naslforge.commands.{module}"), name)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser("naslforge", description="A NASL toolchain, sandbox, data synthesis and training.")
    top.add_argument("--version", action="version", version=f"naslforge {__version__}")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    for add in (_language, _judging, _data, _models, _services):
        add(verbs)
    return top


Verbs = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _verb(verbs: Verbs, name: str, run: str, help: str, json: bool = True) -> argparse.ArgumentParser:  # type: ignore[valid-type]
    verb = verbs.add_parser(name, help=help, description=help)  # type: ignore[attr-defined]
    verb.set_defaults(run=run)
    if json:
        verb.add_argument("--json", action="store_true", help="machine output, JSON Lines where it is a list")
    verb.add_argument("--debug", action="store_true", help="show where our own failures come from")
    return verb


def _language(verbs: Verbs) -> None:  # type: ignore[valid-type]
    check = _verb(verbs, "check", "language:check", "tell what is wrong in programs")
    check.add_argument("files", nargs="+", metavar="FILE", help="files of one program; - is standard input")
    check.add_argument("--context", action="append", default=[], metavar="FILE", help="given declarations")
    check.add_argument("--fix", action="store_true", help="apply the safe fixes to the files")

    form = _verb(verbs, "format", "language:format", "write files in canonical form")
    form.add_argument("files", nargs="+", metavar="FILE", help="- formats standard input to standard output")
    form.add_argument("--check", action="store_true", help="change nothing, tell which files would change")

    convert = _verb(verbs, "convert", "language:convert", "Natural TS to JSON AST and back, by suffix")
    convert.add_argument("input", metavar="IN", help="a .ts or .json file")
    convert.add_argument("output", metavar="OUT", help="the other of the two; beside a .ts stands its .meta.json")
    convert.add_argument("--context", action="append", default=[], metavar="FILE", help="given declarations")

    run = _verb(verbs, "run", "language:run", "call a logic of a program in the sandbox")
    run.add_argument("file", metavar="FILE")
    run.add_argument("--entry", required=True, metavar="NAME", help="full name, e.g. app.logics.f")
    run.add_argument("--args", default="[]", metavar="JSON", help="a list, by position")
    run.add_argument("--context", action="append", default=[], metavar="FILE", help="given declarations")
    run.add_argument("--world", metavar="FILE", help="database rows, user, clock …, as JSON")
    run.add_argument("--database", metavar="URL", help=DATABASE)
    run.add_argument("--trace", action="store_true", help="show every statement that ran, with its value")

    manual = _verb(verbs, "manual", "language:manual", "the language manual that prompts carry")
    manual.add_argument("--for", dest="sublanguage", default="all", metavar="SUBLANGUAGE")
    manual.add_argument(
        "--budget", type=int, metavar="TOKENS", help="leave out what matters least; 0: nothing; default: by sublanguage"
    )

    rules = _verb(verbs, "rules", "language:rules", "the rules of the checker")
    rules.add_argument("code", nargs="?", metavar="CODE", help="code or name of one rule")

    stdlib = _verb(verbs, "stdlib", "library:stdlib", "the functions of the standard library")
    stdlib.add_argument(
        "name", nargs="?", metavar="NAME", help="full or last part of a name, or a group (strings, lists, nasl.auth …)"
    )


def _judging(verbs: Verbs) -> None:  # type: ignore[valid-type]
    judge = _verb(verbs, "judge", "judging:judge", "a verdict for every solution")
    judge.add_argument("tasks", metavar="TASKS")
    judge.add_argument("solutions", metavar="SOLUTIONS", help="JSON Lines, - for standard input")
    judge.add_argument("-o", "--out", metavar="VERDICTS", help="write the verdicts here instead of standard output")
    judge.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    judge.add_argument("--database", metavar="URL", help=DATABASE)
    judge.add_argument("--engine", choices=("local", "ray"), default="local")

    mutate = _verb(verbs, "mutate", "strength:mutate", "do the tests of tasks notice small faults in the references?")
    mutate.add_argument("tasks", metavar="TASKS", help="tasks with references")
    mutate.add_argument("-o", "--out", metavar="FILE", help="write all mutants and their fate here")
    mutate.add_argument(
        "--strengthen", metavar="TASKS", help="write the tasks here, with tests that the surviving mutants fail"
    )
    mutate.add_argument("--least", type=float, default=0.9, metavar="SHARE", help="exit 1 where a task kills less")
    mutate.add_argument("--inputs", type=int, default=200, metavar="N", help="generated for each mutant that survives")
    mutate.add_argument("--seed", type=int, default=0, metavar="N")
    mutate.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")

    prompt = _verb(verbs, "prompt", "judging:prompt", "the exact messages that a model gets")
    prompt.add_argument("tasks", metavar="TASKS")
    prompt.add_argument("--task", metavar="ID", help="one task; without it, every task")
    prompt.add_argument("--attempts", metavar="FILE", help="attempts so far: show the next round")
    prompt.add_argument("--style", choices=("manual", "compact"), default="manual")
    prompt.add_argument(
        "--context-budget", type=int, default=2000, metavar="TOKENS", help="cut a larger project to what matters"
    )
    prompt.add_argument("--trace", action="store_true", help="show what the last attempt did in a failed test")
    prompt.add_argument("--reasoning", action="store_true", help="as the second, reasoning model gets it")


def _data(verbs: Verbs) -> None:  # type: ignore[valid-type]
    collect = _verb(verbs, "collect", "data:collect", "open data to tasks")
    collect.add_argument("source", metavar="SOURCE", help="mbpp, wikisql, chase, retqa or jsonl")
    collect.add_argument("path", metavar="PATH", help="file or folder of the data")
    collect.add_argument("-o", "--out", required=True, metavar="TASKS")
    collect.add_argument("--limit", type=int, metavar="N", help="stop after so many tasks")
    collect.add_argument("--model", metavar="SPEC", help="words the instructions in Chinese and scores them")
    collect.add_argument("--wordings", metavar="FILE", help="keeps the model's answers; default TASKS.wordings.jsonl")
    collect.add_argument("--least-clarity", type=int, default=3, metavar="1-5", help="drop what scores less")
    collect.add_argument("--least-relevance", type=int, default=2, metavar="1-5", help="to business software")
    collect.add_argument("--unjudged", action="store_true", help="keep tasks whose references were not judged")
    collect.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")

    synth = _verb(verbs, "synth", "data:synth", "tasks to examples, by a recipe; resumes")
    synth.add_argument("recipe", metavar="RECIPE")
    synth.add_argument("-o", "--out", metavar="FOLDER", help="instead of the recipe's `out`")


def _models(verbs: Verbs) -> None:  # type: ignore[valid-type]
    train = _verb(verbs, "train", "models:train", "examples to adapter, by a recipe; resumes")
    train.add_argument("method", choices=("sft", "reject", "dpo"))
    train.add_argument("recipe", metavar="RECIPE")

    evaluate = _verb(verbs, "eval", "models:evaluate", "a model to scores on a suite; resumes")
    evaluate.add_argument("--suite", metavar="NAME", help="a suite's name, or a file of tasks")
    evaluate.add_argument(
        "--tasks", metavar="N|FILE", help="only N tasks, spread evenly over the suite, or those that FILE names"
    )
    evaluate.add_argument("--model", metavar="SPEC", help="openai:MODEL@URL, local:PATH, recorded:FILE, reference:")
    evaluate.add_argument("--samples", type=int, default=5, metavar="N")
    evaluate.add_argument("--temperature", type=float, default=0.2, metavar="T")
    evaluate.add_argument("--max-tokens", type=int, default=1024, metavar="N", help="of one answer")
    evaluate.add_argument("--rounds", type=int, default=1, metavar="K", help="tell the model what is wrong, K-1 times")
    evaluate.add_argument(
        "--feedback", choices=("diagnostics", "tests"), default="diagnostics",
        help="what it is told: what checker and sandbox say, or failing tests too",
    )  # fmt: skip
    evaluate.add_argument("--style", choices=("manual", "compact"), help="of the prompt; default: what the model wants")
    evaluate.add_argument("--price", metavar="IN,OUT", help="of a million tokens: tell what the answers cost")
    evaluate.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    evaluate.add_argument("-o", "--out", metavar="RUN", help="folder of the run")
    evaluate.add_argument("--rejudge", metavar="RUN", help="judge the stored answers of a run again")
    evaluate.add_argument("--audit", metavar="NAME", help="can a suite be trusted? references, mutants, impostors")

    board = _verb(verbs, "leaderboard", "models:leaderboard", "runs of several models to one page", json=False)
    board.add_argument("runs", nargs="+", metavar="RUN")
    board.add_argument("-o", "--out", required=True, metavar="FILE.html")
    board.add_argument("--title", default="naslforge leaderboard")

    report = _verb(verbs, "report", "models:report", "runs to one self-contained page", json=False)
    report.add_argument("runs", nargs="+", metavar="RUN")
    report.add_argument("-o", "--out", required=True, metavar="FILE.html")

    demo = _verb(verbs, "demo", "models:demo", "the whole chain on this machine; resumes", json=False)
    demo.add_argument("folder", nargs="?", default="naslforge-demo", metavar="DIR")


def _services(verbs: Verbs) -> None:  # type: ignore[valid-type]
    sandbox = _verb(verbs, "sandbox", "services:sandbox", "the sandbox as a service over HTTP, with a bounded queue")
    sandbox.add_argument("what", choices=("serve",))
    sandbox.add_argument("--host", default="127.0.0.1", help="where to listen; default: this machine only")
    sandbox.add_argument("--port", type=int, default=8420, metavar="N", help="0 takes a free one")
    sandbox.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    sandbox.add_argument("--queue", type=int, default=256, metavar="N", help="jobs that may wait; then 429")
    sandbox.add_argument("--max-body", type=int, default=16 * 2**20, metavar="BYTES", help="of a request, or a line")
    sandbox.add_argument("--max-batch", type=int, default=256, metavar="N", help="items of one batch")
    sandbox.add_argument("--deadline", type=float, default=120.0, metavar="SECONDS", help="for one request; then 504")

    _verb(verbs, "doctor", "services:doctor", "what this machine has: isolation, extras, databases, browser, GPU")


if __name__ == "__main__":
    sys.exit(main())
