"""Answers that are there already: a list for tests, and recordings of a real model that repeat a run without it.

A recording is JSON Lines, an answer a line: {"task", "round", "sample", "model", "date", "messages_sha256", "text"},
with `usage` where it is known. It is found by task, round and sample, or by its messages where it names no task.
"""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from naslforge.journal import InputError, read_jsonl
from naslforge.llm.chat import Completion, OnAnswer, Request, messages_sha256

_log = logging.getLogger("naslforge.llm")
NOT_RECORDED = "no answer is recorded"


class ListChat:
    """Answers in the order of the list, one a request; None stands for a request that fails."""

    def __init__(self, answers: Iterable[str | None], name: str = "list"):
        self.name = name
        self.asked: list[Request] = []
        self._answers = iter(answers)

    def complete_many(self, requests: Sequence[Request], on_answer: OnAnswer) -> None:
        """Answer every request with the next of the list; past its end every request fails."""
        for index, request in enumerate(requests):
            self.asked.append(request)
            text = next(self._answers, None)
            error = None if text is not None else "the list of answers has none"
            on_answer(index, Completion(text or "", self.name, error=error))


class RecordedChat:
    """Replays a file of recorded answers. `changed` counts answers that were given to other words than today's."""

    def __init__(self, path: str | Path):
        self.name = f"recorded:{path}"
        self.changed = 0
        self._by_place: dict[tuple[str, int, int], dict[str, Any]] = {}
        self._by_messages: dict[tuple[str, int], dict[str, Any]] = {}
        for line in read_jsonl(path, _recording):
            if line["task"]:
                self._by_place[line["task"], line["round"], line["sample"]] = line
            self._by_messages[line["messages_sha256"], line["sample"]] = line

    def complete_many(self, requests: Sequence[Request], on_answer: OnAnswer) -> None:
        """Answer from the file; a request that was not recorded fails. Warns once when prompts have changed since."""
        before = self.changed
        for index, request in enumerate(requests):
            on_answer(index, self._answer(request))
        if self.changed > before:
            told = "%d recorded answers in %s were given to other prompts: the prompts have changed since"
            _log.warning(told, self.changed - before, self.name)

    def _answer(self, request: Request) -> Completion:
        digest = messages_sha256(request.messages)
        line = self._by_place.get((request.task, request.round, request.sample))
        line = line or self._by_messages.get((digest, request.sample))
        if line is None:
            place = f"{request.task}, round {request.round}, sample {request.sample}" if request.task else digest[:12]
            return Completion("", self.name, error=f"{NOT_RECORDED} for {place}")
        self.changed += line["messages_sha256"] != digest
        return Completion(line["text"], line["model"], line["usage"])


def _recording(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError("a recording is a JSON object")
    for key in ("messages_sha256", "text"):
        if not isinstance(value.get(key), str):
            raise InputError(f"a recording needs {key!r}, a text")
    defaults = {"task": "", "round": 1, "sample": 0, "model": "recorded", "usage": {}}
    return {**defaults, **value}


def recording(request: Request, completion: Completion, date: str) -> dict[str, Any]:
    """The line that replays this answer to this request."""
    return {
        "task": request.task,
        "round": request.round,
        "sample": request.sample,
        "model": completion.model,
        "date": date,
        "messages_sha256": messages_sha256(request.messages),
        "text": completion.text,
    }
