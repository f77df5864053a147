"""What a model is to everybody else: requests in, completions out, in any order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model; `sample` tells equal questions apart."""

    messages: Sequence[Message]
    sample: int = 0
    temperature: float = 0.0
    max_tokens: int = 1024


@dataclass(frozen=True, slots=True)
class Completion:
    """One answer. A failed request has an `error` and no text."""

    text: str
    model: str
    usage: dict[str, Any] = field(default_factory=dict)
    error: str | None = None


class Chat(Protocol):
    """A model that answers many requests and reports each answer once, by the request's index."""

    name: str

    def complete_many(self, requests: Sequence[Request], on_answer: Callable[[int, Completion], None]) -> None: ...
