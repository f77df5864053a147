"""Name slots and schema linking: a reversible rewriting of compact prompts; a small model then spells no unseen name.

Every declared name becomes a slot token: `<e1>` entity, `<s1>` structure, `<r1>` and `<q1>` their lower-case names,
`<n1>` enum, `<m1>` enum member, `<f1>` field, `<p1>` parameter, `<l1>` logic, `<v1>` variable. Quoted texts and numbers
of the instruction become `<t1>` and `<d1>`. Labels and names in the instruction are replaced by the slot of what they
name, longest first (schema linking). The answer is turned back by `Slots.decode`. This works from the prompt's text
alone and is part of such a model's tokenizer, so to speak: whoever measures the model measures it with this rewriting.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from naslforge.llm.compact import FUNCTION, WORDS
from naslforge.llm.declarations import ENTITY, ENUM, LOGIC, STRUCTURE, VARIABLE, closing, split

Message = dict[str, str]

LIMITS = {"e": 6, "s": 6, "r": 6, "q": 6, "n": 6, "f": 40, "m": 20, "p": 8, "l": 6, "v": 4, "t": 8,
          "d": 12}  # fmt: skip
_KINDS = {WORDS[ENTITY]: "e", WORDS[STRUCTURE]: "s", WORDS[ENUM]: "n", WORDS[LOGIC]: "l", WORDS[VARIABLE]: "v",
          FUNCTION: "l"}  # fmt: skip
_ITEM_KINDS = {"e": "f", "s": "f", "n": "m", "l": "p"}
_LOWER = {"e": "r", "s": "q"}
_TYPE_WORDS = {"列表": 1, "映射": 2}
_SLOT = re.compile(rf"<([{''.join(LIMITS)}])(\d+)>")
_QUOTED = r"「(?P<q1>[^「」]+)」|“(?P<q2>[^“”]+)”|『(?P<q3>[^『』]+)』|\"(?P<q4>[^\"]+)\"|'(?P<q5>[^']+)'"
_DAY = r"(?P<day>\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?|\d{2}:\d{2}:\d{2})"
_NUMBER = r"(?<![\w.])(?P<number>\d+(?:\.\d+)?)(?P<part>[%％]| ?折)?(?![\w.])"
_CODE = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<text>'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\")"
    r"|(?P<word>[^\W\d][\w$]*|\$[\w$]*)|(?P<number>\d+(?:\.\d+)?)",
    re.S,
)


def slot_tokens() -> list[str]:
    """Every slot token, for a tokenizer that holds each as a whole."""
    return [f"<{kind}{number}>" for kind, limit in LIMITS.items() for number in range(1, limit + 1)]


@dataclass(slots=True)
class Slots:
    """Which slot stands for which name, quoted text or number of one prompt."""

    names: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def all(self) -> frozenset[str]:
        """Every slot that stands for something."""
        return frozenset([*self.names.values(), *self.texts.values(), *self.numbers.values()])

    def renumber(self, text: str) -> str:
        """Number the slots anew, each kind as it appears in the text; gives the text with the new numbers."""
        new: dict[str, str] = {}
        counts = dict.fromkeys(LIMITS, 0)
        for slot in [*(m[0] for m in _SLOT.finditer(text)), *sorted(self.all())]:
            kind = {"r": "e", "q": "s"}.get(slot[1], slot[1])  # a lower-case name has its name's number
            name = f"<{kind}{slot[2:]}"
            if name not in new:
                counts[kind] += 1
                new[name] = f"<{kind}{counts[kind]}>"
            new[slot] = f"<{slot[1]}{new[name][2:]}"
        for table in (self.names, self.texts, self.numbers):
            for word, slot in table.items():
                table[word] = new[slot]
        return _SLOT.sub(lambda m: new[m[0]], text)

    def encode(self, code: str) -> str:
        """Code with names, texts and numbers replaced by their slots."""
        return _CODE.sub(self._encode_part, code)

    def _encode_part(self, part: re.Match[str]) -> str:
        if part["word"]:
            return self.word(part[0])
        if part["number"]:
            return self.numbers.get(part[0], part[0])
        if part["text"]:
            slot = self.texts.get(_unescape(part[0][1:-1]))
            return f"{part[0][0]}{slot}{part[0][0]}" if slot else part[0]
        return part[0]

    def word(self, word: str) -> str:
        """The slot of a name, or of an entity whose table object (`…Entity`) is named; other words stay."""
        if word in self.names:
            return self.names[word]
        stem = word.removesuffix("Entity")
        slot = self.names.get(stem, "")
        return slot + "Entity" if stem != word and slot.startswith("<e") else word

    def decode(self, code: str) -> str:
        """Code with every known slot replaced by what it stands for; an unknown slot stays, and fails the judge."""
        back = {slot: word for table in (self.names, self.numbers) for word, slot in table.items()}
        back |= {slot: _escape(word) for word, slot in self.texts.items()}
        return _SLOT.sub(lambda slot: back.get(slot[0], slot[0]), code)


def link(messages: Sequence[Message], plain: Iterable[str] = ()) -> tuple[list[Message], Slots]:
    """The messages with slots, and the table that turns an answer back.

    Names in `plain` keep their spelling (common words that the model knows). Slots are numbered as they appear, the
    instruction first. The first user message declares; later ones follow it.
    """
    first = next((m["content"] for m in messages if m["role"] == "user"), "")
    instruction, digest = _parts(first)
    linker = _Linker(frozenset(plain))
    lines = [linker.declare(line) for line in digest]
    linked = "\n".join([linker.instruction(instruction), *(linker.show(line) for line in lines)])
    linked = linker.slots.renumber(linked)
    out: list[Message] = []
    for message in messages:
        content = message["content"]
        if content is first and message["role"] == "user":
            content = linked
        elif message["role"] != "system":
            content = linker.slots.encode(content)
        out.append({**message, "content": content})
    return out, linker.slots


def _parts(text: str) -> tuple[str, list[str]]:
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.partition(" ")[0] in _KINDS), len(lines))
    return "\n".join(lines[:start]), lines[start:]


@dataclass(slots=True)
class _Line:
    """One digest line: its word, the declared name, its items as (name, type words), and what follows."""

    word: str
    name: str
    items: list[tuple[str, list[str]]]
    after: str
    call: bool


class _Linker:
    """Gives slots to the names of one prompt and rewrites its text."""

    def __init__(self, plain: frozenset[str]):
        self.slots = Slots()
        self._plain, self._labels = plain, dict[str, list[str]]()
        self._free = {kind: list(range(limit, 0, -1)) for kind, limit in LIMITS.items()}

    def declare(self, line: str) -> _Line:
        """Read one digest line and give its names their slots."""
        word, _, rest = line.partition(" ")
        kind = _KINDS.get(word)
        if kind is None:
            return _Line("", line, [], "", False)
        call = kind == "l"
        head, inner, after = _called(rest) if call else (*rest.partition(":")[::2], "")
        if kind == "v":
            label, name, kinds = _labelled(rest.split(), typed=True)
            head, after = f"{label} {name}", " ".join(kinds)
        label, name, _ = _labelled(head.split(), typed=False)
        self._name(name, kind, label)
        items = []
        for part in split(inner):
            item_label, item, types = _labelled(part.split(" "), typed=kind != "n")
            self._name(item, _ITEM_KINDS.get(kind, "f"), item_label)
            items.append((item, types))
        for record in re.findall(r"\{(.*)\}", after):
            for part in split(record):
                self._name(part.split(" ")[0], "f", "")
        return _Line(word, name, items, after, call)

    def _name(self, name: str, kind: str, label: str) -> None:
        if not name:
            return
        if name not in self._plain and name not in self.slots.names and self._free[kind]:
            number = self._free[kind].pop()
            self.slots.names[name] = f"<{kind}{number}>"
            if kind in _LOWER:
                self.slots.names.setdefault(name[0].lower() + name[1:], f"<{_LOWER[kind]}{number}>")
        slot = self.slots.names.get(name, name)
        if len(label) > 1 and slot not in self._labels.setdefault(label, []):
            self._labels[label].append(slot)

    def show(self, line: _Line) -> str:
        """The digest line with slots; labels are left out, the instruction is linked already."""
        if not line.word:
            return self._words(line.name)
        items = ", ".join(" ".join([self.slots.names.get(n, n), *map(self._words, types)]) for n, types in line.items)
        name = self.slots.names.get(line.name, line.name)
        if line.call:
            return f"{line.word} {name}({items}) {self._words(line.after)}".rstrip()
        return f"{line.word} {name}: {items}" if items else f"{line.word} {name} {self._words(line.after)}".rstrip()

    def _words(self, text: str) -> str:
        return re.sub(r"[^\W\d][\w$]*", lambda m: self.slots.names.get(m[0], m[0]), text)

    def instruction(self, text: str) -> str:
        """The instruction with labels, names, quoted texts and numbers replaced."""
        words = sorted({*self._labels, *self.slots.names}, key=lambda word: (-len(word), word))
        known = "|".join(_whole(word) for word in words)
        pattern = "|".join([_QUOTED, _DAY, *([f"(?P<known>{known})"] if known else []), _NUMBER])
        return re.sub(pattern, self._link, text)

    def _link(self, part: re.Match[str]) -> str:
        groups = part.groupdict()
        if groups.get("known"):
            return self._known(part[0])
        if groups["number"]:
            return self._number(groups["number"], groups["part"] or "")
        inner = next(groups[g] for g in ("q1", "q2", "q3", "q4", "q5", "day") if groups[g])
        return self._known(inner) or self._text(inner) or part[0]

    def _known(self, word: str) -> str:
        if found := self._labels.get(word):
            fields = [slot for slot in found if not slot.startswith("<n")]  # a field is meant before its enum
            return "".join(fields or found)
        return self.slots.names.get(word, "")

    def _text(self, text: str) -> str:
        if "{" in text:  # a template: the model must read it
            return ""
        if text not in self.slots.texts and self._free["t"]:
            self.slots.texts[text] = f"<t{self._free['t'].pop()}>"
        return self.slots.texts.get(text, "")

    def _number(self, text: str, part: str) -> str:
        """Code says `0.15` for `15%` and `0.8` for `8 折`."""
        value = str((Decimal(text) / (10 if "折" in part else 100)).normalize()) if part else text
        if value in ("0", "1") or "E" in value:
            return text + part
        if value not in self.slots.numbers and self._free["d"]:
            self.slots.numbers[value] = f"<d{self._free['d'].pop()}>"
        return self.slots.numbers.get(value, text) + part


def _called(rest: str) -> tuple[str, str, str]:
    start = rest.find("(")
    if start < 0:
        return rest, "", ""
    end = closing(rest, start)
    return rest[:start], rest[start + 1 : end], rest[end + 1 :].strip()


def _labelled(words: list[str], typed: bool) -> tuple[str, str, list[str]]:
    """Label ('' if absent), name and type words of an item."""
    if not words:
        return "", "", []
    if not typed:
        return (words[0], words[1], []) if len(words) > 1 else ("", words[0], [])
    if len(words) < 2 or _type_length(words[1:]) == len(words) - 1:
        return "", words[0], words[1:]
    return words[0], words[1], words[2:]


def _type_length(words: list[str]) -> int:
    """How many leading words make up one type; more than there are when it is unfinished."""
    if not words:
        return 1
    if words[0].startswith("{"):
        return len(words)
    length = 1
    for _ in range(_TYPE_WORDS.get(words[0], 0)):
        length += _type_length(words[length:])
    return length


def _whole(word: str) -> str:
    edge = r"(?![A-Za-z0-9_])" if word[-1].isascii() else ""
    return (r"(?<![A-Za-z0-9_])" if word[0].isascii() else "") + re.escape(word) + edge


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)
