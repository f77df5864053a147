"""Slips in tags that no grammar survives, and attributes of Vue: each is reported with its edit and mended, so that
everything behind it is read as it was meant.
"""

import re
from collections.abc import Sequence
from typing import Any

from naslforge.lang import rules
from naslforge.lang.diagnostics import Applicability, Edit, Fix, Report, Rule
from naslforge.lang.lower.foreign_attributes import Rewritten, rewritten
from naslforge.lang.lower.prepare import Prepared, Repair
from naslforge.lang.lower.tags import AttributeText, Markup, Tag

_MOST = 40  # tags without a partner, or without their end
_VOID = {"br", "hr", "img", "input", "link", "meta", "col", "area", "wbr"}
_REFERENCE = re.compile(rb"&(?!#?\w+;)")
_PLAIN_VALUE = re.compile(rb"-?\d[\d.]*|true|false|null|[\w$]+(?:\.[\w$]+)+")
_RETURN_BRACE = re.compile(rb"\breturn\s*\(?\s*(\{)\s*$")
_BRACE = re.compile(rb"\s*(\})")
FOREIGN = re.compile(rb"[\s\"'}](?:[@:#][A-Za-z]|v-[a-z])|\son[a-zA-Z]+\s*=\s*[\"']|<!--")

Change = tuple[int, int, str]  # start and end in the prepared text, and what to read there


def element_slips(prepared: Prepared, found: Markup, report: Report, broken: bool) -> list[Repair]:
    """The repairs of a text. One that parses has only attributes of other languages to say about."""
    return _Slips(prepared, found, report).repairs(broken)


class _Slips:
    def __init__(self, prepared: Prepared, found: Markup, report: Report) -> None:
        self.prepared, self.data, self.found, self.report = prepared, prepared.data, found, report
        self.changes: list[Change] = []
        self.words: set[str] = set()
        self.closed: set[int] = set()  # tags without `>` that were closed by `/>`

    def repairs(self, broken: bool) -> list[Repair]:
        closed = sum(tag.kind == "close" for tag in self.found.tags)
        opened = sum(tag.kind == "open" for tag in self.found.tags)
        if abs(opened - closed) > _MOST or sum(tag.open for tag in self.found.tags) > _MOST:
            broken = False  # no slip any more; and a nest of so many tags would keep the grammar busy for ever
        for tag in self.found.tags:
            self.attributes(tag, broken)
        for start, end in self.found.comments:
            self.html_comment(start, end)
        if broken:
            for place in self.found.places:
                for root in place:
                    self.balance(root)
                self.roots(place)
            for tag in self.found.tags:
                self.odd_marks(tag)
            for start, end in self.found.statements:
                self.statement(start, end)
            for at in self.found.strays:
                self.slip(rules.STRAY_BRACKET, (at, at + 1), "leave it out", [(at, at + 1, "")], "unsafe", token="}")
            for at in self.found.bare:
                self.slip(rules.MISSING_TOKEN, (at, at), "write `<`", [(at, at, "<")], "unsafe", token="<")
            for start, end in self.found.texts:
                self.characters(start, end)
        return [self.repair(change) for change in sorted(self.changes, key=lambda change: change[0])]

    # --- reports

    def repair(self, change: Change) -> Repair:
        start, end, text = change
        if start == end:
            at = self.prepared.back_end(start) if start else 0
            return Repair(at, at, text)
        return Repair(self.prepared.back(start), self.prepared.back_end(end), text)

    def slip(
        self, rule: Rule, place: tuple[int, int], title: str, changes: Sequence[Change],
        applicability: Applicability = "safe", **facts: Any,
    ) -> None:  # fmt: skip
        """Report a slip, with its changes as a fix, and mend it."""
        repairs = map(self.repair, changes)
        edits = tuple(Edit(self.prepared.source.span(one.start, one.end), one.text) for one in repairs)
        fixes = [Fix(title, edits, applicability)] if edits else []
        self.report.add(rule, self.prepared.span(*place), fixes=fixes, **facts)
        self.changes += changes

    def fresh(self, wish: str) -> str:
        """The wish, or with a number behind it, as no other word of the text."""
        if not self.words:
            self.words = set(re.findall(r"[\w$]+", self.text(0, len(self.data))))
        numbered = (f"{wish}{number}" for number in range(2, len(self.words) + 3))
        name = wish if wish not in self.words else next(one for one in numbered if one not in self.words)
        self.words.add(name)
        return name

    def text(self, start: int, end: int) -> str:
        return self.prepared.text(start, end)

    # --- attributes

    def attributes(self, tag: Tag, broken: bool) -> None:
        for one in tag.attributes:
            if one.name.startswith("#"):
                self.changes.append((one.start, one.start + 1, "v-slot:" if len(one.name) > 1 else "v-slot"))
                continue
            value = self.text(one.value_start, one.end) if one.kind else ""
            better = rewritten(one.name, value, one.kind, self.fresh)
            closed = one.kind != "text" or (len(value) > 1 and value[0] == value[-1])
            if better is not None and closed:
                self.foreign(tag, one, better)
            elif broken and one.odd_quote:
                self.quote_inside(one)
            elif broken and one.missing:
                self.open_value(one)
            elif broken and one.kind == "bare":
                self.bare_value(one)
            elif broken and one.kind == "text":
                self.characters(one.value_start, one.end, b"&")

    def foreign(self, tag: Tag, one: AttributeText, better: Rewritten) -> None:
        """An attribute of another framework; its value is read where it stands."""
        changes: list[Change] = [(one.start, one.name_end, better.name)]
        if not better.name:
            changes = [(len(self.data[: one.start].rstrip()), one.end, "")]
        elif one.kind and (better.before or better.after):
            changes.append((one.name_end, one.value_start + 1, "=" + better.before))
            changes.append((one.end - 1, one.end, better.after))
        quoted = bool(better.before or better.after)
        value = self.text(one.value_start + quoted, one.end - quoted) if one.kind else ""
        instead = better.shown(value)
        title = f"write `{instead}`" if instead else "leave it out"
        written = self.text(one.start, one.end).split("\n")[0]
        named = better.name if better.rule is rules.ATTRIBUTE_NAME else instead
        facts = {"written": written, "instead": named, "name": one.name}
        self.slip(better.rule, (one.start, one.end), title, changes, better.applicability, **facts)

    def open_value(self, one: AttributeText) -> None:
        end = one.end
        if one.kind == "braces":
            text = "}" * one.missing
            self.slip(rules.MISSING_TOKEN, (end, end), f"write `{text}`", [(end, end, text)], token=text)
        else:
            quote = self.text(one.value_start, one.value_start + 1)
            place = (one.value_start, end)
            self.slip(rules.OPEN_TEXT, place, f"close it with `{quote}`", [(end, end, quote)], "unsafe", quote=quote)

    def quote_inside(self, one: AttributeText) -> None:
        """`text='it's'` and `text="say \\"yes\\""`."""
        inner = self.text(one.value_start + 1, one.end - 1).replace('\\"', '"').replace("\\'", "'")
        quote = '"' if '"' not in inner else "'"
        text = f"{quote}{inner}{quote}" if quote not in inner else '"' + inner.replace('"', "&quot;") + '"'
        place = (one.value_start, one.end)
        self.slip(rules.QUOTE_INSIDE, place, f"write `{text}`", [(*place, text)], instead=text)

    def bare_value(self, one: AttributeText) -> None:
        """`size=large`, `min=0`, `value=order.name`; the closing brace may be there."""
        raw, name = self.data[one.value_start : one.end], one.name
        closed = self.data[one.end : one.end + 1] == b"}"
        plain = _PLAIN_VALUE.fullmatch(raw) is not None
        value = raw.decode("utf-8", "replace")
        if plain or closed:
            changes = [(one.value_start, one.value_start, "{")] + ([] if closed else [(one.end, one.end, "}")])
            instead = f"{name}={{{value}}}"
        elif re.fullmatch(r"[\w-]+", value):
            changes = [(one.value_start, one.value_start, '"'), (one.end, one.end, '"')]
            instead = f'{name}="{value}"'
        else:
            changes, instead = [(one.value_start, one.end, '""')], f"{name}={{…}}"
            self.report.add(rules.BARE_VALUE, self.prepared.span(one.value_start, one.end), instead=instead)
            self.changes += changes
            return
        sure: Applicability = "safe" if plain or closed else "unsafe"
        self.slip(rules.BARE_VALUE, (one.start, one.end), f"write `{instead}`", changes, sure, instead=instead)

    def odd_marks(self, tag: Tag) -> None:
        bare_ends = {one.end for one in tag.attributes if one.kind == "bare"}
        for start, end in tag.odd:
            mark = self.text(start, end)
            if mark.startswith("..."):
                change = (len(self.data[:start].rstrip()), end, "")
                self.slip(rules.SPREAD_ATTRIBUTES, (start, end), "leave it out", [change], "unsafe", text=mark)
                continue
            if mark == "}" and start in bare_ends:
                continue
            sure: Applicability = "safe" if mark in ",;" else "unsafe"
            self.slip(rules.ODD_MARK, (start, end), "leave it out", [(start, end, "")], sure, mark=mark)
        if tag.open and id(tag) not in self.closed:
            end = len(self.data[: tag.end].rstrip())
            self.slip(rules.MISSING_TOKEN, (end, end), "write `>`", [(end, end, ">")], "unsafe", token=">")

    def html_comment(self, start: int, end: int) -> None:
        words = self.text(start + 4, end).removesuffix("-->").strip().replace("*/", "* /")
        self.slip(rules.HTML_COMMENT, (start, end), "write `{/* … */}`", [(start, end, f"{{/* {words} */}}")])

    def statement(self, start: int, end: int) -> None:
        """`{if (a) { <A/> }}` between tags."""
        self.changes.append((start, end, ""))
        words = self.text(start, end)
        if not re.match(r"\{\s*[:/]", words):  # `{/if}` belongs to its `{#if}`
            rule = rules.ELEMENT_LOOP if re.match(r"\{\W*(?:for|while|each)", words) else rules.ELEMENT_CONDITION
            self.report.add(rule, self.prepared.span(start, end), advice="", advice_zh="")

    def characters(self, start: int, end: int, marks: bytes = b"<>&") -> None:
        """`<`, `>` and `&` in a text, mended without a word: there they are right, only the grammar stumbles."""
        for at in range(start, end):
            char = self.data[at : at + 1]
            if char in marks and (char != b"&" or _REFERENCE.match(self.data, at)):
                self.changes.append((at, at + 1, {b"<": "&lt;", b">": "&gt;", b"&": "&amp;"}[char]))

    # --- tags and their partners

    def balance(self, tags: list[Tag]) -> None:
        """Tags without a partner, as far as they belong to one root."""
        opened: list[tuple[int, Tag]] = []
        for index, tag in enumerate(tags):
            names = [one.name for _, one in opened]
            if tag.kind == "open" and opened and self._meant_to_close(tag, opened[-1][1]):
                opened.pop()
                change = (tag.name_start, tag.name_start, "/")
                title = f"write `</{tag.name}>`"
                self.slip(rules.UNCLOSED_TAG, (tag.start, tag.end), title, [change], "unsafe", name=tag.name)
            elif tag.kind == "open":
                opened.append((index, tag))
            elif tag.kind == "close" and tag.name in names:
                while opened[-1][1].name != tag.name:
                    self.unclosed(*opened.pop(), tags, index)
                opened.pop()
            elif tag.kind == "close" and opened and self._next_close(tags, index + 1) != opened[-1][1].name:
                self.mismatched(opened.pop()[1], tag)
            elif tag.kind == "close" and opened:
                self.stray(tag)
        while opened:
            self.unclosed(*opened.pop(), tags, len(tags))

    def _meant_to_close(self, tag: Tag, opened: Tag) -> bool:
        """A bare tag of the same name at the same depth: its `/` was forgotten."""
        same = tag.name == opened.name and not tag.attributes and not tag.open
        return same and self._depth(tag) is not None and self._depth(tag) == self._depth(opened)

    def _next_close(self, tags: list[Tag], index: int) -> str | None:
        return next((tag.name for tag in tags[index:] if tag.kind == "close"), None)

    def unclosed(self, index: int, tag: Tag, tags: list[Tag], end: int) -> None:
        """The closing tag belongs before the first tag that stands no deeper than its own line."""
        if tag.name in _VOID or (end == index + 1 and not self._content(tag, tags, end)) or tag.open:
            at, text = (tag.end - 1, "/") if not tag.open else (len(self.data[: tag.end].rstrip()), "/>")
            self.closed.add(id(tag))
            place = (tag.start, tag.name_end)
            self.slip(rules.UNCLOSED_TAG, place, "close it with `/>`", [(at, at, text)], name=tag.name)
            return
        depth = self._depth(tag)
        stop = end
        if depth is not None:
            beside = (
                i for i in range(index + 1, end) if (other := self._depth(tags[i])) is not None and other <= depth
            )
            stop = next(beside, end)
        at = tags[stop - 1].end if stop == len(tags) else len(self.data[: tags[stop].start].rstrip())
        text = f"</{tag.name}>"
        if depth is not None and stop > index + 1:
            text = f"\n{' ' * depth}{text}"
        title = f"close it with `</{tag.name}>`"
        self.slip(rules.UNCLOSED_TAG, (tag.start, tag.name_end), title, [(at, at, text)], "unsafe", name=tag.name)

    def _content(self, tag: Tag, tags: list[Tag], end: int) -> bool:
        after = tags[end].start if end < len(tags) else tag.end
        return bool(self.data[tag.end : after].strip())

    def _depth(self, tag: Tag) -> int | None:
        """The indentation of a tag that begins its line, or stands there behind `return`."""
        start = self.data.rfind(b"\n", 0, tag.start) + 1
        before = self.data[start : tag.start]
        return len(before) - len(before.lstrip()) if before.strip() in (b"", b"return", b"return (") else None

    def mismatched(self, opened: Tag, tag: Tag) -> None:
        change = (tag.name_start, tag.name_end, opened.name)
        title = f"write `</{opened.name}>`"
        place = (tag.start, tag.end)
        self.slip(rules.MISMATCHED_TAG, place, title, [change], "unsafe", name=tag.name, opened=opened.name)

    def stray(self, tag: Tag) -> None:
        place = (tag.start, tag.end)
        self.slip(rules.STRAY_TAG, place, "leave it out", [(*place, "")], "unsafe", name=tag.name)

    def roots(self, roots: list[list[Tag]]) -> None:
        """Several elements where one belongs: in one layout, or in a fragment inside a slot."""
        whole = [root for root in roots if root[0].kind != "close"]
        if whole:
            self.braced_root(whole[0][0].start, whole[-1][-1].end)
        for root in roots:
            if root[0].kind == "close":
                self.stray(root[0])
        if len(whole) < 2:
            return
        before = self.data[: whole[0][0].start].rstrip(b"( \t\r\n")
        page = before.endswith(b"return")
        opening, closing = ('<ULinearLayout direction="vertical">', "</ULinearLayout>") if page else ("<>", "</>")
        start, end = whole[0][0].start, whole[-1][-1].end
        second = whole[1]
        place = (second[0].start, second[0].end)
        changes = [(start, start, opening), (end, end, closing)]
        self.slip(rules.SEVERAL_ROOTS, place, f"put them in `{opening}`", changes, "safe", instead=opening)

    def braced_root(self, start: int, end: int) -> None:
        """`return {<A/>};`"""
        opened = _RETURN_BRACE.search(self.data, max(0, start - 200), start)
        closed = _BRACE.match(self.data, end)
        if opened is not None and closed is not None:
            changes = [(opened.start(1), opened.end(1), ""), (closed.start(1), closed.end(1), "")]
            place = (opened.start(1), opened.end(1))
            self.slip(rules.ELEMENT_BRACES, place, "leave out the braces", changes, advice="", advice_zh="")
