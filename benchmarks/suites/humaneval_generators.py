"""The small language that says how inputs are made: `list(long(-9, 9), 0, 6)`. Told in humaneval_zh/README.md.

Every generator is a function of a random number generator and the arguments made so far. Ends of a range, empty lists
and lists of equal items come more often than chance would give them.
"""

import random
from collections.abc import Callable, Sequence
from typing import Any

Generator = Callable[[random.Random, Sequence[Any]], Any]

_EDGE = 0.25  # how often a number is an end of its range
_EQUAL = 0.12  # how often a list repeats one item
_TRIES = 200


def generators(expressions: Sequence[str]) -> list[Generator]:
    """The generators of the parameters, from their expressions (those of our own sources: they are evaluated)."""
    return [_as_generator(eval(text, {"__builtins__": {}, **VOCABULARY})) for text in expressions]


def inputs(made: Sequence[Generator], seed: str, count: int, fits: Callable[[list[Any]], bool]) -> list[list[Any]]:
    """Up to `count` different lists of arguments that fit, always the same ones for a seed."""
    rng, found = random.Random(seed), {}
    for _ in range(count * 4):
        args: list[Any] = []
        for one in made:
            args.append(one(rng, args))
        if repr(args) not in found and fits(args):
            found[repr(args)] = args
        if len(found) == count:
            break
    return list(found.values())


def _as_generator(value: Any) -> Generator:
    return value if callable(value) else lambda rng, args: value


def _size(rng: random.Random, low: int, high: int) -> int:
    return rng.choice((low, high)) if rng.random() < _EDGE / 2 else rng.randint(low, high)


def _long(low: int, high: int) -> Generator:
    edges = [edge for edge in (low, low + 1, high, 0, 1) if low <= edge <= high]
    return lambda rng, args: rng.choice(edges) if rng.random() < _EDGE else rng.randint(low, high)


def _decimal(low: float, high: float, digits: int) -> Generator:
    whole = _long(round(low * 10**digits), round(high * 10**digits))

    def make(rng: random.Random, args: Sequence[Any]) -> float | int:
        number = round(whole(rng, args) / 10**digits, digits)
        return int(number) if number == int(number) else number

    return make


def _boolean() -> Generator:
    return lambda rng, args: rng.random() < 0.5


def _pick(*choices: Any) -> Generator:
    made = [_as_generator(choice) for choice in choices]
    return lambda rng, args: rng.choice(made)(rng, args)


def _text(alphabet: str, low: int, high: int) -> Generator:
    characters = _list(lambda rng, args: rng.choice(alphabet), low, high)
    return lambda rng, args: "".join(characters(rng, args))


def _list(item: Any, low: int, high: int) -> Generator:
    make_item = _as_generator(item)

    def make(rng: random.Random, args: Sequence[Any]) -> list[Any]:
        size = _size(rng, low, high)
        if size > 1 and rng.random() < _EQUAL:
            return [make_item(rng, args)] * size
        return [make_item(rng, args) for _ in range(size)]

    return make


def _distinct(item: Any, low: int, high: int) -> Generator:
    make_item = _as_generator(item)

    def make(rng: random.Random, args: Sequence[Any]) -> list[Any]:
        found: list[Any] = []
        size = _size(rng, low, high)
        for _ in range(_TRIES):
            if len(found) == size:
                break
            one = make_item(rng, args)
            if one not in found:
                found.append(one)
        return found

    return make


def _changed(change: Callable[[random.Random, list[Any]], list[Any]]) -> Callable[[Any], Generator]:
    """A generator over another one of lists or texts: a text is changed as the list of its characters."""

    def of(base: Any) -> Generator:
        make_base = _as_generator(base)

        def make(rng: random.Random, args: Sequence[Any]) -> Any:
            value = make_base(rng, args)
            changed = change(rng, [*value])
            return "".join(changed) if isinstance(value, str) else changed

        return make

    return of


def _mirror(rng: random.Random, items: list[Any]) -> list[Any]:
    return items + items[::-1][rng.randint(0, 1) :]


def _part(rng: random.Random, items: list[Any]) -> list[Any]:
    start = rng.randint(0, len(items))
    return items[start : rng.randint(start, len(items))]


def _spoil(rng: random.Random, items: list[Any]) -> list[Any]:
    if not items:
        return items
    at, other = rng.randrange(len(items)), rng.randrange(len(items))
    match rng.randrange(4):
        case 0:
            return items[:at] + items[at + 1 :]
        case 1:
            return [*items[:at], items[at], *items[at:]]
        case 2:
            items[at], items[other] = items[other], items[at]
        case 3:
            items[at] = items[other]
    return items


def _join(item: Any, separator: str, low: int, high: int) -> Generator:
    items = _list(item, low, high)
    return lambda rng, args: separator.join(map(str, items(rng, args)))


def _glue(*parts: Any) -> Generator:
    made = [_as_generator(part) for part in parts]
    return lambda rng, args: "".join(str(one(rng, args)) for one in made)


def _glue_lists(*parts: Any) -> Generator:
    made = [_as_generator(part) for part in parts]
    return lambda rng, args: [item for one in made for item in one(rng, args)]


def _brackets(pair: str, low: int, high: int) -> Generator:
    def make(rng: random.Random, args: Sequence[Any]) -> str:
        left, depth, text = _size(rng, low, high), 0, ""
        while left or depth:
            opens = left and (depth == 0 or rng.random() < 0.5)
            text += pair[0] if opens else pair[1]
            left, depth = (left - 1, depth + 1) if opens else (left, depth - 1)
        return text

    return make


def _mapping(key: Any, value: Any, low: int, high: int) -> Generator:
    keys, make_value = _distinct(key, low, high), _as_generator(value)
    return lambda rng, args: {one: make_value(rng, args) for one in keys(rng, args)}


def _structure(**fields: Any) -> Generator:
    made = {name: _as_generator(value) for name, value in fields.items()}
    return lambda rng, args: {name: make(rng, args) for name, make in made.items()}


def _null() -> Generator:
    return lambda rng, args: None


def _arg(position: int) -> Generator:
    return lambda rng, args: args[position]


VOCABULARY: dict[str, Any] = {
    "lower": "abcdefghijklmnopqrstuvwxyz", "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "digits": "0123456789",
    "letters": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "long": _long, "decimal": _decimal, "boolean": _boolean, "pick": _pick, "text": _text, "list": _list,
    "distinct": _distinct, "join": _join, "glue": _glue, "glue_lists": _glue_lists, "brackets": _brackets,
    "mapping": _mapping, "structure": _structure, "null": _null, "arg": _arg,
    "ascending": _changed(lambda rng, items: sorted(items)),
    "descending": _changed(lambda rng, items: sorted(items, reverse=True)),
    "mirrored": _changed(_mirror), "part": _changed(_part), "spoilt": _changed(_spoil),
    "shuffled": _changed(lambda rng, items: rng.sample(items, len(items))),
    "subset": _changed(lambda rng, items: [item for item in items if rng.random() < 0.5]),
}  # fmt: skip
