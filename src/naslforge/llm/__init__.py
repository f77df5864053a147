"""Messages to completions: an HTTP endpoint, weights on this machine, recordings."""

from naslforge.journal import InputError
from naslforge.llm.chat import Chat, Completion, Message, OnAnswer, Request, messages_sha256
from naslforge.llm.scripted import ListChat, RecordedChat, recording

__all__ = [
    "Chat", "Completion", "ListChat", "Message", "OnAnswer", "RecordedChat", "Request", "messages_sha256",
    "open_model", "recording",
]  # fmt: skip


def open_model(spec: str) -> Chat:
    """The model of a SPEC: `openai:MODEL@URL`, `local:PATH` or `recorded:FILE`. Raises InputError for anything else."""
    kind, _, rest = spec.partition(":")
    if kind == "openai":
        from naslforge.llm.remote import RemoteChat

        return RemoteChat.from_spec(rest)
    if kind == "local":
        return _open_local(rest)
    if kind == "recorded":
        return RecordedChat(rest)
    raise InputError(f"{spec!r} is no model", hint="openai:MODEL@URL, local:PATH, recorded:FILE")


def _open_local(path: str) -> Chat:
    try:
        from naslforge.llm.local import LocalChat

        return LocalChat(path)
    except ImportError as error:
        raise InputError("a local model needs the extra", hint="pip install 'naslforge[train]'") from error
