"""Tasks to attempts, round by round: ask, store, judge, try safe fixes, tell the model what is wrong, ask again.

A run folder holds two journals. `answers.jsonl` has every answer as it came, on the disk before anything is done with
it: no paid answer is lost or asked twice. `attempts.jsonl` has what became of it. A mended attempt stands after the
answer it came from, in the same round, with `fixed` (the number of safe fixes) in its usage.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from naslforge import solve
from naslforge.journal import Journal, write_jsonl
from naslforge.judge import judge_many
from naslforge.llm import Chat, Completion, Request, messages_sha256
from naslforge.records import Attempt, Solution, Task, Verdict

Tell = Callable[..., None]  # (done, total, word)
HOPELESS = ("bad_task", "sandbox_error")  # nothing that another answer could mend


@dataclass(frozen=True, slots=True)
class AskConfig:
    """How tasks are asked: `rounds` of the first model, and one of the second where there is one."""

    rounds: int = 3
    temperature: float = 0.0
    max_tokens: int = 4096
    workers: int = 1
    style: str = solve.MANUAL
    trace: bool = False  # show what an answer did in a failed test


@dataclass(slots=True)
class Round:
    """What came of one round. `passed` are answers as they came, `fixed` those that passed after safe fixes."""

    number: int
    name: str
    asked: int = 0
    answered: int = 0
    passed: int = 0
    fixed: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def to_json(self) -> dict[str, Any]:
        keys = ("number", "name", "asked", "answered", "passed", "fixed")
        return {k: getattr(self, k) for k in keys} | {
            "statuses": dict(self.statuses.most_common()), "errors": dict(self.errors.most_common())
        }  # fmt: skip


class Ledger:
    """The two journals of a run folder, and by task all attempts so far."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.answers: dict[tuple[str, int], dict[str, Any]] = {}
        self.attempts: dict[str, list[Attempt]] = {}
        self._answers = Journal(folder / "answers.jsonl")
        self._attempts = Journal(folder / "attempts.jsonl")
        for line in self._answers:
            self.answers[line["task"], line["round"]] = line
        for line in self._attempts:
            self._remember(Attempt.from_json(line))

    def store_answer(self, request: Request, answer: Completion) -> None:
        """Keep an answer before anything else is done with it."""
        line = {
            "task": request.task, "round": request.round, "model": answer.model, "text": answer.text,
            "usage": answer.usage, "messages_sha256": messages_sha256(request.messages),
        }  # fmt: skip
        self._answers.append(line)
        self.answers[request.task, request.round] = line

    def store_attempt(self, attempt: Attempt) -> None:
        self._attempts.append(attempt.to_json())
        self._remember(attempt)

    def _remember(self, attempt: Attempt) -> None:
        self.attempts.setdefault(attempt.task, []).append(attempt)

    def of_round(self, task: str, number: int) -> list[Attempt]:
        """The attempts of one round: the answer as it came, and the mended one where there is one."""
        return [a for a in self.attempts.get(task, ()) if a.round == number]

    def before(self, task: str, number: int) -> list[Attempt]:
        """What a model is shown in round `number`."""
        return solve.shown_attempts(a for a in self.attempts.get(task, ()) if a.round < number)

    def close(self) -> None:
        self._answers.close()
        self._attempts.close()

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def attempt_all(
    tasks: Sequence[Task], chat: Chat, ledger: Ledger, config: AskConfig, second: Chat | None = None,
    tell: Tell = lambda *_: None,
) -> list[Round]:  # fmt: skip
    """All rounds over all tasks; what an earlier run has done is taken as it is.

    Questions that got no answer are left in `pending.jsonl` with their messages.
    """
    rounds, left, pending = [], list(tasks), []
    plan = [(number, f"round {number}", chat) for number in range(1, config.rounds + 1)]
    if second is not None:
        plan.append((config.rounds + 1, "reasoning", second))
    for number, name, model in plan:
        done = Round(number, name)
        requests = [_request(task, number, ledger, config, reasoning=name == "reasoning") for task in left]
        pending += _ask(requests, model, ledger, done, tell)
        _judge(left, requests, ledger, done, config, tell)
        rounds.append(done)
        left = [task for task in left if _is_open(ledger.of_round(task.id, number))]
    write_jsonl(ledger.folder / "pending.jsonl", map(_question, pending))
    return rounds


def _is_open(attempts: Sequence[Attempt]) -> bool:
    """True where a task was answered and another answer may still pass."""
    return bool(attempts) and not any(_status(a) == "passed" or _status(a) in HOPELESS for a in attempts)


def _status(attempt: Attempt) -> str:
    return (attempt.verdict or {}).get("status", "")


# --- asking


def _request(task: Task, number: int, ledger: Ledger, config: AskConfig, *, reasoning: bool) -> Request:
    before = ledger.before(task.id, number)
    messages = solve.messages(task, before, config.style, reasoning=reasoning, traced=config.trace)
    return Request(messages, 0, config.temperature, config.max_tokens, task=task.id, round=number)


def _ask(requests: Sequence[Request], chat: Chat, ledger: Ledger, done: Round, tell: Tell) -> list[Request]:
    """Ask what has no answer yet; gives the questions that still have none."""
    done.asked = len(requests)
    missing = [r for r in requests if (r.task, r.round) not in ledger.answers]
    came = len(requests) - len(missing)

    def store(index: int, answer: Completion) -> None:
        nonlocal came
        came += 1
        if answer.error is None:
            ledger.store_answer(missing[index], answer)
        else:
            done.errors[_kind(answer.error)] += 1
        tell(came, len(requests), f"{done.name}: ask")

    if missing:
        chat.complete_many(missing, store)
    return [r for r in missing if (r.task, r.round) not in ledger.answers]


def _kind(error: str) -> str:
    """An error without what is different in every one of them."""
    return error.split(" for ")[0]


def _question(request: Request) -> dict[str, Any]:
    return {
        "task": request.task, "round": request.round, "sample": request.sample,
        "messages_sha256": messages_sha256(request.messages), "messages": list(request.messages),
    }  # fmt: skip


# --- judging


def _judge(
    tasks: Sequence[Task], requests: Sequence[Request], ledger: Ledger, done: Round, config: AskConfig, tell: Tell
) -> None:
    """Turn the round's answers into attempts, then try safe fixes on those that failed."""
    answered = [(t, r) for t, r in zip(tasks, requests, strict=True) if (t.id, done.number) in ledger.answers]
    done.answered = len(answered)
    fresh = [(t, r, _answer(t, ledger, done.number, config)) for t, r in answered if not _judged(t, ledger, done)]
    _store_judged(fresh, ledger, config, tell, f"{done.name}: judge")
    mended = [(t, r, fixed) for t, r in answered if (fixed := _mended(t, ledger.of_round(t.id, done.number)))]
    _store_judged(mended, ledger, config, tell, f"{done.name}: safe fixes")
    for task, _ in answered:
        first, *rest = ledger.of_round(task.id, done.number)
        done.statuses[_status(first)] += 1
        done.passed += _status(first) == "passed"
        done.fixed += any(_status(a) == "passed" for a in rest)


def _judged(task: Task, ledger: Ledger, done: Round) -> bool:
    return bool(ledger.of_round(task.id, done.number))


Candidate = tuple[str, str, dict[str, Any]]  # source, model, usage


def _answer(task: Task, ledger: Ledger, number: int, config: AskConfig) -> Candidate:
    line = ledger.answers[task.id, number]
    return solve.program(task, line["text"], config.style), line["model"], line["usage"]


def _mended(task: Task, attempts: Sequence[Attempt]) -> Candidate | None:
    """The answer after its safe fixes, where it failed before running, was not tried yet and has some."""
    if len(attempts) != 1 or _status(attempts[0]) not in solve.FIXABLE:
        return None
    attempt = attempts[0]
    fixed = solve.mended(task, attempt.source)
    return (fixed[0], attempt.model, {"fixed": fixed[1]}) if fixed else None


def _store_judged(
    candidates: Sequence[tuple[Task, Request, Candidate]], ledger: Ledger, config: AskConfig, tell: Tell, word: str
) -> None:
    pairs = ((task, Solution(task.id, source, model)) for task, _, (source, model, _) in candidates)
    verdicts: Iterable[Verdict] = judge_many(pairs, workers=config.workers) if candidates else ()
    for i, ((task, request, (source, model, usage)), verdict) in enumerate(zip(candidates, verdicts, strict=True), 1):
        messages = [dict(message) for message in request.messages]
        ledger.store_attempt(Attempt(task.id, request.round, model, messages, source, verdict.to_json(), usage))
        tell(i, len(candidates), word)
