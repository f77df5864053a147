"""Tasks and a model to a run folder: prompts, answers, verdicts, scores. An old run can be judged again.

A run folder holds `run.json` (what was asked), `tasks.jsonl`, `prompts.jsonl`, `answers.jsonl` (a journal: every
answer is on the disk before it is judged), `verdicts.jsonl` and `scores.json`. A killed run goes on where it was.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from naslforge import llm, solve
from naslforge.evals.metrics import Scores, score
from naslforge.evals.suite import Suite, load_suite
from naslforge.journal import InputError, Journal, read_jsonl, write_jsonl, write_text
from naslforge.judge import judge_many
from naslforge.records import Solution, Task, Verdict

Progress = Callable[[str, int, int], None]  # (phase, done, of)


@dataclass(frozen=True, slots=True)
class EvalConfig:
    """How a model is asked. `style` is the prompt's: `manual` carries the language manual, `compact` does not."""

    samples: int = 5
    temperature: float = 0.2
    max_tokens: int = 1024
    style: str = "manual"
    workers: int = 2
    seed: int = 0

    def __post_init__(self) -> None:
        if self.samples < 1:
            raise InputError(f"samples is at least 1, not {self.samples}")


def evaluate(
    suite: Suite, model: str | llm.Chat, out: Path, config: EvalConfig, progress: Progress = lambda *_: None
) -> Scores:
    """Ask, store, judge, score. Raises InputError when answers are missing; a second call asks only for those."""
    name = model if isinstance(model, str) else model.name
    _start(suite, name, out, config)
    texts = _read_answers(out)
    wanted = [(task, sample) for task in suite.tasks for sample in range(config.samples)]
    if missing := [(t, s) for t, s in wanted if (t.id, s) not in texts]:
        if name.split(":")[0] == "reference":
            _store_references(suite, name, missing, out, config.style)
        else:
            _ask(missing, llm.open_model(model) if isinstance(model, str) else model, out, config, progress)
    return rejudge(out, config.workers, progress)


def rejudge(out: Path, workers: int = 2, progress: Progress = lambda *_: None) -> Scores:
    """Judge the stored answers of a run, without the model. Raises InputError where the run is not complete."""
    if not (out / "run.json").exists():
        raise InputError("is not a run: it has no run.json", out)
    tasks = Task.read(out / "tasks.jsonl")
    config = json.loads((out / "run.json").read_text(encoding="utf-8"))["config"]
    samples = config["samples"]
    texts = _read_answers(out)
    pairs = []
    for task in tasks:
        for sample in range(samples):
            if (task.id, sample) not in texts:
                raise InputError(f"the answer to {task.id}, sample {sample}, is missing: run the evaluation again", out)
            source = solve.program(task, texts[task.id, sample], config["style"])
            pairs.append((task, Solution(task.id, source, "", sample)))
    verdicts: list[Verdict] = []
    for verdict in judge_many(pairs, workers=workers):
        verdicts.append(verdict)
        progress("judge", len(verdicts), len(pairs))
    Verdict.write(out / "verdicts.jsonl", verdicts)
    scores = score(tasks, verdicts)
    write_text(out / "scores.json", json.dumps(scores.to_json(), ensure_ascii=False, indent=1) + "\n")
    return scores


def _start(suite: Suite, model: str, out: Path, config: EvalConfig) -> None:
    """Write what is asked, or make sure that a run begun earlier asked the same."""
    asked = {"suite": suite.name, "model": model, "config": asdict(config), "tasks": len(suite.tasks)}
    run = out / "run.json"
    if run.exists():
        before = json.loads(run.read_text(encoding="utf-8"))
        if before != asked:
            changed = [k for k in asked if before.get(k) != asked[k]]
            raise InputError(f"holds another run ({', '.join(changed)} differ)", out, hint="choose another folder")
        return
    Task.write(out / "tasks.jsonl", suite.tasks)
    prompts = ({"task": t.id, "messages": solve.messages(t, style=config.style)} for t in suite.tasks)
    write_jsonl(out / "prompts.jsonl", prompts)
    write_text(run, json.dumps(asked, ensure_ascii=False, indent=1) + "\n")


def _read_answers(out: Path) -> dict[tuple[str, int], str]:
    path = out / "answers.jsonl"
    if not path.exists():
        return {}
    with Journal(path) as journal:
        return {(a["task"], a["sample"]): a["text"] for a in journal}


def _store_references(suite: Suite, spec: str, missing: Sequence[tuple[Task, int]], out: Path, style: str) -> None:
    """`reference:` answers with the suite's own references, `reference:FILE` with those of a file of solutions."""
    known, file = suite.references, spec.partition(":")[2]
    if file:
        known = {r["task"]: r.get("source") or r["reference"] for r in read_jsonl(file, dict)}
    with Journal(out / "answers.jsonl") as journal:
        for task, sample in missing:
            if task.id not in known:
                raise InputError(f"there is no reference for {task.id}", file or suite.name)
            text = solve.expected_answer(task, known[task.id], style)
            journal.append({"task": task.id, "sample": sample, "text": text, "usage": {}})


def _ask(
    missing: Sequence[tuple[Task, int]], chat: llm.Chat, out: Path, config: EvalConfig, progress: Progress
) -> None:
    requests = [
        llm.Request(solve.messages(task, style=config.style), sample, config.temperature, config.max_tokens)
        for task, sample in missing
    ]
    failed: list[str] = []
    done = 0
    with Journal(out / "answers.jsonl") as journal:

        def store(index: int, answer: Any) -> None:
            nonlocal done
            done += 1
            task, sample = missing[index]
            if answer.error:
                failed.append(answer.error)
            else:
                line = {"task": task.id, "sample": sample, "text": answer.text, "usage": answer.usage}
                journal.append(line)
            progress("ask", done, len(requests))

        chat.complete_many(requests, store)
    if failed:
        raise InputError(
            f"{len(failed)} of {len(requests)} answers did not come; the first: {failed[0]}",
            hint="what came is stored; run the same command again for the rest",
        )


def load_run(out: Path) -> tuple[dict[str, Any], list[Task], list[Verdict]]:
    """A finished run: its run.json, tasks and verdicts. Raises InputError where it is none."""
    if not (out / "verdicts.jsonl").exists():
        raise InputError("is not a finished run", out, hint="finish it with: naslforge eval")
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return run, Task.read(out / "tasks.jsonl"), Verdict.read(out / "verdicts.jsonl")


__all__ = ["EvalConfig", "evaluate", "load_run", "load_suite", "rejudge"]
