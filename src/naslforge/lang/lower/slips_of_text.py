"""Slips in single characters and words, found in the text itself: full-width marks, Python's words, fences."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit, Fix, Report, Rule
from naslforge.lang.lower.prepare import Prepared, Repair
from naslforge.lang.lower.tokens import Token, tokens
from naslforge.lang.source import Source, Span

_MARKS = {
    "（": "(", "）": ")", "，": ",", "；": ";", "：": ":", "。": ".", "！": "!", "？": "?",
    "【": "[", "】": "]", "｛": "{", "｝": "}", "＝": "=", "＋": "+", "－": "-", "＊": "*",
    "／": "/", "＜": "<", "＞": ">", "［": "[", "］": "]", "＆": "&", "｜": "|", "％": "%",
    "、": ",", "“": '"', "”": '"', "‘": "'", "’": "'", "＂": '"', "＇": "'", "　": " ",
    "\u00a0": " ", "\u2028": "\n", "\u2029": "\n", "≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/",
    "−": "-", "—": "-", "《": "<", "》": ">", "．": ".", "＠": "@", "＃": "#", "＄": "$",
    "＿": "_", "｀": "`", "…": "...",
}  # fmt: skip
_BLANKS = {"　", "\u00a0", "\u2028", "\u2029"}
_UNSEEN = "\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"  # control and format characters
_INVISIBLE = re.compile(f"[{''.join(_BLANKS)}{_UNSEEN}]")  # mended without a word
_WIDE = re.compile("[" + "".join(map(re.escape, _MARKS)) + "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a" + _UNSEEN + "]")
_PIECE = re.compile(rb"[^ \n]+")
_QUOTED = re.compile("“([^“”\n]*)”|‘([^‘’\n]*)’")
_LATE_QUOTE = re.compile("[”’＂＇“‘]")
_WORDS = {
    "and": "&&", "or": "||", "not": "!", "AND": "&&", "OR": "||", "NOT": "!", "is": "==", "eq": "==", "ne": "!=",
    "mod": "%", "MOD": "%", "elif": "else if",
}  # fmt: skip
_CODE = re.compile(
    r"[;{}()=<>`]|^\s*(?:@\w|/\*|\*|//|#|(?:export|namespace|function|declare|import|from|const|let|var|class|interface"
    r"|type|enum|abstract|public|private|static|async|def|if|else|for|while|return)\b)"
)
_WORDS_OF_PEOPLE = re.compile(r"\w+[,，、]?\s+\w+|[\u4e00-\u9fff]{2}")
_DASHES = re.compile(rb"^[ \t]*(--)[ \t]+\S[^\n]*$", re.M)
_FENCE = re.compile(rb"^[ \t]*```[^\n]*$", re.M)
_OPEN_HOLE = re.compile(rb"`[^`\n]*\$\{([\w$.]+(?:\([^()`\n]*\))?)`")
_RETURN = re.compile(rb"^[ \t]*(r[eturn]{4,7})[ \t]*\(?\s*<[A-Za-z>]", re.M)
_SUSPECT = re.compile(rb"[\x7f-\xff#]|\b(?:and|or|not|elif)\b|^[ \t]*--[ \t]", re.M)
_QUIET = re.compile(  # comments and closed texts: a slip in there is none
    rb"//(?:[^\r\n\xe2]|\xe2(?!\x80[\xa8\xa9]))*|/\*.*?\*/|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`",
    re.S,
)
_OPERAND_END = re.compile(rb"[\w$\x80-\xff)\]'\"`]$")
_OPERAND_START = re.compile(rb"[\w$\x80-\xff(\['\"`!-]")
_KEYWORDS = {b"let", b"const", b"return", b"export", b"function", b"class", b"enum", b"namespace", b"type", b"new",
             b"else", b"of", b"in", b"declare", b"var", b"case", b"throw", b"and", b"or", b"not"}  # fmt: skip


def text_slips(source: Source, report: Report, data: bytes, broken: bool = False) -> list[Repair]:
    """Every slip is reported with its fix and given back as the repair that the parser needs.

    `data` is the text of the source, with blanks for what is no code.

    A text that has nothing suspicious is looked through only where it is known to be `broken`: for open quotes.
    """
    if not (broken or b"```" in data or _SUSPECT.search(_QUIET.sub(b" ", data))):
        return []
    found = [*_prose(source, report)]
    found += [*_fences(source, report, found), *_dashes(source, report)]
    code = [token for token in tokens(_blanked(data, found)) if token.kind != "comment"]
    skip = 0
    for index, token in enumerate(code):
        if token.start < skip:
            found += _wide(source, report, skip, token.end)
            continue
        repairs = list(_slips(source, report, code, index))
        found += repairs
        skip = max((repair.end for repair in repairs), default=skip)
    _odd_names(source, report, code, found)
    return found


def _prose(source: Source, report: Report) -> Iterator[Repair]:
    """What people say before and after the code."""
    lines = source.text.split("\n")
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line.encode()) + 1)
    fits = [bool(_CODE.search(line)) for line in lines]
    if not any(fits):
        return
    first, last = fits.index(True), len(fits) - 1 - fits[::-1].index(True)
    for start, stop in ((0, first), (last + 1, len(lines))):
        if _WORDS_OF_PEOPLE.search("\n".join(lines[start:stop])):
            begin, end = offsets[start], min(offsets[stop], len(source.data))
            yield _slip(source, report, rules.PROSE, begin, end, "")


def _dashes(source: Source, report: Report) -> Iterator[Repair]:
    """Comments of SQL."""
    for found in _DASHES.finditer(source.data):
        yield _slip(source, report, rules.FOREIGN_WORD, *found.span(1), "//", word="--", instead="//")


def _fences(source: Source, report: Report, prose: list[Repair]) -> Iterator[Repair]:
    """Lines that open or close a Markdown block round the whole code."""
    for found in _FENCE.finditer(source.data):
        end = min(found.end() + 1, len(source.data))
        rest = _blanked(source.data, prose)
        before, after = rest[: found.start()].strip(), rest[end:].strip()
        if not before or not after:
            yield _slip(source, report, rules.MARKDOWN_FENCE, found.start(), end, "")


def _blanked(data: bytes, repairs: list[Repair]) -> bytes:
    """The text with blanks for what was found to be no code."""
    blank = bytearray(data)
    for repair in repairs:
        blank[repair.start : repair.end] = re.sub(rb"[^\n]", b" ", data[repair.start : repair.end])
    return bytes(blank)


def _slips(source: Source, report: Report, code: list[Token], index: int) -> Iterator[Repair]:
    token = code[index]
    if token.kind == "open":
        yield from _late_quote(source, report, token)
    elif token.kind == "word" and not token.data.isascii():
        if _WIDE.search(token.data.decode("utf-8", "replace")):
            yield from _wide(source, report, token.start, token.end)
    elif token.kind == "word" and token.data.decode() in _WORDS:
        yield from _word(source, report, code, index)
    elif token.data == b"#":
        yield from _hash(source, report, code, index)
    elif token.data == b"\x7f":
        yield Repair(token.start, token.end, "")


def _odd_names(source: Source, report: Report, code: list[Token], found: list[Repair]) -> None:
    """Names with signs that are no letters, each told where it stands first: `total€`."""
    left = _blanked(source.data, found)
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for token in code:
        if token.kind == "word" and not token.data.isascii():
            for piece in _PIECE.finditer(left, token.start, token.end):
                text = piece.group().decode("utf-8", "replace")
                if not (text.isascii() or _is_name(text.lstrip("0123456789"))):
                    places[text].append(source.span(*piece.span()))
    for name, spans in places.items():
        better = "".join(char for char in name if _is_name(f"a{char}"))
        fixes = []
        if _is_name(better):
            fixes = [Fix(f"write `{better}`", tuple(Edit(span, better) for span in spans), "unsafe")]
        what, what_zh = "names with such characters", "含有这类字符的名字"
        report.add(rules.UNSUPPORTED_SYNTAX, spans[0], fixes=fixes, what=what, what_zh=what_zh, advice="", advice_zh="")


def _is_name(text: str) -> bool:
    """Letters with their marks, digits, `_`, `$`; no digit first."""
    return text.replace("$", "_").isidentifier()


def _slip(source: Source, report: Report, rule: Rule, start: int, end: int, better: str, **facts: Any) -> Repair:
    span = source.span(start, end)
    title = f"write `{better}`" if better.strip() else "leave it out"
    report.add(rule, span, fixes=[Fix(title, (Edit(span, better),), "safe")], **facts)
    return Repair(start, end, better)


def _wide(source: Source, report: Report, start: int, end: int) -> Iterator[Repair]:
    """Full-width marks in a stretch of code: every byte beyond ASCII counts as part of a word there.

    A text in full-width quotes may reach behind the stretch.
    """
    while start < end:
        stop = source.data.find(b"\n", start)
        line = source.data[start : stop if stop >= 0 else len(source.data)].decode("utf-8", "replace")
        quoted = _QUOTED.search(line)
        if quoted is None or start + _bytes(line[: quoted.start()]) >= end:
            yield from _marks(source, report, start, end)
            return
        opened, closed = start + _bytes(line[: quoted.start()]), start + _bytes(line[: quoted.end()])
        yield from _marks(source, report, start, opened)
        inside = next(group for group in quoted.groups() if group is not None)
        text = "'" + inside.replace("\\", "\\\\").replace("'", "\\'") + "'"
        yield _slip(source, report, rules.FULL_WIDTH, opened, closed, text, text=quoted.group()[0], instead="'")
        start = closed


def _bytes(text: str) -> int:
    return len(text.encode())


def _marks(source: Source, report: Report, start: int, end: int) -> Iterator[Repair]:
    text = source.data[start:end].decode("utf-8", "replace")
    at = start
    for char in text:
        size = _bytes(char)
        instead = _MARKS.get(char)
        if instead is None and "\uff10" <= char <= "\uff5a" and char.isalnum():
            instead = chr(ord(char) - 0xFEE0)
        if _INVISIBLE.match(char):
            yield Repair(at, at + size, instead or "")
        elif instead is not None:
            yield _slip(source, report, rules.FULL_WIDTH, at, at + size, instead, text=char, instead=instead)
        at += size


def _late_quote(source: Source, report: Report, token: Token) -> Iterator[Repair]:
    """A quote that its line does not close: perhaps a full-width one was meant to, else the end of the statement."""
    quote = token.data.decode()
    line = source.data[token.start + 1 : token.end].decode("utf-8", "replace")
    wide = _LATE_QUOTE.search(line)
    if wide is not None:
        at = token.start + 1 + _bytes(line[: wide.start()])
        end = at + _bytes(wide.group())
        yield _slip(source, report, rules.FULL_WIDTH, at, end, quote, text=wide.group(), instead=quote)
        return
    other = '"' if quote == "'" else "'"
    if line.count(other) == 1:
        at = token.start + 1 + _bytes(line[: line.index(other)])
        span = source.span(token.start, at + 1)
        fix = Fix(f"close it with `{quote}`", (Edit(source.span(at, at + 1), quote),), "safe")
        report.add(rules.OPEN_TEXT, span, fixes=[fix], quote=quote)
        yield Repair(at, at + 1, quote)
        return
    tail = re.search(r"[\s;),\]}]*\{?\s*$", line)
    at = token.start + 1 + _bytes(line[: tail.start()] if tail is not None else line)
    place = source.span(at, at)
    fix = Fix(f"close it with `{quote}`", (Edit(place, quote),), "unsafe")
    report.add(rules.OPEN_TEXT, source.span(token.start, at), fixes=[fix], quote=quote)
    yield Repair(at, at, quote)


def _word(source: Source, report: Report, code: list[Token], index: int) -> Iterator[Repair]:
    """`and`, `or`, `not` between operands of one line; `elif` behind a block."""
    token = code[index]
    word = token.data.decode()
    before = code[index - 1] if index else None
    after = code[index + 1] if index + 1 < len(code) else None
    if after is None or not _OPERAND_START.match(after.data) or after.data in _KEYWORDS - {b"not"}:
        return
    ended = before is not None and before.data not in _KEYWORDS and bool(_OPERAND_END.search(before.data))
    if word in ("is", "eq", "ne", "mod", "MOD"):
        fits = ended and before is not None and before.line == token.line and before.data != b"."
    elif word in ("and", "or", "AND", "OR"):
        fits = ended and before is not None and before.line == token.line and after.data != b"("
        fits = fits or (ended and before is not None and before.line == token.line and before.data != b".")
    elif word in ("not", "NOT"):
        fits = not ended and after.line == token.line and (before is None or before.data != b".")
        fits = fits and after.data != b"("
        fits = fits or (not ended and after.data == b"(" and before is not None and before.data != b".")
    else:
        fits = before is not None and before.data == b"}"
    if not fits:
        return
    instead, end = _WORDS[word], token.end
    if word == "is" and after.data == b"not":
        word, instead, end = "is not", "!=", after.end
    if word in ("not", "NOT") and source.data[end : end + 1] == b" ":
        end += 1
    yield _slip(source, report, rules.FOREIGN_WORD, token.start, end, instead, word=word, instead=instead)


def _hash(source: Source, report: Report, code: list[Token], index: int) -> Iterator[Repair]:
    """`# words` to the end of the line."""
    token = code[index]
    before = code[index - 1] if index else None
    starts = before is None or before.line != token.line or before.data in (b";", b"{", b"}", b")")
    if not starts:
        return
    end = source.data.find(b"\n", token.start)
    end = len(source.data) if end < 0 else end
    words = source.data[token.start : end].decode("utf-8", "replace").lstrip("#").strip()
    span = source.span(token.start, end)
    text = f"// {words}".rstrip()
    report.add(rules.HASH_COMMENT, span, fixes=[Fix("write `//`", (Edit(span, text),), "safe")])
    yield Repair(token.start, end, text)


def broken_slips(prepared: Prepared, report: Report) -> list[Repair]:
    """Slips that are told only in a text that cannot be read: an open `${` in a template, a misspelt `return`."""
    found: list[Repair] = []
    data = prepared.data
    for hole in _OPEN_HOLE.finditer(data):
        at = prepared.back_end(hole.end(1))
        place = prepared.source.span(at, at)
        report.add(rules.MISSING_TOKEN, place, fixes=[Fix("write `}`", (Edit(place, "}"),), "safe")], token="}")
        found.append(Repair(at, at, "}"))
    for word in _RETURN.finditer(data):
        if word.group(1) != b"return":
            place = prepared.span(word.start(1), word.end(1))
            fix = Fix("write `return`", (Edit(place, "return"),), "safe")
            report.add(rules.FOREIGN_WORD, place, fixes=[fix], word=place.text, instead="return")
            found.append(Repair(place.start, place.end, "return"))
    return found
