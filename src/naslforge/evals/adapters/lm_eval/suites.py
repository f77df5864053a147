"""Functions that the YAML files beside this one name, for lm-evaluation-harness, which brings `datasets` along."""

import json
from typing import Any

from datasets import Dataset

from naslforge.evals.adapters import questions, verdict_on
from naslforge.records import Task


def dataset(suite: str, **_: Any) -> dict[str, Dataset]:
    """The split `test` of a suite: a document a task."""
    rows = [
        {
            "id": q.task.id,
            "text": q.text,
            "task": json.dumps(q.task.to_json(), ensure_ascii=False),
            "target": q.reference,
        }
        for q in questions(suite)
    ]
    return {"test": Dataset.from_list(rows)}


def process_results(doc: dict[str, Any], results: list[str]) -> dict[str, float]:
    """1 where the gate lets the answer through."""
    task = Task.from_json(json.loads(doc["task"]))
    return {"pass_at_1": float(verdict_on(task, results[0]).passed)}
