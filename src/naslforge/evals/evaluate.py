"""Tasks and a model to a run folder: prompts, answers, verdicts, scores. An old run can be judged again.

A run folder holds `run.json` (what was asked), `tasks.jsonl`, `prompts.jsonl`, `answers.jsonl` (a journal: every
answer is on the disk before it is judged), `turns.jsonl` (a line a sample: the verdict of every round),
`verdicts.jsonl` (the last of each sample) and `scores.json`. A killed run goes on where it was.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from naslforge import llm, solve
from naslforge.evals.metrics import Scores, score
from naslforge.evals.suite import Suite
from naslforge.evals.turns import Answers, EvalConfig, Progress, Turn, play
from naslforge.journal import InputError, read_jsonl, write_jsonl, write_text
from naslforge.records import Task, Verdict

_MAY_CHANGE = ("workers", "rounds")  # of the config, when a run goes on: neither changes an answer already given


def evaluate(
    suite: Suite, model: str | llm.Chat, out: Path, config: EvalConfig, progress: Progress = lambda *_: None
) -> Scores:
    """Ask, store, judge, score. Raises InputError when answers are missing; a second call asks only for those."""
    name = model if isinstance(model, str) else model.name
    _start(suite, name, out, config)
    if name.split(":")[0] == "reference":
        _store_references(suite, name, out, config)
        return rejudge(out, config.workers, progress)
    chat = llm.open_model(model) if isinstance(model, str) else model
    return _finish(suite.tasks, out, config, chat, progress)


def rejudge(out: Path, workers: int = 2, progress: Progress = lambda *_: None) -> Scores:
    """Judge the stored answers of a run, without the model. Raises InputError where the run is not complete."""
    if not (out / "run.json").exists():
        raise InputError("is not a run: it has no run.json", out)
    given = json.loads((out / "run.json").read_text(encoding="utf-8"))["config"]
    config = EvalConfig(**{**given, "workers": workers})
    return _finish(Task.read(out / "tasks.jsonl"), out, config, None, progress)


def _finish(tasks: Sequence[Task], out: Path, config: EvalConfig, chat: llm.Chat | None, progress: Progress) -> Scores:
    answers = Answers(out)
    turns = play(tasks, config, answers, chat, progress)
    write_jsonl(out / "turns.jsonl", (_told(sample) for sample in turns))
    verdicts = [sample[-1].verdict for sample in turns]
    Verdict.write(out / "verdicts.jsonl", verdicts)
    scores = score(tasks, verdicts, rounds=_rounds(turns, config.rounds), usage=answers.usage())
    write_text(out / "scores.json", json.dumps(scores.to_json(), ensure_ascii=False, indent=1) + "\n")
    return scores


def _told(turns: Sequence[Turn]) -> dict[str, Any]:
    first = turns[0].verdict
    return {"task": first.task, "sample": first.sample, "turns": [turn.to_json() for turn in turns]}


def _rounds(turns: Sequence[Sequence[Turn]], count: int) -> dict[str, list[Verdict]]:
    """By round, what each sample has come to so far; safe fixes stand apart, as if they were tried at the end."""
    found: dict[str, list[Verdict]] = {}
    for number in range(1, count + 1):
        so_far = [sample[:number] for sample in turns]
        found[f"round {number}"] = [sample[-1].verdict for sample in so_far]
        found[f"round {number} + safe fixes"] = [
            next((t.fixed for t in sample if t.fixed and t.fixed.passed), sample[-1].verdict) for sample in so_far
        ]
    return found


def _start(suite: Suite, model: str, out: Path, config: EvalConfig) -> None:
    """Write what is asked, or make sure that a run begun earlier asked the same."""
    asked = {"suite": suite.name, "model": model, "config": asdict(config), "tasks": len(suite.tasks)}
    run = out / "run.json"
    if run.exists():
        before = json.loads(run.read_text(encoding="utf-8"))
        if changed := [k for k in asked if _fixed(before.get(k)) != _fixed(asked[k])]:
            raise InputError(f"holds another run ({', '.join(changed)} differ)", out, hint="choose another folder")
        write_text(run, json.dumps(asked, ensure_ascii=False, indent=1) + "\n")
        return
    Task.write(out / "tasks.jsonl", suite.tasks)
    prompts = ({"task": t.id, "messages": solve.messages(t, style=config.style)} for t in suite.tasks)
    write_jsonl(out / "prompts.jsonl", prompts)
    write_text(run, json.dumps(asked, ensure_ascii=False, indent=1) + "\n")


def _fixed(value: Any) -> Any:
    return {k: v for k, v in value.items() if k not in _MAY_CHANGE} if isinstance(value, dict) else value


def _store_references(suite: Suite, spec: str, out: Path, config: EvalConfig) -> None:
    """`reference:` answers with the suite's own references, `reference:FILE` with those of a file of solutions."""
    known, file = suite.references, spec.partition(":")[2]
    if file:
        known = {r["task"]: r.get("source") or r["reference"] for r in read_jsonl(file, dict)}
    answers, lines = Answers(out), []
    for task in suite.tasks:
        if task.id not in known:
            raise InputError(f"there is no reference for {task.id}", file or suite.name)
        text = solve.expected_answer(task, known[task.id], config.style)
        missing = (n for n in range(config.samples) if (task.id, n, 1) not in answers)
        lines += [{"task": task.id, "sample": n, "round": 1, "text": text, "usage": {}} for n in missing]
    answers.store(lines)


def load_run(out: Path) -> tuple[dict[str, Any], list[Task], list[Verdict], Scores]:
    """A finished run: its run.json, tasks, verdicts, and scores made anew. Raises InputError where it is none."""
    if not (out / "verdicts.jsonl").exists():
        raise InputError("is not a finished run", out, hint="finish it with: naslforge eval")
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    tasks, verdicts = Task.read(out / "tasks.jsonl"), Verdict.read(out / "verdicts.jsonl")
    turns = [[Turn.from_json(t) for t in line["turns"]] for line in _stored_turns(out)]
    rounds = _rounds(turns, run["config"].get("rounds", 1)) if turns else {}
    return run, tasks, verdicts, score(tasks, verdicts, rounds=rounds, usage=Answers(out).usage())


def _stored_turns(out: Path) -> list[dict[str, Any]]:
    path = out / "turns.jsonl"
    return list(read_jsonl(path, dict)) if path.exists() else []
