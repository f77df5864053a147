"""The rounds of a run: every answer asked once, stored before it is judged, and what the model is told next.

A sample goes on to the next round while it fails and there is something to tell. With feedback `diagnostics` that is
what the checker and the sandbox say by themselves; `tests` also shows failing tests, as if the asker had them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from naslforge import llm, solve
from naslforge.journal import InputError, Journal
from naslforge.judge import judge_many
from naslforge.records import Attempt, Solution, Task, TestVerdict, Verdict

Progress = Callable[[str, int, int], None]  # (phase, done, of)
DIAGNOSTICS, TESTS = "diagnostics", "tests"
FEEDBACKS = (DIAGNOSTICS, TESTS)
_JUDGED_AGAINST_TESTS = ("wrong_answer", "wrong_state")
_HOPELESS = ("bad_task", "sandbox_error")


@dataclass(frozen=True, slots=True)
class EvalConfig:
    """How a model is asked. `style` is the prompt's: `manual` carries the language manual, `compact` does not."""

    samples: int = 5
    temperature: float = 0.2
    max_tokens: int = 1024
    style: str = "manual"
    workers: int = 2
    seed: int = 0
    rounds: int = 1
    feedback: str = DIAGNOSTICS

    def __post_init__(self) -> None:
        for name in ("samples", "rounds"):
            if getattr(self, name) < 1:
                raise InputError(f"{name} is at least 1, not {getattr(self, name)}")
        if self.feedback not in FEEDBACKS:
            raise InputError(f"feedback is one of {', '.join(FEEDBACKS)}, not {self.feedback!r}")


@dataclass(frozen=True, slots=True)
class Turn:
    """One judged answer; `fixed` is the verdict after its safe fixes, None where they change nothing."""

    round: int
    verdict: Verdict
    fixed: Verdict | None = None

    def to_json(self) -> dict[str, Any]:
        fixed = self.fixed.to_json() if self.fixed else None
        return {"round": self.round, "verdict": self.verdict.to_json(), "fixed": fixed}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Turn":
        fixed = value["fixed"]
        return cls(value["round"], Verdict.from_json(value["verdict"]), Verdict.from_json(fixed) if fixed else None)


@dataclass(slots=True)
class _Sample:
    """One conversation about one task."""

    task: Task
    number: int
    attempts: list[Attempt] = field(default_factory=list)


class Answers:
    """The journal of answers as they came, by task, sample and round."""

    def __init__(self, folder: Path):
        self._path = folder / "answers.jsonl"
        self._lines: dict[tuple[str, int, int], dict[str, Any]] = {}
        if self._path.exists():
            with Journal(self._path) as journal:
                self._lines = {(a["task"], a["sample"], a.get("round", 1)): a for a in journal}

    def __contains__(self, key: tuple[str, int, int]) -> bool:
        return key in self._lines

    def text(self, task: str, sample: int, number: int) -> str:
        return self._lines[task, sample, number]["text"]

    def usage(self) -> dict[str, int]:
        """Answers, and the tokens that the model counted over all of them."""
        total = {"answers": len(self._lines)}
        for line in self._lines.values():
            for key, value in line["usage"].items():
                if isinstance(value, int) and key.endswith("tokens"):
                    total[key] = total.get(key, 0) + value
        return total

    def store(self, lines: Sequence[dict[str, Any]]) -> None:
        with Journal(self._path) as journal:
            for line in lines:
                journal.append(line)
                self._lines[line["task"], line["sample"], line["round"]] = line

    def ask(self, requests: Sequence[llm.Request], chat: llm.Chat, progress: Progress) -> None:
        """Ask what is not there yet. Raises InputError where answers did not come; what came is kept."""
        missing = [r for r in requests if (r.task, r.sample, r.round) not in self]
        if not missing:
            return
        failed: list[str] = []
        came = len(requests) - len(missing)
        with Journal(self._path) as journal:

            def store(index: int, answer: llm.Completion) -> None:
                nonlocal came
                came += 1
                request = missing[index]
                if answer.error:
                    failed.append(answer.error)
                else:
                    line = {"task": request.task, "sample": request.sample, "round": request.round,
                            "text": answer.text, "usage": answer.usage}  # fmt: skip
                    journal.append(line)
                    self._lines[request.task, request.sample, request.round] = line
                progress("ask", came, len(requests))

            chat.complete_many(missing, store)
        if failed:
            raise InputError(
                f"{len(failed)} of {len(missing)} answers did not come; the first: {failed[0]}",
                hint="what came is stored; run the same command again for the rest",
            )


def play(
    tasks: Sequence[Task], config: EvalConfig, answers: Answers, chat: llm.Chat | None, progress: Progress
) -> list[list[Turn]]:
    """All rounds of all samples, in the order of tasks and samples. Without a `chat` every answer must be there."""
    samples = [_Sample(task, number) for task in tasks for number in range(config.samples)]
    turns: list[list[Turn]] = [[] for _ in samples]
    going = list(range(len(samples)))
    for number in range(1, config.rounds + 1):
        requests = [_request(samples[i], number, config) for i in going]
        if chat is not None:
            answers.ask(requests, chat, progress)
        for request in requests:
            if (request.task, request.sample, number) not in answers:
                told = f"the answer to {request.task}, sample {request.sample}, round {number}, is missing"
                raise InputError(f"{told}: run the evaluation again")
        sources = [solve.program(samples[i].task, answers.text(r.task, r.sample, number), config.style)
                   for i, r in zip(going, requests, strict=True)]  # fmt: skip
        judged = _judged([samples[i] for i in going], sources, number, config.workers, progress)
        for i, source, turn in zip(going, sources, judged, strict=True):
            turns[i].append(turn)
            samples[i].attempts.append(_attempt(samples[i], number, source, turn.verdict, config))
        going = [i for i in going if _worth_telling(turns[i][-1].verdict, config)]
    return turns


def _request(sample: _Sample, number: int, config: EvalConfig) -> llm.Request:
    messages = solve.messages(sample.task, sample.attempts, config.style)
    return llm.Request(messages, sample.number, config.temperature, config.max_tokens, sample.task.id, number)


def _judged(
    samples: Sequence[_Sample], sources: Sequence[str], number: int, workers: int, progress: Progress
) -> list[Turn]:
    """A turn for every source; those that fail before they run are judged again after their safe fixes."""
    pairs = [(s.task, Solution(s.task.id, source, "", s.number)) for s, source in zip(samples, sources, strict=True)]
    turns: list[Turn] = []
    for verdict in judge_many(pairs, workers):
        turns.append(Turn(number, verdict))
        progress("judge", len(turns), len(pairs))
    mended = {}
    for i, turn in enumerate(turns):
        if turn.verdict.status in solve.FIXABLE and (found := solve.mended(samples[i].task, sources[i])):
            mended[i] = (samples[i].task, Solution(samples[i].task.id, found[0], "", samples[i].number))
    for i, verdict in zip(mended, judge_many(mended.values(), workers), strict=True) if mended else ():
        turns[i] = replace(turns[i], fixed=verdict)
    return turns


def _worth_telling(verdict: Verdict, config: EvalConfig) -> bool:
    """Whether a next round could know more than this one."""
    if verdict.passed or verdict.status in _HOPELESS:
        return False
    return config.feedback == TESTS or verdict.status not in _JUDGED_AGAINST_TESTS


def _attempt(sample: _Sample, number: int, source: str, verdict: Verdict, config: EvalConfig) -> Attempt:
    """What the next round's words are made of: without what only the tests know, unless tests are shown."""
    if config.feedback == DIAGNOSTICS:
        unseen = [t for t in verdict.tests if t.status not in _JUDGED_AGAINST_TESTS]
        verdict = replace(verdict, tests=[TestVerdict(t.status, difference=t.difference) for t in unseen])
    return Attempt(sample.task.id, number, "", [], source, verdict.to_json())
