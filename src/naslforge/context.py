"""A project's declarations to those that a task needs, within a budget of tokens: by reference and by words.

What the signature names comes first, with every type those declarations use. Then come declarations whose names,
labels and fields share words with the instruction, the best first, each with the types it uses. Of logics and pages
only the head is shown. A context within the budget stays as it is, to the letter.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from naslforge import lang
from naslforge.lang import nodes as n

BUDGET = 2000
_NAME, _LABEL, _BODY = 3.0, 3.0, 1.0  # what a word weighs by where it stands
_SATURATION = 1.5
_WHOLE_LABEL = 6.0  # a declaration's label, a field's or a member's stands whole in the instruction
_WHOLE_ITEM = 1.5
_SIGNATURE = 0.7  # words of the signature's names count a little less than those of the instruction
_SPREAD = 0.4  # of its score a declaration lends to those that its keys refer to, and that refer to it
_ELSEWHERE = "return <ULinearLayout>{/* … */}</ULinearLayout>;"  # what a page returns is not told
_FLOOR = 0.03  # of the best score: what scores less is not shown though there be room


@dataclass(slots=True)
class Piece:
    """One declaration: `text` as shown, full names that it `uses` and is `near` to, words with weights, labels."""

    name: str
    namespace: str
    text: str
    code: str = ""
    words: dict[str, float] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    uses: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)


def select(context: str, instruction: str, signature: str = "", budget: int = BUDGET) -> str:
    """The part of a context that matters for a task; the context itself where it is within the budget."""
    if lang.tokens(context) <= budget:
        return context
    pieces = split(context)
    wanted = chosen(pieces, instruction, signature, budget)
    return render(piece for piece in pieces if piece.name in wanted)


def chosen(pieces: list[Piece], instruction: str, signature: str, budget: int) -> set[str]:
    """The names of the pieces to show: what the signature uses always, the rest as far as the budget goes."""
    known = {piece.name: piece for piece in pieces}
    taken = _closure(named(f"{signature}\n{instruction}", known), known)
    scores = _spread(_scores(pieces, instruction, signature), known)
    order = sorted(range(len(pieces)), key=lambda i: (-scores[pieces[i].name], i))
    least = _FLOOR * max(scores.values(), default=0)
    room = budget - sum(_cost(known[name]) for name in taken)
    for i in order:
        name = pieces[i].name
        if scores[name] <= least:
            break
        more = _closure({name}, known) - taken
        cost = sum(_cost(known[other]) for other in more)
        if cost <= room:
            taken |= more
            room -= cost
    return taken


def render(pieces: Iterable[Piece]) -> str:
    """Declarations as program text, each run of one namespace under one heading."""
    parts: list[tuple[str, list[str]]] = []
    for piece in pieces:
        if not parts or parts[-1][0] != piece.namespace:
            parts.append((piece.namespace, []))
        parts[-1][1].append(piece.text)
    return "\n\n".join(_block(namespace, texts) for namespace, texts in parts)


def _block(namespace: str, texts: list[str]) -> str:
    inner = "\n\n".join(texts)
    if not namespace:
        return inner
    indented = "\n".join(f"  {line}" if line else line for line in inner.split("\n"))
    return f"export namespace {namespace} {{\n{indented}\n}}"


def _cost(piece: Piece) -> int:
    return lang.tokens(_block(piece.namespace, [piece.text]))


# --- the declarations of a text


def split(context: str) -> list[Piece]:
    """Every declaration of a program text, with what it uses; text that is no declaration is left out."""
    source = lang.Source("context.ts", context, context=True)
    checked = lang.check([source])
    pieces = [
        _piece(item, namespace, checked)
        for unit in checked.units
        for namespace, item in _items(unit.items, "")
        if isinstance(item, n.Function | n.Class | n.Enum | n.Let | n.Alias | n.View)
    ]
    once = {piece.name: piece for piece in pieces}
    for piece in once.values():
        piece.uses = named(piece.code, once, piece.namespace) - {piece.name}
        piece.near = _keys(piece, once) - {piece.name}
    return list(once.values())


def _items(items: Iterable[n.Item], namespace: str) -> Iterator[tuple[str, n.Item]]:
    for item in items:
        if isinstance(item, n.Namespace):
            yield from _items(item.items, f"{namespace}.{item.name.name}".strip("."))
        else:
            yield namespace, item


def _piece(item: n.Decl, namespace: str, checked: lang.Checked) -> Piece:
    doc = item.doc
    code = _head(item, checked) or _slice(item, *_ends(item)).strip()
    start = min(item.span.start, doc.span.start) if doc else item.span.start
    text = _slice(item, start, item.span.end).strip()
    if not text.endswith(code):  # only the head of it is shown
        text = (_slice(item, *_ends(doc)) + "\n" if doc else "") + code
    piece = Piece(f"{namespace}.{item.name.name}".strip("."), namespace, _dedent(text), _without_texts(code))
    _tell(piece, item)
    return piece


def _head(item: n.Decl, checked: lang.Checked) -> str:
    """A logic or a page without what is inside, '' for other declarations."""
    if isinstance(item, n.View):
        after = item.params[-1].span.end if item.params else item.name.span.end
        head = _slice(item, item.span.start, after).strip() + (")" if item.params else "()")
        return f"{head} {{ {_ELSEWHERE} }}"
    if not isinstance(item, n.Function) or item.body is None:
        return ""
    head = _slice(item, item.span.start, item.body.span.start).strip()
    result = "" if item.result or item not in checked.results else f": {lang.types.show(checked.results[item])}"
    return re.sub(r"^(export\s+)?function", "export declare function", head) + result + ";"


def _slice(item: n.Node, start: int, end: int) -> str:
    return item.span.source.text.encode()[start:end].decode()


def _dedent(text: str) -> str:
    """Lines after the first moved left by what the last one, a closing brace, stands in."""
    lines = text.split("\n")
    margin = len(lines[-1]) - len(lines[-1].lstrip())
    return "\n".join([lines[0], *(line[margin:] if not line[:margin].strip() else line for line in lines[1:])])


def _tell(piece: Piece, item: n.Decl) -> None:
    """The words of a declaration: its name and label, those of its fields, members or parameters."""
    labels = tuple(filter(None, [_label(item), *_described(item)]))
    inner = [node for node in item.children() if isinstance(node, n.Property | n.EnumMember | n.Param)]
    items = [text for node in inner for text in (node.name.name, _label(node), *_described(node)) if text]
    for texts, weight in (((item.name.name,), _NAME), (labels, _LABEL), (items, _BODY)):
        for text in texts:
            for word in words(text):
                piece.words[word] = piece.words.get(word, 0) + weight
    piece.labels = labels
    piece.items = tuple(items)


def _label(node: n.Node) -> str:
    doc = getattr(node, "doc", None)
    return " ".join(filter(None, [doc.tag("title"), doc.text])) if doc else ""


def _described(node: n.Node) -> Iterator[str]:
    """The texts `label` and `description` of a node's decorators."""
    for decorator in getattr(node, "decorators", ()):
        if decorator.argument:
            yield from re.findall(r"\b(?:label|description)\s*:\s*['\"]([^'\"]+)", _slice(decorator, *_ends(decorator)))


def _ends(node: n.Node) -> tuple[int, int]:
    return node.span.start, node.span.end


# --- references

_TEXTS = re.compile(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|//[^\n]*|/\*.*?\*/", re.S)
_PATH = re.compile(r"[^\W\d][\w$]*(?:\.[^\W\d][\w$]*)*")
_RELATION = re.compile(r"\bentity\s*:\s*['\"](\w+)['\"]")
_KEY = re.compile(r"\b([a-z]\w*?)(?:Id|Key|Code|No)\s*:")


def _without_texts(code: str) -> str:
    """Code whose relations stay readable though other quoted texts and comments are gone."""
    return _TEXTS.sub(lambda m: m[0] if _RELATION.search(code, max(0, m.start() - 20), m.end()) else "", code)


def named(code: str, known: dict[str, Piece], namespace: str = "") -> set[str]:
    """The known declarations that a text names: in full, by the table object of an entity, or as siblings."""
    found = set()
    for path in set(_PATH.findall(code)):
        parts = path.split(".")
        for length in range(len(parts), 0, -1):
            name = ".".join(parts[:length])
            name = next((c for c in (name, name.removesuffix("Entity"), f"{namespace}.{name}") if c in known), "")
            if name:
                found.add(name)
                break
    return found


def _keys(piece: Piece, known: dict[str, Piece]) -> set[str]:
    """The sibling entities that the keys of an entity refer to: by `relation`, or by a name like `customerId`."""
    named = _RELATION.findall(piece.code) + [key[0].upper() + key[1:] for key in _KEY.findall(piece.code)]
    return {f"{piece.namespace}.{name}" for name in named} & known.keys()


def _closure(names: set[str], known: dict[str, Piece]) -> set[str]:
    """The names and everything that their declarations use."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += known[name].uses
    return found


# --- words

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def words(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters, and the words of identifiers and English in the singular.

    >>> words("查询 purchaseOrders")
    ['查询', 'purchase', 'order']
    """
    pairs = [run[i : i + 2] for run in _HAN.findall(text) for i in range(max(1, len(run) - 1))]
    return pairs + [_singular(word.lower()) for word in _LATIN.findall(text)]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def _scores(pieces: list[Piece], instruction: str, signature: str) -> dict[str, float]:
    """How much each declaration has to do with the task: BM25 over words, and labels that stand in it whole."""
    asked = dict.fromkeys(words(signature), _SIGNATURE) | dict.fromkeys(words(instruction), 1.0)
    spread = Counter(word for piece in pieces for word in piece.words)
    rarity = {word: math.log(1 + len(pieces) / spread[word]) for word in asked if word in spread}
    said = instruction.lower()
    identifiers = set(re.findall(r"[a-z][\w$]*", said))
    scores = {}
    for piece in pieces:
        score = sum(asked[w] * rarity[w] * (c / (c + _SATURATION)) for w, c in piece.words.items() if w in rarity)
        score += _WHOLE_LABEL * any(_stands(label, said, identifiers) for label in _names(piece))
        score += _WHOLE_ITEM * min(3, sum(_stands(item, said, identifiers) for item in piece.items))
        scores[piece.name] = score
    return scores


def _names(piece: Piece) -> tuple[str, ...]:
    return (piece.name.rpartition(".")[2], *piece.labels)


def _stands(name: str, said: str, identifiers: set[str]) -> bool:
    """Is the name or label in what was said, as a whole?"""
    name = name.lower()
    return name in identifiers if name.isascii() else len(name) > 1 and name in said


def _spread(scores: dict[str, float], known: dict[str, Piece]) -> dict[str, float]:
    """Scores with a share of the best neighbour's: an order's lines matter where the order does."""
    neighbours: dict[str, set[str]] = {name: set(piece.near) for name, piece in known.items()}
    for name, piece in known.items():
        for other in piece.near:
            neighbours[other].add(name)
    return {
        name: score + _SPREAD * max((scores[other] for other in neighbours[name]), default=0.0)
        for name, score in scores.items()
    }
