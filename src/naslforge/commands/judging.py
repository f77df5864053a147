"""judge and prompt: tasks with solutions to verdicts, tasks to the messages of a model."""

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from naslforge.cli import FINE, PROBLEMS, USAGE
from naslforge.commands.files import STDIN, read_text, show
from naslforge.journal import InputError, write_jsonl
from naslforge.records import Attempt, Solution, Task, Verdict


def judge(args: Namespace) -> int:
    """A verdict a line, in the order of the solutions; a summary by status on standard error."""
    if args.workers < 1:
        raise InputError(f"--workers is at least 1, not {args.workers}")
    if args.database is not None:
        from naslforge.run import choose_database

        choose_database(args.database)
    tasks = {task.id: task for task in Task.read(args.tasks)}
    faults: list[InputError] = []
    solutions = _solutions(args.solutions, faults)
    unknown = [s for s in solutions if s.task not in tasks]
    if unknown:
        raise InputError(f"no task is called {unknown[0].task!r}", args.solutions, hint=f"tasks are from {args.tasks}")
    for fault in faults:
        print(f"skipped: {fault}", file=sys.stderr)
    counts: Counter[str] = Counter()
    verdicts = _counted(_engine(args)([(tasks[s.task], s) for s in solutions], args.workers), counts)
    if args.out:
        write_jsonl(args.out, (v.to_json() for v in verdicts))
    else:
        for verdict in verdicts:
            show(verdict.to_json())
    _summary(counts)
    if faults:
        return USAGE
    return FINE if set(counts) <= {"passed"} else PROBLEMS


def _solutions(name: str, faults: list[InputError]) -> list[Solution]:
    if name != STDIN:
        return Solution.read(name, faults.append)
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as copy:
        copy.write(read_text(STDIN))
        copy.flush()
        return Solution.read(copy.name, faults.append)


def _engine(args: Namespace) -> Callable[..., Iterator[Verdict]]:
    if args.engine == "ray":
        from naslforge.commands.ray_engine import judge_many
    else:
        from naslforge.judge import judge_many
    return judge_many


def _counted(verdicts: Iterable[Verdict], counts: Counter[str]) -> Iterator[Verdict]:
    for verdict in verdicts:
        counts[verdict.status] += 1
        yield verdict


def _summary(counts: Counter[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("status", "solutions", "share")
    total = sum(counts.values())
    for status, count in counts.most_common():
        table.add_row(status, str(count), f"{100 * count / total:.1f} %")
    Console(stderr=True).print(table)


def prompt(args: Namespace) -> int:
    """The messages of one task, or of every task: for the first draft, or after the attempts that failed."""
    tasks = Task.read(args.tasks)
    if args.task is not None:
        tasks = [task for task in tasks if task.id == args.task]
        if not tasks:
            raise InputError(f"no task is called {args.task!r}", args.tasks)
    attempts: dict[str, list[Attempt]] = {}
    for attempt in Attempt.read(args.attempts) if args.attempts else ():
        attempts.setdefault(attempt.task, []).append(attempt)
    for task in tasks:
        _show_prompt(task, attempts.get(task.id, []), args)
    return FINE


def _show_prompt(task: Task, attempts: Sequence[Attempt], args: Namespace) -> None:
    from naslforge import solve
    from naslforge.llm import messages_sha256

    before = solve.shown_attempts(attempts)
    if before and (before[-1].verdict or {}).get("status") == "passed":
        if args.task is not None:
            raise InputError(f"{task.id} has passed: there is no next round", args.attempts)
        return
    messages = solve.messages(
        task, before, args.style, reasoning=args.reasoning, context_budget=args.context_budget, traced=args.trace
    )
    if args.json:
        round_ = before[-1].round + 1 if before else 1
        show({"task": task.id, "round": round_, "messages_sha256": messages_sha256(messages), "messages": messages})
    else:
        print("\n\n".join(f"[{m['role']}]\n{m['content']}" for m in messages))
