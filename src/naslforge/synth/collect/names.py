"""Foreign names to NASL identifiers: camelCase, Unicode letters kept, reserved words and doubles avoided."""

import re
import unicodedata
from collections.abc import Iterable

# TypeScript keywords, names the language keeps (REFERENCE 1.1), and contextual words that read badly as variables.
_RESERVED = frozenset(
    """break case catch class const continue debugger default delete do else enum export extends false finally for
    function if import in instanceof new null return super switch this throw true try typeof var void while with
    implements interface let package private protected public static yield async await as any boolean number string
    symbol type from of get set module namespace declare abstract is keyof readonly undefined never unknown object
    app nasl extensions connector apis sharedApp elements match abort result constructor infer unique require
    arguments eval global bigint override out satisfies accessor asserts""".split()  # noqa: SIM905
)
_INSTEAD = {
    "string": "text", "str": "text", "number": "num", "type": "kind", "object": "item", "list": "items",
    "dict": "mapping", "from": "start", "of": "whole", "set": "values", "result": "outcome", "in": "source",
}  # fmt: skip
_TYPES = {
    "List", "Map", "String", "Date", "Time", "DateTime", "Decimal", "Text", "Any", "Long", "Email", "Binary", "Boolean",
    "Integer", "Double", "Entity", "Enum", "Null",
}  # fmt: skip
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W_A-Za-z0-9]+")


def camel_case(text: str, fallback: str = "value") -> str:
    """A legal lower-first identifier made of the words in `text`.

    >>> camel_case("count_Set_Bits"), camel_case("max gross weight (lb)"), camel_case("2004"), camel_case("string")
    ('countSetBits', 'maxGrossWeightLb', 'value2004', 'text')
    """
    words = [w.lower() for w in _WORD.findall("".join(map(_plain_letter, text)))]
    name = "".join(w if i == 0 else w[:1].upper() + w[1:] for i, w in enumerate(words))
    name = name or fallback
    if name[0].isdigit():
        name = fallback + name
    name = _INSTEAD.get(name, name)
    return name + "Value" if name in _RESERVED else name


def _plain_letter(letter: str) -> str:
    """A Latin letter without its accent; any other character as it is."""
    base = unicodedata.normalize("NFKD", letter)[:1]
    return base if base.isascii() else letter


def pascal_case(text: str, fallback: str = "Value") -> str:
    """As `camel_case`, first letter in upper case; names of built-in types are avoided."""
    name = camel_case(text, fallback[:1].lower() + fallback[1:])
    name = name[:1].upper() + name[1:]
    return name + "Record" if name in _TYPES else name


def distinct(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The same names with numbers added where one occurs twice (letter case does not tell two names apart).

    >>> distinct(["name", "Name", "id"], taken=["id"])
    ['name', 'Name2', 'id2']
    """
    seen = {name.lower() for name in taken}
    out = []
    for name in names:
        unique, n = name, 1
        while unique.lower() in seen:
            n += 1
            unique = f"{name}{n}"
        seen.add(unique.lower())
        out.append(unique)
    return out
