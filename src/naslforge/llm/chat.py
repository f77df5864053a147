"""What a model is to everybody else: requests in, completions out, in any order."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model; `sample` tells equal questions apart.

    `task` and `round` say what the question belongs to: no model sees them, recordings are found by them.
    """

    messages: Sequence[Message]
    sample: int = 0
    temperature: float = 0.0
    max_tokens: int = 2048
    task: str = ""
    round: int = 1


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer. A failed request has an `error` and no text."""

    text: str
    model: str
    usage: dict[str, Any] = field(default_factory=dict)
    error: str | None = None


OnAnswer = Callable[[int, Completion], None]


class Chat(Protocol):
    """A model that answers many requests and reports each answer once, by the request's index."""

    name: str

    def complete_many(self, requests: Sequence[Request], on_answer: OnAnswer) -> None: ...


def messages_sha256(messages: Sequence[Message]) -> str:
    """What two equal conversations share, whatever model they go to."""
    said = [{"role": message["role"], "content": message["content"]} for message in messages]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
