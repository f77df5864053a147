"""The page of every rule: why it is there in both languages, a program that breaks it and the same one put right.

A page is `rules/book/CODE.md`: a heading with code and name, English and Chinese paragraphs, then blocks of code marked
`nasl wrong`, `nasl right` and, where both need given declarations, `nasl context`. A rule that only a run can break has
a block `json task`: the `entry`, `tests` and so on of a Task record that the programs are judged by.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_BLOCK = re.compile(r"^```(\w+) (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class RulePage:
    """One page; `task` is part of a Task record, for a rule that only a run can break."""

    code: str
    name: str
    why: str
    why_zh: str
    wrong: str
    right: str
    context: str = ""
    task: dict[str, Any] | None = None


@cache
def rule_page(code: str) -> RulePage | None:
    """The page of a rule by its code, None where there is none."""
    place = files("naslforge.lang") / "rules" / "book" / f"{code}.md"
    return read_page(place.read_text("utf-8")) if place.is_file() else None


def read_page(text: str) -> RulePage:
    """A page from its text. Raises ValueError where a part is missing."""
    heading = re.match(r"# (NF\d+) ([\w-]+)\n", text)
    if heading is None:
        raise ValueError("a page begins with `# CODE name`")
    blocks = {match[2]: match[3] for match in _BLOCK.finditer(text)}
    if "wrong" not in blocks or "right" not in blocks:
        raise ValueError(f"{heading[1]}: a page has a block `nasl wrong` and a block `nasl right`")
    said = list(_paragraphs(_BLOCK.sub("", text[heading.end() :])))
    english = "\n\n".join(part for part in said if not _CHINESE.search(part))
    chinese = "\n\n".join(part for part in said if _CHINESE.search(part))
    if not english or not chinese:
        raise ValueError(f"{heading[1]}: a page says why in English and in Chinese")
    task = json.loads(blocks["task"]) if "task" in blocks else None
    wrong, right, context = blocks["wrong"], blocks["right"], blocks.get("context", "")
    return RulePage(heading[1], heading[2], english, chinese, wrong, right, context, task)


def _paragraphs(text: str) -> Iterator[str]:
    for part in re.split(r"\n\s*\n", text):
        if part.strip():
            yield " ".join(part.split())
