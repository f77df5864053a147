"""Our suites in Inspect AI (https://inspect.aisi.org.uk): `inspect eval naslforge/suite -T name=humaneval-zh`."""

from typing import Any

import anyio
from inspect_ai import Task as InspectTask
from inspect_ai import task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessage, ChatMessageSystem, ChatMessageUser
from inspect_ai.scorer import CORRECT, INCORRECT, Score, Scorer, Target, accuracy, scorer, stderr
from inspect_ai.solver import TaskState, generate

from naslforge.evals.adapters.asking import Question, questions, verdict_on
from naslforge.records import Task, Verdict

SHOWN = 5  # diagnostics of a failed answer


@task
def suite(name: str = "humaneval-zh", epochs: int = 1) -> Any:
    """A suite of ours. `epochs` are samples a task."""
    dataset = MemoryDataset([_sample(question) for question in questions(name)], name=name)
    return InspectTask(dataset=dataset, solver=generate(), scorer=gate(), epochs=epochs, name=f"naslforge_{name}")


@scorer(metrics=[accuracy(), stderr()])
def gate() -> Scorer:
    """Correct is what the gate lets through."""

    async def score(state: TaskState, target: Target) -> Score:
        asked = Task.from_json(state.metadata["task"])
        verdict = await anyio.to_thread.run_sync(verdict_on, asked, state.output.completion)
        return Score(
            value=CORRECT if verdict.passed else INCORRECT,
            answer=state.output.completion,
            explanation=_told(verdict),
            metadata={"status": verdict.status, "steps": verdict.steps},
        )

    return score


def _sample(question: Question) -> Sample:
    said: list[ChatMessage] = [
        (ChatMessageSystem if message["role"] == "system" else ChatMessageUser)(content=message["content"])
        for message in question.messages
    ]
    metadata = {"task": question.task.to_json(), **question.task.meta}
    return Sample(input=said, target=question.reference, id=question.task.id, metadata=metadata)


def _told(verdict: Verdict) -> str:
    lines = [verdict.status, *(f"{d['code']} {d['message']}" for d in verdict.diagnostics[:SHOWN])]
    lines += [test.difference for test in verdict.tests if test.difference][:SHOWN]
    return "\n".join(lines)
