"""What both harnesses need: the words of every task, and the gate's verdict on an answer."""

from dataclasses import dataclass

from naslforge import solve
from naslforge.evals.suite import load_suite
from naslforge.judge import judge
from naslforge.records import Task, Verdict

MACHINERY = ("sandbox_error", "bad_task")  # no score: the harness must treat the sample as failed to run


@dataclass(frozen=True, slots=True)
class Question:
    """One task as a harness sees it."""

    task: Task
    messages: solve.Messages
    reference: str

    @property
    def text(self) -> str:
        """All messages as one text, for models without roles."""
        return "\n\n".join(message["content"] for message in self.messages)


def questions(suite: str) -> list[Question]:
    """Every task of a suite. Raises InputError where there is no such suite."""
    loaded = load_suite(suite)
    return [Question(task, solve.messages(task), loaded.references.get(task.id, "")) for task in loaded.tasks]


def verdict_on(task: Task, answer: str) -> Verdict:
    """The gate's verdict on a model's answer. Raises RuntimeError where the machinery failed, which is no score."""
    verdict = judge(task, solve.program(task, answer))
    if verdict.status in MACHINERY:
        raise RuntimeError(f"{task.id}: {verdict.status}")
    return verdict
