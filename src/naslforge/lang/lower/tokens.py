"""Tokens of a text that may be broken: enough to tell code from quoted texts and comments, and to match brackets."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"""
    (?P<space>[ \t\r\f\v]+)
  | (?P<line>\n)
  | (?P<comment>//(?:[^\r\n\xe2]|\xe2(?!\x80[\xa8\xa9]))*|/\*.*?(?:\*/|\Z))
  | (?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
  | (?P<open>['"])
  | (?P<template>`(?:[^`\\]|\\.)*(?:`|\Z))
  | (?P<word>[A-Za-z_$\x80-\xff][\w$\x80-\xff]*)
  | (?P<number>\d[\w.]*)
  | (?P<mark>=>|[(){}\[\]]|.)
    """,
    re.X | re.S,
)
_REGEX = re.compile(rb"/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_MOST_NESTED = 30  # templates in templates: beyond, nothing is meant, and each would be read to the end of the text
_PART = re.compile(rb"\\.|`|\$\{|[{}'\"]", re.S)  # what opens and closes in a template and the code in it
_CLOSED = re.compile(rb"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
_BEFORE_REGEX = {b"(", b",", b"=", b":", b"[", b"!", b"&", b"|", b"?", b"{", b"}", b";", b"=>", b"return", b""}


class Token(NamedTuple):
    """`kind` is comment, text, open (a quote that its line does not close), template, word, number, regex or mark."""

    kind: str
    start: int
    end: int
    data: bytes
    line: int


def next_token(data: bytes, at: int, last: bytes) -> tuple[str, int]:
    """Kind and end of the token at a place, white space among them; `last` is the one before it."""
    if data[at : at + 1] == b"/" and last in _BEFORE_REGEX and data[at : at + 2] not in (b"//", b"/*"):
        regex = _REGEX.match(data, at)
        if regex is not None:
            return "regex", regex.end()
    found = _TOKEN.match(data, at)
    assert found is not None  # the last alternative takes any byte
    end = _template_end(data, at) if found.lastgroup == "template" else None
    return found.lastgroup or "mark", end or found.end()


def _template_end(data: bytes, start: int) -> int | None:
    """The place behind a template whose `${…}` may hold templates again; None where it is not closed, or not meant."""
    at, around = start + 1, [b"`"]
    while around:
        found = _PART.search(data, at)
        if found is None or len(around) > _MOST_NESTED:
            return None
        mark, at = found.group(), found.end()
        if around[-1] == b"`":
            if mark == b"`":
                around.pop()
            elif mark == b"${":
                around.append(b"{")
        elif mark == b"}":
            around.pop()
        elif mark in (b"`", b"{", b"${"):
            around.append(mark[-1:])
        elif mark in (b"'", b'"') and (closed := _CLOSED.match(data, found.start())):
            at = closed.end()
    return at


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens without white space; of a line with an unclosed quote only the quote."""
    at, line, last = 0, 0, b""
    while at < len(data):
        kind, stop = next_token(data, at, last)
        piece = data[at:stop]
        if kind == "open":
            end = data.find(b"\n", at)
            yield Token(kind, at, len(data) if end < 0 else end, piece, line)
            at = len(data) if end < 0 else end
            continue
        if kind not in ("space", "line"):
            yield Token(kind, at, stop, piece, line)
            if kind != "comment":
                last = piece
        line += piece.count(b"\n")
        at = stop
