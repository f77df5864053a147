"""Keeps evaluation out of training: the same words, program, tests or behaviour as a task that models are measured on.

Texts are compared by 13-grams, as for GPT-3 (Brown et al. 2020, arXiv:2005.14165, appendix C), here of Chinese
characters or words. Programs are compared up to local names, and, where they are long enough to be no accident, up to
every name of their own. Behaviour is the strictest: what passes the tests of an evaluation task is an answer to it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from naslforge import lang
from naslforge.journal import dump_line
from naslforge.judge import judge_many
from naslforge.records import Solution, Task
from naslforge.strength import Shape, posing_as, shape

# (units in a gram, share of an evaluation task's grams that tell): units are Chinese characters or Latin words. Long
# grams find quotations; short ones find what was reworded, where nearly all of them are there. Families share set
# phrases, which alone are no leak.
GRAMS = ((13, 0.7), (3, 0.5))
OWN_WORDS = 40  # tokens from which on two programs alike up to all names are no accident
_FEWEST = 4  # grams in common below which nothing is said: a request of six words has only four
_FIRST_TESTS = 3  # tell nearly all strangers


@dataclass(frozen=True, slots=True)
class Leak:
    """Why an answer must stay out of training: what it shares with which evaluation task."""

    shares: str
    evaluation: str

    @property
    def reason(self) -> str:
        return f"evaluation: same {self.shares}"

    def to_json(self) -> dict[str, str]:
        return asdict(self)


class Evaluation:
    """What must not be trained on. Programs are compared where the tasks carry a reference.

    `reworded` finds what says the same in other words or under other names. Without it only quotations count: for sets
    that share their wording with training by design, such as tasks of the same families over other words.
    """

    def __init__(self, tasks: Iterable[Task], reworded: bool = True):
        self._reworded = reworded
        self._texts: dict[str, str] = {}
        self._grams: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._sizes: dict[tuple[int, int], int] = {}
        self._owners: dict[int, str] = {}
        self._programs: dict[str, str] = {}
        self._skeletons: dict[str, str] = {}
        self._tests: dict[str, str] = {}
        for number, task in enumerate(tasks):
            self._add(number, task)

    def _add(self, number: int, task: Task) -> None:
        self._tests[_behaviour(task)] = task.id
        for place, text in enumerate(_instructions(task)):
            units = text_units(text)
            key = 2 * number + place
            self._owners[key] = self._texts[" ".join(units)] = task.id
            for length, _ in GRAMS:
                grams = set(_grams(units, length))
                self._sizes[key, length] = len(grams)
                for gram in grams:
                    self._grams[gram].add(key)
        if reference := task.meta.get("reference"):
            self._programs[program_key(reference)] = task.id
            if found := skeleton(reference):
                self._skeletons[found] = task.id

    def leak(self, task: Task, source: str) -> Leak | None:
        """What a task and its solution share with an evaluation task, or None. No program is run."""
        for text in _instructions(task):
            if owner := self._same_words(text):
                return Leak("instruction", owner)
        if owner := self._tests.get(_behaviour(task)):
            return Leak("tests", owner)
        if self._programs and (owner := self._programs.get(program_key(source))):
            return Leak("program", owner)
        if self._reworded and self._skeletons and (found := skeleton(source)) and (owner := self._skeletons.get(found)):
            return Leak("program up to names", owner)
        return None

    def _same_words(self, text: str) -> str | None:
        units = text_units(text)
        if owner := self._texts.get(" ".join(units)):
            return owner
        for length, share in GRAMS if self._reworded else GRAMS[:1]:
            met: dict[int, int] = defaultdict(int)
            for gram in set(_grams(units, length)):
                for key in self._grams.get(gram, ()):
                    met[key] += 1
            for key, count in met.items():
                if count >= max(_FEWEST, share * self._sizes[key, length]):
                    return self._owners[key]
        return None


def behaves_alike(answers: Sequence[tuple[Task, str]], evaluation: Iterable[Task], workers: int = 1) -> dict[int, Leak]:
    """By the number of the answer: the evaluation task whose tests it passes when it is put under its name.

    Only answers with the same types of parameters and result, over the same declarations, are run.
    """
    measured: dict[tuple[tuple[str, ...], str], list[Task]] = defaultdict(list)
    for task in evaluation:
        if found := shape(task, task.meta.get("reference")):
            measured[_fits(task, found)].append(task)
    pairs = []
    for number, (task, source) in enumerate(answers):
        if found := shape(task, source):
            pairs += [
                (number, other, *posing_as(other, task, source)) for other in measured.get(_fits(task, found), ())
            ]
    few = ((replace(bare, tests=bare.tests[:_FIRST_TESTS]), Solution(bare.id, text)) for _, _, bare, text in pairs)
    near = [pair for pair, v in zip(pairs, judge_many(few, workers), strict=True) if v.passed]
    all_tests = ((bare, Solution(bare.id, text)) for _, _, bare, text in near)
    found_leaks: dict[int, Leak] = {}
    for (number, other, _, _), verdict in zip(near, judge_many(all_tests, workers), strict=True):
        if verdict.passed:
            found_leaks.setdefault(number, Leak("behaviour", other.id))
    return found_leaks


def _fits(task: Task, found: Shape) -> tuple[tuple[str, ...], str]:
    return found.types, task.context.strip()


def program_key(source: str) -> str:
    """A text that equal programs share, whatever their local names, layout and comments."""
    return lang.normalise(lang.parse([lang.Source("solution.ts", source)]).units[0])


_TOKEN = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|nasl(?:\.\w+)+|[^\W\d]\w*|\d[\w.]*|[^\w\s]")
_KEPT = frozenset([
    "export", "namespace", "function", "class", "enum", "let", "const", "return", "if", "else", "for", "of", "while",
    "break", "continue", "match", "true", "false", "null", "String", "Long", "Decimal", "Boolean", "Date", "Time",
    "DateTime", "List", "Map", "FROM", "WHERE", "SELECT", "ON", "LEFT_JOIN", "INNER_JOIN", "ORDER_BY", "GROUP_BY",
    "HAVING", "LIMIT", "PAGINATE", "DISTINCT",
])  # fmt: skip


def skeleton(source: str) -> str | None:
    """The program with every name of its own replaced by its number; None where it is too short to tell."""
    tokens = _TOKEN.findall(program_key(source))
    if len(tokens) < OWN_WORDS:
        return None
    numbers: dict[str, str] = {}
    return " ".join(_anonymous(token, numbers) for token in tokens)


def _anonymous(token: str, numbers: dict[str, str]) -> str:
    if token in _KEPT or token.startswith("nasl.") or not (token[0].isalpha() or token[0] == "_"):
        return token
    return numbers.setdefault(token, f"n{len(numbers)}")


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


def _grams(units: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(units[i : i + length]) for i in range(len(units) - length + 1))


def _behaviour(task: Task) -> str:
    """Arguments, worlds and outcomes of all tests: two tasks that share them ask for the same function."""
    return dump_line([task.world, sorted(dump_line(test.to_json()) for test in task.tests)])
