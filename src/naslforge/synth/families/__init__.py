"""Generators of NASL tasks: each family makes unlimited distinct tasks with references and tests from a seed."""

from collections.abc import Iterable, Iterator
from zlib import crc32

from naslforge.journal import InputError
from naslforge.records import Task
from naslforge.synth.families import (
    batches,
    crud,
    dates,
    edits,
    flows,
    joins,
    lists,
    maps,
    numbers,
    project,
    queries,
    reshape,
    searches,
    structures,
    texts,
)
from naslforge.synth.families.context import Unfit
from naslforge.synth.families.frame import Family
from naslforge.synth.families.heldout import HELD_OUT_DOMAINS, HELD_OUT_FAMILIES
from naslforge.synth.vocabulary import Domain, domains

__all__ = ["DOMAINS", "FAMILIES", "HELD_OUT_DOMAINS", "HELD_OUT_FAMILIES", "Family", "family", "generate"]

FAMILIES: tuple[Family, ...] = (
    *texts.FAMILIES, *numbers.FAMILIES, *dates.FAMILIES, *lists.FAMILIES, *maps.FAMILIES, *edits.FAMILIES,
    *structures.FAMILIES, *reshape.FAMILIES, *flows.FAMILIES, *project.FAMILIES, *crud.FAMILIES, *batches.FAMILIES,
    *queries.FAMILIES, *searches.FAMILIES, *joins.FAMILIES,
)  # fmt: skip
DOMAINS: tuple[str, ...] = tuple(domains())
SEED_SPAN = 1_000_000  # task numbers of one seed; the same number of another seed is another task
PATIENCE = 200  # fruitless tries in a row after which a family has no more to give


def family(name: str) -> Family:
    """The family of that name. Raises InputError for an unknown one."""
    for item in FAMILIES:
        if item.name == name:
            return item
    raise InputError(f"no family {name!r}", hint="known: " + ", ".join(f.name for f in FAMILIES))


def generate(names: Iterable[str] | None = None, domains: Iterable[str] | None = None, seed: int = 0,
             count: int = 100) -> Iterator[Task]:  # fmt: skip
    """`count` distinct tasks, families and domains taking turns; the same arguments always give the same tasks.

    No names means all of them. Fewer tasks come only when every family has run out. Raises InputError for
    unknown names.
    """
    families = [family(name) for name in names] if names is not None else list(FAMILIES)
    places = [_domain(name) for name in (domains if domains is not None else DOMAINS)]
    seen: set[tuple[str, str, str | None]] = set()
    streams = [_stream(item, places, seed, seen) for item in families]
    while streams and count > 0:
        for stream in list(streams):
            task = next(stream, None)
            if task is None:
                streams.remove(stream)
                continue
            yield task
            count -= 1
            if count == 0:
                return


def _stream(item: Family, places: list[Domain], seed: int, seen: set[tuple[str, str, str | None]]) -> Iterator[Task]:
    """The tasks of one family; domains take turns, beginning at another one for each family."""
    fruitless, step = 0, 0
    offset = crc32(item.name.encode())
    while places and fruitless < PATIENCE:
        domain = places[(offset + step) % len(places)]
        number, step = seed * SEED_SPAN + step, step + 1
        try:
            task = item.task(domain, number)
        except Unfit:
            fruitless += 1
            continue
        key = (task.instruction, task.context, task.signature)
        if key in seen:
            fruitless += 1
            continue
        seen.add(key)
        fruitless = 0
        yield task


def _domain(name: str) -> Domain:
    if name not in domains():
        raise InputError(f"no domain {name!r}", hint="known: " + ", ".join(DOMAINS))
    return domains()[name]
