"""Keeps evaluation out of training: same words, same program, or same tests as a task that models are measured on."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from naslforge import lang
from naslforge.journal import dump_line
from naslforge.records import Task

GRAM = 13  # Chinese characters or Latin words
SHARE = 0.7  # of an evaluation task's grams; families share set phrases, which alone are no leak


class Evaluation:
    """What must not be trained on. Programs are compared where the tasks carry a reference."""

    def __init__(self, tasks: Iterable[Task]):
        self._texts: set[str] = set()
        self._grams: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._sizes: dict[int, int] = {}
        self._programs: set[str] = set()
        self._tests: set[str] = set()
        for number, task in enumerate(tasks):
            self._add(number, task)

    def _add(self, number: int, task: Task) -> None:
        self._tests.add(_behaviour(task))
        for place, text in enumerate(_instructions(task)):
            units = text_units(text)
            grams = set(_grams(units))
            key = 2 * number + place
            self._sizes[key] = len(grams)
            self._texts.add(" ".join(units))
            for gram in grams:
                self._grams[gram].add(key)
        if reference := task.meta.get("reference"):
            self._programs.add(program_key(reference))

    def leak(self, task: Task, source: str) -> str | None:
        """Why a task and its solution must stay out, or None."""
        if any(self._same_words(text) for text in _instructions(task)):
            return "evaluation: same instruction"
        if _behaviour(task) in self._tests:
            return "evaluation: same tests"
        if self._programs and program_key(source) in self._programs:
            return "evaluation: same program"
        return None

    def _same_words(self, text: str) -> bool:
        units = text_units(text)
        if " ".join(units) in self._texts:
            return True
        met: dict[int, int] = defaultdict(int)
        for gram in set(_grams(units)):
            for key in self._grams.get(gram, ()):
                met[key] += 1
        return any(count >= SHARE * self._sizes[key] for key, count in met.items())


def program_key(source: str) -> str:
    """A text that equal programs share, whatever their local names, layout and comments."""
    return lang.normalise(lang.parse([lang.Source("solution.ts", source)]).units[0])


def _instructions(task: Task) -> Iterator[str]:
    yield task.instruction
    if task.instruction_en:
        yield task.instruction_en


def text_units(text: str) -> list[str]:
    """A text as Chinese characters and lower-case words, without anything between them.

    >>> text_units("返回 List 的长度。")
    ['返', '回', 'list', '的', '长', '度']
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+", plain)


def _grams(units: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(units[i : i + GRAM]) for i in range(len(units) - GRAM + 1))


def _behaviour(task: Task) -> str:
    """Arguments, worlds and outcomes of all tests: two tasks that share them ask for the same function."""
    return dump_line([task.world, sorted(dump_line(test.to_json()) for test in task.tests)])
