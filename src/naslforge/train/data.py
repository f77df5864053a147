"""Examples and pairs to the rows that TRL trains on, loss on the assistant's tokens only.

Where the model says so (naslforge.json), names become slots here.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from naslforge.journal import InputError
from naslforge.llm import Settings, link
from naslforge.records import Example, Pair

Message = dict[str, str]
Row = dict[str, Any]


def examples(files: Sequence[str | Path]) -> list[Example]:
    """All examples of the files; none at all is an error that names the files."""
    found = [example for file in files for example in Example.read(file)]
    if not found:
        raise InputError("no examples", ", ".join(map(str, files)), hint="write some with `naslforge synth`")
    return found


def pairs(files: Sequence[str | Path]) -> list[Pair]:
    """All preference pairs of the files; none at all is an error that names the files."""
    found = [pair for file in files for pair in Pair.read(file)]
    if not found:
        raise InputError("no pairs", ", ".join(map(str, files)), hint="`naslforge train reject` writes them")
    return found


def sft_rows(records: Sequence[Example], settings: Settings) -> list[Row]:
    """Conversational `prompt` and `completion`."""
    rows = []
    for record in records:
        messages = _linked(record.messages, settings)
        if not messages or messages[-1]["role"] != "assistant":
            raise InputError(f"example {record.id!r} does not end with the assistant's message")
        rows.append({"prompt": messages[:-1], "completion": messages[-1:]})
    return rows


def dpo_rows(records: Sequence[Pair], settings: Settings) -> list[Row]:
    """Conversational `prompt`, `chosen` and `rejected`."""
    rows = []
    for record in records:
        chosen = _linked([*record.prompt, *record.chosen], settings)
        rejected = _linked([*record.prompt, *record.rejected], settings)
        start = len(record.prompt)
        rows.append({"prompt": chosen[:start], "chosen": chosen[start:], "rejected": rejected[start:]})
    return rows


def _linked(messages: Sequence[Message], settings: Settings) -> list[Message]:
    return link(messages, settings.plain)[0] if settings.slots else list(messages)


def tokens(row: Row, tokenizer: Any, max_length: int) -> Row | None:
    """`input_ids` and `completion_mask` of an SFT row; None where it is longer than `max_length`.

    The prompt is tokenized with the template's opening of the answer, the rest is what the model has to say.
    """
    opening = tokenizer.apply_chat_template(row["prompt"], add_generation_prompt=True, return_dict=False)
    whole = tokenizer.apply_chat_template([*row["prompt"], *row["completion"]], return_dict=False)
    if whole[: len(opening)] != opening:
        raise InputError("this chat template does not put the answer after the prompt's own tokens")
    if len(whole) > max_length:
        return None
    return {"input_ids": whole, "completion_mask": [0] * len(opening) + [1] * (len(whole) - len(opening))}
