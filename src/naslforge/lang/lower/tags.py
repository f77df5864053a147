"""The elements in a text that may be broken: every tag with its attributes, and the text that stands between tags.

No grammar is asked: a row of tags is understood where its grammar gives up, and what is text there must not be taken
for code by those who look for slips.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from naslforge.lang.grammar import looks_like_page
from naslforge.lang.lower.tokens import next_token

_OPENING = re.compile(rb"<[A-Za-z>]")
_NAME = re.compile(rb"[A-Za-z_$][\w$.:-]*")
_ATTRIBUTE = re.compile(rb"(?:[@:#]|v-on:|v-bind:)?[A-Za-z_$\x80-\xff][\w$.:@\x80-\xff-]*|[#]")
_SPREAD = re.compile(rb"\.\.\.[\w$.]+")
_SPACE = re.compile(rb"(?:\s|/\*.*?\*/|//[^\n]*)*", re.S)
_GOES_ON = re.compile(rb"\}\s*(?:/?>|[\w@:$-]+=)")
_BARE = re.compile(rb"[^\s<>{}/,]+|\S")
_CODE_INSIDE = re.compile(rb">|\s[\w:@-]+=")  # of a tag and its attributes, where a quote is missing
_QUOTE_END = re.compile(rb"\s+[\w:@-]+=|\s*/?>|\n")
_OPERAND_END = re.compile(rb"[\w$)\]'\"`]$")
_VALUE = re.compile(rb"\s*[{\"']")
_STILL_TEXT = {  # behind the first quote, where the text goes on to a later one: `'it's'`, `"say \\"a\\""`
    quote: re.compile(quote + rb"[\w\\][^\n<>={}]*?" + quote + rb"(?=\s|/?>)") for quote in (b"'", b'"')
}
_ESCAPED = {
    quote: re.compile(quote + rb"[^\\\n" + quote + rb"]*\\" + quote + rb"(?:[^\\\n" + quote + rb"]|\\.)+"
                      + quote + rb"(?=\s|/?>)") for quote in (b"'", b'"')
}  # fmt: skip
_ENDS_TAG = re.compile(rb"\s*(?:/>|>\s*</?[A-Za-z])")
_BEFORE_CODE = {b"=", b"(", b",", b"{", b"[", b"&", b"|", b"?", b":", b"!", b"+", b"-", b"*", b"=>", b"return"}
_STATEMENT = re.compile(rb"\{\s*(?:(?:if|for|while|switch)\s*\(|[#@:/](?:if|each|for|else)\b)")
_STRAY = re.compile(rb"\}\s*<[A-Za-z/]")
_NO_BRACKET = re.compile(rb"[A-Z]\w+\s+[\w$]+=[{\"']")
_RETURN = re.compile(rb"r[eturn]{4,7}")  # also misspelt
_BEFORE = {b"return", b"=>", b"=", b"(", b"{", b",", b":", b"&", b"|", b"?", b"[", b";", b"}", b""}
_MOST_DEPTH = 60


@dataclass(slots=True)
class AttributeText:
    """`kind` is text, braces, bare, element, or '' for a name alone; `open` where its end is missing."""

    name: str
    start: int
    name_end: int
    kind: str = ""
    value_start: int = 0
    end: int = 0
    missing: int = 0  # how many closing quotes or braces are missing; then `end` is a guess
    odd_quote: bool = False  # the quote stands inside, too


@dataclass(slots=True)
class Tag:
    """`kind` is open, close or empty; `open` where its own `>` is missing."""

    kind: str
    name: str
    start: int
    name_start: int
    name_end: int
    end: int = 0
    attributes: list[AttributeText] = field(default_factory=list)
    odd: list[tuple[int, int]] = field(default_factory=list)  # marks that fit nowhere among the attributes
    open: bool = False

    def plain(self) -> Iterator[tuple[int, int]]:
        """Its stretches that are no code: names, marks and quoted texts."""
        yield self.start, self.name_end
        for one in self.attributes:
            yield one.start, one.end if one.kind == "text" else one.name_end
        if not self.open:
            yield self.end - (2 if self.kind == "empty" else 1), self.end


@dataclass(slots=True)
class Markup:
    """`places` holds for each place of an element its roots, each with its own tags: one, where all is right."""

    tags: list[Tag] = field(default_factory=list)
    places: list[list[list[Tag]]] = field(default_factory=list)
    texts: list[tuple[int, int]] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)  # `<!-- … -->`
    statements: list[tuple[int, int]] = field(default_factory=list)  # `{if (a) …}` between tags
    strays: list[int] = field(default_factory=list)  # places of `}` between tags that close nothing
    bare: list[int] = field(default_factory=list)  # places of tags without their `<`

    def outer(self) -> Iterator[tuple[int, int]]:
        """Start and end of each element that stands in no other."""
        last = 0
        for place in self.places:
            start, end = place[0][0].start, place[-1][-1].end
            if start >= last and end > start:
                yield start, end
                last = end

    def blanked(self, data: bytes) -> bytes:
        """The data with spaces in place of texts and tags; what stands in braces is left."""
        found = bytearray(data)
        names = [place for tag in self.tags for place in tag.plain()]
        for start, end in (*self.texts, *self.comments, *self.statements, *names):
            found[start:end] = bytes(c if c == 10 else 32 for c in found[start:end])
        return bytes(found)


class _TooDeep(Exception):
    """Elements in elements beyond any use."""


def markup(data: bytes) -> Markup:
    """The elements of a text; none where it looks like no page."""
    found = Markup()
    if not looks_like_page(data):
        return found
    try:
        _Scanner(data, found).code(0)
    except _TooDeep:
        return Markup()
    return found


def code_alone(data: bytes) -> bytes:
    """The data with blanks for what is text in elements: what is left is code."""
    return markup(data).blanked(data) if looks_like_page(data) else data


class _Scanner:
    """Reads code, tags and what stands between tags; every method takes a place and gives the one behind."""

    def __init__(self, data: bytes, found: Markup) -> None:
        self.data, self.found = data, found
        self.depth = self.inside = 0  # elements, and braces, that are open around the place

    # --- code

    def code(self, at: int) -> int:
        """Code with all the elements in it, up to the end."""
        last = b""
        while at < len(self.data):
            at, last = self.step(at, last)
        return at

    def step(self, at: int, last: bytes) -> tuple[int, bytes]:
        """Behind one token or one element, and what it was; `last` is the token before."""
        if (last in _BEFORE or _RETURN.fullmatch(last)) and self._tag_at(at):
            return self.elements(at), b">"
        kind, end = next_token(self.data, at, last)
        return end, last if kind in ("space", "line", "comment") else self.data[at:end]

    def braces(self, at: int) -> tuple[int, int]:
        """Behind the brace that closes the one here. Where some are missing: how many, and the place before what can
        only be the next attribute or the end of the tag."""
        self.inside += 1
        try:
            return self._braces(at)
        finally:
            self.inside -= 1

    def _braces(self, at: int) -> tuple[int, int]:
        data, depth, last = self.data, 1, b"{"
        row: list[tuple[bytes, int]] = []  # the last tokens with their ends
        at += 1
        while at < len(data):
            if (ends := _ENDS_TAG.match(data, at)) is not None and last not in _BEFORE_CODE:
                return (row[-1][1] if row else ends.start()), depth
            start = at
            at, last = self.step(at, last)
            if data[start:at] != last:
                if last == b">" and data[start : start + 1] == b"<":
                    row = [*row[-1:], (b")", at)]  # an element is a value like any other
                continue  # else white space or a comment
            depth += (last == b"{") - (last == b"}")
            if depth == 0:
                return at, 0
            if last == b"=" and depth == 1 and len(row) == 2 and _begins_attribute(data, at, row[0][0], row[1][0]):
                return row[0][1], 1
            row = [*row[-1:], (last, at)]
        return at, 0

    def _tag_at(self, at: int) -> bool:
        return _OPENING.match(self.data, at) is not None

    # --- elements

    def elements(self, at: int) -> int:
        """An element with all inside; further ones that follow at once belong to the same place."""
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise _TooDeep
        place: list[list[Tag]] = []
        self.found.places.append(place)
        while True:
            at, tags = self.element(at)
            place.append(tags)
            after = _skip(self.data, at)
            if not self._tag_at(after) and self.data[after : after + 2] != b"</":
                break
            at = after
        self.depth -= 1
        return at

    def element(self, at: int) -> tuple[int, list[Tag]]:
        """Tags until each that was opened is closed, as far as names tell."""
        opened: list[str] = []
        tags: list[Tag] = []
        while True:
            tag, at = self.tag(at)
            tags.append(tag)
            if tag.kind == "open":
                opened.append(tag.name)
            elif tag.kind == "close" and tag.name in opened:
                while opened.pop() != tag.name:
                    pass
            elif tag.kind == "close" and opened and not self._closed_later(opened[-1], at):
                opened.pop()
            more = False
            if opened:
                at, more = self.between(at)
            if not more:
                return at, tags

    def _closed_later(self, name: str, at: int) -> bool:
        """Is the next closing tag one of that name?"""
        found = re.compile(rb"</\s*([\w$.:-]*)").search(self.data, at)
        return found is not None and found.group(1).decode("utf-8", "replace") == name

    def between(self, at: int) -> tuple[int, bool]:
        """Text and braces up to the next tag; False where there is none and the element just stops."""
        data = self.data
        start = at
        while at < len(data):
            char = data[at : at + 1]
            if self._tag_at(at) or data[at : at + 2] == b"</":
                self._text(start, at)
                return at, True
            if data[at : at + 4] == b"<!--":
                self._text(start, at)
                end = data.find(b"-->", at)
                end = len(data) if end < 0 else end + 3
                self.found.comments.append((at, end))
                start = at = end
            elif char == b"{":
                self._text(start, at)
                start, at = at, self.braces(at)[0]
                if _STATEMENT.match(data, start):
                    self.found.statements.append((start, at))
                start = at
            elif char == b"}" and (self.inside or not _STRAY.match(data, at)):
                break
            elif char == b"}":
                self._text(start, at)
                self.found.strays.append(at)
                start = at = at + 1
            elif char.isupper() and _NO_BRACKET.match(data, at) and data[at - 1 : at].isspace():
                self._text(start, at)
                self.found.bare.append(at)
                return at - 1, True
            else:
                at += 1
        return start, False

    def _text(self, start: int, end: int) -> None:
        if self.data[start:end].strip():
            self.found.texts.append((start, end))

    # --- tags

    def tag(self, at: int) -> tuple[Tag, int]:
        data = self.data
        closes = data[at + 1 : at + 2] == b"/"
        start = at + 2 if closes else at + 1
        name = _NAME.match(data, start)
        end = name.end() if name is not None else start
        tag = Tag("close" if closes else "open", data[start:end].decode("utf-8", "replace"), at, start, end)
        self.found.tags.append(tag)
        at = self.attributes(tag, end)
        tag.end = at
        return tag, at

    def attributes(self, tag: Tag, at: int) -> int:
        """The attributes and the end of a tag."""
        data = self.data
        while True:
            before, at = at, _skip(data, at)
            char = data[at : at + 1]
            if char == b">":
                return at + 1
            if char == b"/" and (tag.kind == "open" or data[at + 1 : at + 2] == b">"):
                tag.kind = "empty" if tag.kind == "open" else tag.kind
                tag.open = data[at + 1 : at + 2] != b">"
                return at + (1 if tag.open else 2)
            if char in (b"", b"<", b";", b")") or (char == b"}" and not _GOES_ON.match(data, at)):
                tag.open = True
                return before
            if char == b"{":
                at, _ = self.braces(at)
                continue
            name = _ATTRIBUTE.match(data, at)
            if name is None:
                spread = _SPREAD.match(data, at)
                tag.odd.append((at, at + 1 if spread is None else spread.end()))
                at = tag.odd[-1][1]
                continue
            at = self.attribute(tag, name)

    def attribute(self, tag: Tag, name: re.Match[bytes]) -> int:
        data, end = self.data, name.end()
        found = AttributeText(name.group().decode("utf-8", "replace"), name.start(), end, end=end)
        tag.attributes.append(found)
        equals = _skip(data, end)
        if data[equals : equals + 1] != b"=" or data[equals + 1 : equals + 2] == b"=":
            return end
        at = found.value_start = _skip(data, equals + 1)
        char = data[at : at + 1]
        if char in (b'"', b"'"):
            found.kind = "text"
            found.end, found.missing, found.odd_quote = _quoted(data, at)
        elif char == b"{":
            found.kind = "braces"
            found.end, found.missing = self.braces(at)
        elif char == b"<" and self._tag_at(at):
            found.kind, found.end = "element", self.elements(at)
        elif char in (b">", b"", b"/"):
            found.end = at
        else:
            bare = _BARE.match(data, at)
            found.kind, found.end = "bare", bare.end() if bare is not None else at
        return found.end


def _begins_attribute(data: bytes, at: int, before: bytes, name: bytes) -> bool:
    """Is the `=` before this place that of an attribute: `… order.id onClick={`?"""
    return bool(_VALUE.match(data, at) and _OPERAND_END.search(before) and _NAME.fullmatch(name))


def _skip(data: bytes, at: int) -> int:
    """Behind white space and comments."""
    found = _SPACE.match(data, at)
    return found.end() if found is not None else at


def _quoted(data: bytes, at: int) -> tuple[int, int, bool]:
    """Behind a quoted text; 1 where its quote is missing and the end is a guess; True where it stands inside, too."""
    quote = data[at : at + 1]
    escaped = _ESCAPED[quote].match(data, at)
    if escaped is not None:
        return escaped.end(), 0, True
    end = data.find(quote, at + 1)
    if end >= 0 and (b"\n" not in (inside := data[at + 1 : end]) or not _CODE_INSIDE.search(inside)):
        if not (goes_on := _STILL_TEXT[quote].match(data, end)):
            return end + 1, 0, False
        return goes_on.end(), 0, True
    guess = _QUOTE_END.search(data, at + 1)
    return (guess.start() if guess is not None else len(data)), 1, False
