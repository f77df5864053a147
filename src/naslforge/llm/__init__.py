"""Messages to completions: endpoints, weights on this machine, recordings."""

from naslforge.llm.chat import Chat, Completion, Message, Request

__all__ = ["Chat", "Completion", "Message", "Request"]
