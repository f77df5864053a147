"""Messages to completions: an HTTP endpoint, weights on this machine, recordings."""

from typing import Any

from naslforge.journal import InputError
from naslforge.llm.chat import Chat, Completion, Message, OnAnswer, Request, messages_sha256
from naslforge.llm.scripted import ListChat, RecordedChat, recording
from naslforge.llm.slots import LIMITS, Slots, link, slot_tokens
from naslforge.llm.weights import EMBEDDED, Settings, adapter_base, is_adapter, load, resolve, settings, tokenizer

__all__ = [
    "EMBEDDED", "LIMITS", "Chat", "Completion", "ListChat", "Message", "OnAnswer", "RecordedChat", "Request",
    "Settings", "Slots", "adapter_base", "is_adapter", "link", "load", "messages_sha256", "open_local", "open_model",
    "recording", "resolve", "settings", "slot_tokens", "tokenizer",
]  # fmt: skip


def open_model(spec: str) -> Chat:
    """The model of a SPEC: `openai:MODEL@URL`, `local:PATH` or `recorded:FILE`. Raises InputError for anything else."""
    kind, _, rest = spec.partition(":")
    if kind == "openai":
        from naslforge.llm.remote import RemoteChat

        return RemoteChat.from_spec(rest)
    if kind == "local":
        return open_local(rest)
    if kind == "recorded":
        return RecordedChat(rest)
    raise InputError(f"{spec!r} is no model", hint="openai:MODEL@URL, local:PATH, recorded:FILE")


def open_local(path: str, **options: Any) -> Chat:
    """A model folder on this machine; options: seed, batch, max_length, device."""
    try:
        from naslforge.llm.local import LocalChat

        return LocalChat(path, **options)
    except ImportError as error:
        raise InputError("a local model needs the extra", hint="pip install 'naslforge[train]'") from error
