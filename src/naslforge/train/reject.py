"""Rejection sampling: ask the model several times a task, judge every answer, keep what passes and what to avoid.

Every answer is on the disk before it is judged; a killed run goes on where it was.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from naslforge import solve
from naslforge.journal import InputError, Journal, write_text
from naslforge.judge import judge_many
from naslforge.llm import Chat, Request, open_local, settings
from naslforge.records import Attempt, Example, Pair, Solution, Task, Verdict
from naslforge.train.recipe import RejectRecipe
from naslforge.train.watch import OnProgress

# A wrong program is the more telling the further it came.
_TELLING = ("wrong_answer", "wrong_state", "runtime_error", "practice_error", "type_error", "missing_entry")


@dataclass(frozen=True, slots=True)
class Rejected:
    """What rejection sampling gave, in numbers."""

    tasks: int
    answers: int
    passed: int
    tasks_passed: int
    examples: int
    pairs: int
    statuses: dict[str, int]


def reject(recipe: RejectRecipe, on_progress: OnProgress | None = None, chat: Chat | None = None) -> Rejected:
    """Write examples.jsonl, pairs.jsonl and attempts.jsonl to the recipe's folder and give the numbers.

    `chat` stands in for the recipe's model, in tests for instance.
    """
    out, tell = Path(recipe.out), on_progress or (lambda *_: None)
    done = out / "rejected.json"
    _same_recipe(recipe, out)
    if done.exists():
        return Rejected(**json.loads(done.read_text(encoding="utf-8")))
    tasks = [task for file in recipe.tasks for task in Task.read(file)][: recipe.limit]
    if not tasks:
        raise InputError("no tasks", ", ".join(recipe.tasks) or None)
    style = settings(recipe.model).style
    texts = _answers(recipe, tasks, style, chat, tell)
    attempts = list(_judged(recipe, tasks, texts, style, tell))
    by_task: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        by_task.setdefault(attempt.task, []).append(attempt)
    examples = [e for task in tasks for e in _examples(task, by_task[task.id], style, recipe.keep)]
    pairs = [p for task in tasks for p in _pairs(task, by_task[task.id], style, recipe)]
    Attempt.write(out / "attempts.jsonl", attempts)
    Example.write(out / "examples.jsonl", examples)
    Pair.write(out / "pairs.jsonl", pairs)
    found = Rejected(
        tasks=len(tasks), answers=len(attempts), passed=sum(map(_passed, attempts)),
        tasks_passed=sum(any(map(_passed, some)) for some in by_task.values()), examples=len(examples),
        pairs=len(pairs), statuses=dict(Counter(a.verdict["status"] for a in attempts if a.verdict).most_common()),
    )  # fmt: skip
    write_text(done, json.dumps(asdict(found)) + "\n")
    return found


def _same_recipe(recipe: RejectRecipe, out: Path) -> None:
    file, asked = out / "recipe.json", json.loads(json.dumps(recipe.to_json()))
    if file.exists():
        before = json.loads(file.read_text(encoding="utf-8"))
        if changed := [key for key in asked if before.get(key) != asked[key]]:
            raise InputError(f"holds another sampling ({', '.join(changed)} differ)", out, hint="choose another folder")
    write_text(file, json.dumps(asked, ensure_ascii=False, indent=1) + "\n")


def _answers(
    recipe: RejectRecipe, tasks: Sequence[Task], style: str, chat: Chat | None, tell: OnProgress
) -> dict[tuple[str, int], str]:
    """The texts of all answers by task and sample; only those that are not stored yet are asked for."""
    wanted = [(task, sample) for task in tasks for sample in range(recipe.samples)]
    with Journal(Path(recipe.out) / "answers.jsonl") as journal:
        texts = {(line["task"], line["sample"]): line["text"] for line in journal}
        missing = [(task, sample) for task, sample in wanted if (task.id, sample) not in texts]
        if not missing:
            return texts
        chat = chat or open_local(recipe.model, seed=recipe.seed, batch=recipe.batch)
        requests = [
            Request(solve.messages(task, style=style), sample, recipe.temperature, recipe.max_tokens)
            for task, sample in missing
        ]
        failed: list[str] = []

        def store(index: int, answer: Any) -> None:
            task, sample = missing[index]
            if answer.error:
                failed.append(answer.error)
                return
            texts[task.id, sample] = answer.text
            journal.append({"task": task.id, "sample": sample, "text": answer.text})
            tell(len(texts), 2 * len(wanted), "sampling")

        chat.complete_many(requests, store)
    if failed:
        raise InputError(
            f"{len(failed)} answers did not come; the first: {failed[0]}", hint="run it again for the rest"
        )
    return texts


def _judged(
    recipe: RejectRecipe, tasks: Sequence[Task], texts: dict[tuple[str, int], str], style: str, tell: OnProgress
) -> Any:
    """Every answer with its verdict. Equal programs of one task are judged once."""
    known = {task.id: task for task in tasks}
    sources = {key: solve.program(known[key[0]], text, style) for key, text in texts.items() if key[0] in known}
    distinct = {(task, source): sample for (task, sample), source in reversed(sources.items())}
    pairs = [(known[task], Solution(task, source, recipe.model, n)) for (task, source), n in distinct.items()]
    verdicts: dict[tuple[str, str], Verdict] = {}
    for key, verdict in zip(distinct, judge_many(pairs, recipe.workers), strict=True):
        verdicts[key] = verdict
        tell(len(sources) + len(verdicts) * len(sources) // len(pairs), 2 * len(sources), "judging")
    for (task, _sample), source in sources.items():
        messages = solve.messages(known[task], style=style)
        verdict = verdicts[task, source]
        told = {"status": verdict.status, "diagnostics": verdict.diagnostics}
        yield Attempt(task, 1, recipe.model, messages, source, told)


def _passed(attempt: Attempt) -> bool:
    return bool(attempt.verdict and attempt.verdict["status"] == "passed")


def _examples(task: Task, attempts: Sequence[Attempt], style: str, keep: int) -> list[Example]:
    """Passing answers, the commonest first: they are the model's own way to say it."""
    counted = Counter(a.source for a in attempts if _passed(a))
    rate = sum(counted.values()) / len(attempts)
    found = []
    for number, (source, _) in enumerate(counted.most_common(keep)):
        said = {"role": "assistant", "content": solve.expected_answer(task, source, style)}
        meta = {"source": "rejection sampling", "pass_rate": round(rate, 3)}
        found.append(Example(f"{task.id}#{number}", [*attempts[0].messages, said], meta))
    return found


def _pairs(task: Task, attempts: Sequence[Attempt], style: str, recipe: RejectRecipe) -> list[Pair]:
    """Passing against failing answers of the same task; the reference stands in where nothing passed."""
    good = [source for source, _ in Counter(a.source for a in attempts if _passed(a)).most_common()]
    reference = task.meta.get("reference")
    if not good and recipe.references and reference:
        good = [reference]
    ranks = {status: rank for rank, status in enumerate(_TELLING)}
    bad = {a.source: a.verdict["status"] for a in attempts if a.verdict and not _passed(a)}
    ordered = sorted(bad, key=lambda source: ranks.get(bad[source], len(ranks)))
    found = []
    for number, (chosen, rejected) in enumerate(_crossed(good, ordered, recipe.pairs)):
        one, other = (
            [{"role": "assistant", "content": solve.expected_answer(task, source, style)}]
            for source in (chosen, rejected)
        )
        meta = {"status": bad[rejected]}
        found.append(Pair(f"{task.id}#{number}", attempts[0].messages, one, other, meta))
    return found


def _crossed(good: Sequence[str], bad: Sequence[str], limit: int) -> list[tuple[str, str]]:
    """Up to `limit` pairs, each bad answer once, the good ones in turn."""
    return [(good[i % len(good)], answer) for i, answer in enumerate(bad[:limit])] if good else []
