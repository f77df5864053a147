"""Reads habits.toml: calls of other languages and what NASL writes instead."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_ROW = re.compile(r"(?P<head>.*?) (?P<arrow>=>|~>|!>) (?P<rest>.*)", re.S)
_PLAIN = re.compile(r"([\w.]+(?:<\w+>)?)\(((?:\$\d(?:, )?)*)\)")


@dataclass(frozen=True, slots=True)
class Habit:
    """`text` has $0, $1 … for the value and the arguments, '' where there are only words."""

    kind: str  # List, Map … of methods; '' elsewhere
    name: str
    count: int | None  # of arguments, None for any
    text: str
    safe: bool
    zh: str
    en: str
    type: str = ""  # of the text, where it is no plain call

    def write(self, parts: list[str]) -> str:
        """The text with its holes filled; a part beside an operator gets parentheses where it needs them."""
        spaced = re.search(r"\$\d [-+*/%=<>!]=? |[-+*/%=<>!]=? \$\d", self.text) or self.text.startswith("!")

        def fill(hole: re.Match[str]) -> str:
            index = int(hole.group(1))
            part = parts[index] if index < len(parts) else ""
            return f"({part})" if spaced and re.search(r"\s[-+*/%=<>&|!]", part) else part

        return re.sub(r"\b(\w+) - (\d+)\)$", _length, re.sub(r"\$(\d)", fill, self.text))

    def words(self, parts: list[str]) -> tuple[str, str]:
        """The words in English and Chinese, with the value in them."""
        value = parts[0] if parts else ""
        return self.en.replace("$0", value), self.zh.replace("$0", value)

    @property
    def call(self) -> tuple[str, tuple[int, ...]] | None:
        """Function and argument places, where the text is one call of them: `nasl.util.Get($0, $1)`."""
        found = _PLAIN.fullmatch(self.text)
        if found is None or "<" in found.group(1):
            return None
        return found.group(1), tuple(int(hole) for hole in re.findall(r"\$(\d)", found.group(2)))


@dataclass(frozen=True, slots=True)
class Habits:
    methods: dict[str, list[Habit]]  # by the method's name
    calls: dict[str, list[Habit]]  # by the full name
    names: dict[str, Habit]
    news: dict[str, list[Habit]]
    tables: dict[str, tuple[str, bool]]  # the logic, and whether it is surely meant
    receivers: dict[str, list[Habit]]  # by the full name of a library function; `kind` is the first argument's


@cache
def habits() -> Habits:
    """Every habit that is known."""
    data = tomllib.loads((files(__package__) / "habits.toml").read_text("utf-8"))
    found = Habits({}, {}, {}, {}, {}, {})
    for row in data["methods"]:
        for habit in _rows(row, methods=True):
            found.methods.setdefault(habit.name, []).append(habit)
    for row in data["calls"]:
        for habit in _rows(row):
            found.calls.setdefault(habit.name, []).append(habit)
    for row in data["news"]:
        for habit in _rows(row):
            found.news.setdefault(habit.name, []).append(habit)
    for row in data["receivers"]:
        name, kind, rest = row.split(" ", 2)
        found.receivers.setdefault(name, []).extend(_rows(f"{kind} {name} {rest}", methods=True))
    for row in data["names"]:
        (habit,) = _rows(row, counted=False)
        found.names[habit.name] = habit
    for row in data["tables"]:
        names, arrow, logic = row.split(" ")
        found.tables.update(dict.fromkeys(names.split("|"), (logic, arrow == "=>")))
    return found


def _length(found: re.Match[str]) -> str:
    """`3 - 0)` reads better as `3)`."""
    end, start = found.group(1), int(found.group(2))
    if end.isdigit():
        return f"{max(0, int(end) - start)})"
    return f"{end})" if start == 0 else found.group()


def _rows(row: str, *, methods: bool = False, counted: bool = True) -> list[Habit]:
    """One habit for each name of a row."""
    parts = _ROW.fullmatch(row)
    if parts is None:
        raise ValueError(f"habits.toml: {row!r}")
    head, arrow, rest = parts.group("head").split(" "), parts.group("arrow"), parts.group("rest")
    kind = head.pop(0) if methods else ""
    names = head.pop(0).split("|")
    count = None if not counted or head[0] == "*" else int(head[0])
    text, words = ("", rest) if arrow == "!>" else _halves(rest, " ; ")
    text, type_ = _halves(text, " : ")
    zh, en = _halves(words, " / ")
    return [Habit(kind, name, count, text, arrow == "=>", zh, en, type_) for name in names]


def _halves(text: str, mark: str) -> tuple[str, str]:
    left, _, right = text.rpartition(mark) if mark in text else (text, "", "")
    return left, right
