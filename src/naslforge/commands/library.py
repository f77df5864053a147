"""stdlib: the functions of the standard library at the terminal."""

import json
from argparse import Namespace
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import groupby
from typing import Any

from naslforge import lang
from naslforge.cli import FINE
from naslforge.commands.files import show
from naslforge.journal import InputError

WHERE = {
    "page": "page logics only / 仅页面逻辑",
    "server": "server logics only / 仅服务端逻辑",
    "both": "server and page logics / 服务端与页面逻辑",
}
KINDS = {
    "query": "queries, and outside them where it needs no rows / 查询中；不涉及行时也可在查询外",
    "entity": "on a table object `….entities.XEntity` / 在数据表对象上调用",
    "rule": "`rules={[…]}` of form items / 表单项的 rules",
}


def stdlib(args: Namespace) -> int:
    """All functions by group, those of one group or namespace, or everything about the functions of one name."""
    known = {builtin.full_name: builtin for builtin in lang.catalogue()} | lang.validation_rules()
    chosen = list(known.values())
    listed = args.name is None
    if not listed:
        of_group = [b for b in chosen if args.name in (b.group, b.namespace)]
        listed = bool(of_group)
        chosen = of_group or _called(known, args.name)
    if args.json:
        for builtin in chosen:
            show(_as_json(builtin))
    elif listed:
        _list(chosen)
    else:
        print("\n\n".join(map(_page, chosen)))
    return FINE


def _called(known: dict[str, lang.Builtin], name: str) -> list[lang.Builtin]:
    if name in known:
        return [known[name]]
    short = name.rpartition(".")[2].lower()
    found = [builtin for builtin in known.values() if builtin.name.lower() == short]
    if not found:
        raise InputError(f"no function {name!r}", hint=_near(known, short))
    return found


def _near(known: dict[str, lang.Builtin], short: str) -> str:
    """The names that may have been meant."""
    by_short: dict[str, list[str]] = {}
    for full in known:
        by_short.setdefault(full.rpartition(".")[2].lower(), []).append(full)
    holding = [key for key in by_short if len(short) > 2 and short in key]
    close = dict.fromkeys([*get_close_matches(short, by_short, n=4), *holding])
    names = [full for key in close for full in by_short[key]][:6]
    return f"did you mean {', '.join(names)}?" if names else "naslforge stdlib lists them"


def _list(chosen: Iterable[lang.Builtin]) -> None:
    for i, (group, builtins) in enumerate(groupby(chosen, key=lambda builtin: builtin.group)):
        print(f"{chr(10) if i else ''}# {group}")
        for builtin in builtins:
            print(f"{builtin.full_name}  {builtin.doc_zh}")


def _where(builtin: lang.Builtin) -> str:
    return KINDS.get(builtin.kind) or WHERE[builtin.side]


def _as_json(builtin: lang.Builtin) -> dict[str, Any]:
    return {
        "name": builtin.full_name,
        "group": builtin.group,
        "kind": builtin.kind,
        "side": builtin.side,
        "signatures": list(builtin.signatures),
        "doc": builtin.doc,
        "doc_zh": builtin.doc_zh,
        "nulls": builtin.nulls,
        "server": builtin.server,
        "examples": [{"expression": expression, "result": result} for expression, result in builtin.examples],
    }


def _page(builtin: lang.Builtin) -> str:
    lines = [
        builtin.full_name,
        *(f"  {text}" for text in builtin.signatures),
        f"  {builtin.doc}",
        f"  {builtin.doc_zh}",
        f"  where: {_where(builtin)}",
    ]
    lines += [f"  null: {builtin.nulls}"] if builtin.nulls else []
    lines += [f"  server: {builtin.server}"] if builtin.server else []
    lines += [f"  {text} => {_shown(result)}" for text, result in builtin.examples]
    return "\n".join(lines)


def _shown(result: object) -> str:
    return "error" if result == "error" else json.dumps(result, ensure_ascii=False)
