"""The rooms of the package and who may open which door, as data. Every import is read from the source text.

A room is entered by its `__init__` only. Inside a room imports point up its own list; a module that is a folder
counts as one place. `journal` is open to all. A few modules are doors of their own: they are listed.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "naslforge"

DOORS = {
    "lang": (),
    "run": ("lang",),
    "llm": (),
    "journal": (),
    "records": (),
    "judge": ("lang", "run", "records"),
    "context": ("lang",),
    "infill": ("records",),
    "solve": ("lang", "records", "judge", "llm", "context", "infill"),
    "strength": ("lang", "run", "records", "judge"),
    "synth": ("lang", "records", "judge", "solve", "llm", "strength"),
    "train": ("records", "judge", "solve", "llm"),
    "evals": ("lang", "records", "judge", "solve", "llm", "strength"),
    "serve": ("lang", "run", "records", "judge", "solve", "llm"),
    "demo": ("synth", "train", "evals", "records", "judge"),
    "commands": (
        "lang",
        "run",
        "llm",
        "records",
        "judge",
        "solve",
        "synth",
        "train",
        "evals",
        "demo",
        "strength",
        "serve",
        "cli",
    ),
    "cli": (),
    "__main__": ("cli",),
    "__init__": (),
}

# Inside a room: each module may import those before it.
ORDER = {
    "lang": (
        "source", "diagnostics", "spelling", "rules", "rulebook", "nodes", "grammar", "lower", "printing", "printer",
        "types",
        "catalogue", "components", "habits", "estimate", "listing", "manual", "scope", "check", "program", "render",
        "fixing", "changes", "neighbours", "mutants", "ties", "interchange",
    ),
    "run": (
        "limits", "memory", "values", "texts", "ops", "wire", "services", "world", "columns", "dialects", "schema",
        "processplans",
        "sqlfunctions", "library", "zones", "connection", "postgres", "mariadb", "servers", "sqlcost",
        "database",
        "sqlvalues", "sqlexprs", "queries", "entities", "processes", "plans", "emit_base", "emit_exprs", "emit_calls",
        "emit_stmts", "emit_pages", "emit", "validation", "widgets", "tab", "seen", "choosing",
        "page", "user", "browser",
        "compare", "timing", "guard", "channel", "execute", "reading", "visit", "once", "observe", "given", "trial",
        "kernel", "seccomp", "isolation", "probe", "sandbox", "worker",
    ),
    "llm": ("chat", "declarations", "compact", "slots", "weights", "scripted", "remote", "local"),
    "synth": (
        "typescript_library", "typescript", "vocabulary", "families", "scores", "rewrite", "collect", "verify",
        "decontaminate", "select", "attempts", "pipeline",
    ),
    "train": ("recipe", "data", "lora", "watch", "sft", "reject", "dpo", "base"),
    "strength": ("databases", "inputs", "candidates", "fates", "strengthening", "shape", "impostors"),
    "serve": (
        "metrics", "problems", "shapes", "fitting", "openapi", "requests", "pool", "streaming", "app", "server",
    ),
    "evals": ("suite", "causes", "metrics", "audit", "turns", "evaluate", "report", "leaderboard", "adapters"),
}  # fmt: skip

# Modules that are doors of their own: shapes that are used by module name, and parts that a verb opens alone.
LEAVES = {
    "lang": {"nodes", "types", "scope", "components"},
    "llm": {"compact"},
    "synth": {"families", "collect", "rewrite", "verify"},
}


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py"))


def place(path: Path) -> tuple[str, ...]:
    """Room, module and so on: lang/check/exprs.py is (lang, check, exprs)."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts


def imports(path: Path, for_types: bool = True) -> Iterator[tuple[str, ...]]:
    """What of the package a file imports, each as its place; `from naslforge.lang import nodes` is (lang, nodes).

    Without `for_types`, what only the type checker reads is left out.
    """
    for node in nodes(ast.parse(path.read_text(encoding="utf-8")), for_types):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are written in full"
            found = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in found:
            parts = tuple(name.split("."))
            if parts[0] == "naslforge" and len(parts) > 1:
                yield parts[1:]


def nodes(tree: ast.AST, for_types: bool) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if for_types or not (isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"):
            yield node
            yield from nodes(node, for_types)


def is_module(*parts: str) -> bool:
    return (SOURCE.joinpath(*parts)).is_dir() or SOURCE.joinpath(*parts).with_suffix(".py").exists()


def offers(room: str, name: str) -> bool:
    """Is the name one that the room's door gives out, though a module is called the same?"""
    door = SOURCE / room / "__init__.py"
    for node in ast.parse(door.read_text(encoding="utf-8")).body if door.exists() else ():
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return name in ast.literal_eval(node.value)
    return False


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_open_only_doors(path: Path) -> None:
    mine = place(path)
    room = mine[0]
    assert room in DOORS, f"{room} is not on the map"
    for target in imports(path):
        other = target[0]
        if other == room or other in ("journal", "__version__"):
            continue
        assert other in DOORS[room], f"{room} may not open {other}"
        if len(target) > 1 and is_module(other, target[1]) and not (len(target) == 2 and offers(other, target[1])):
            leaf = target[1]
            assert leaf in LEAVES.get(other, ()), f"{other}.{leaf} is behind the door of {other}"
            if len(target) > 2 and is_module(other, leaf, target[2]):
                raise AssertionError(f"{'.'.join(target)} is behind the door of {other}.{leaf}")


@pytest.mark.parametrize("room", ORDER)
def test_inside_a_room_imports_point_up(room: str) -> None:
    order = {name: i for i, name in enumerate(ORDER[room])}
    for path in sorted((SOURCE / room).rglob("*.py")):
        mine = place(path)
        if len(mine) == 1:
            continue  # the door itself
        assert mine[1] in order, f"{room}/{mine[1]} has no place in the order"
        for target in imports(path, for_types=False):
            if target[0] == room and len(target) > 1 and is_module(room, target[1]) and target[1] != mine[1]:
                assert order[target[1]] < order[mine[1]], f"{'.'.join(mine)} may not import {'.'.join(target)}"


def test_rooms_are_no_circle() -> None:
    done: set[str] = set()
    left = dict(DOORS)
    while left:
        ready = [room for room, doors in left.items() if set(doors) <= done]
        assert ready, f"a circle among {', '.join(left)}"
        done.update(ready)
        for room in ready:
            del left[room]


@pytest.mark.parametrize("library", ["tree_sitter", "tree_sitter_typescript"])
def test_only_the_grammar_knows_the_parser(library: str) -> None:
    assert importers(library) == {"lang/grammar.py"}


@pytest.mark.parametrize("library", ["torch", "transformers", "trl", "peft", "datasets"])
def test_training_libraries_live_in_training_and_local_models(library: str) -> None:
    rooms = ("train/", "llm/", "evals/adapters/lm_eval/")  # the last is read by a harness that brings datasets along
    assert all(name.startswith(rooms) for name in importers(library))


def importers(library: str) -> set[str]:
    """The files that import a library, on top or inside a function."""
    found = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == library for name in names):
                found.add(path.relative_to(SOURCE).as_posix())
    return found


def test_files_are_short() -> None:
    long = {
        p.relative_to(SOURCE).as_posix(): n for p in modules() if (n := len(p.read_text("utf-8").splitlines())) > 500
    }
    assert not long
