"""Families and vocabularies: declared shape, determinism, names, and that every reference passes the gate."""

import re
from collections import Counter

import pytest

from naslforge.journal import InputError
from naslforge.judge import judge_many
from naslforge.records import Solution, Task
from naslforge.run import Limits
from naslforge.synth import families
from naslforge.synth.vocabulary import domains

NAMES = [f.name for f in families.FAMILIES]
CONSTRUCTS = {
    "for": r"\bfor \(", "while": r"\bwhile \(", "if": r"\bif \(", "match": r"\(function match\(", "abort": r"\babort\(",
}  # fmt: skip
SWAPS = ((" >= ", " > "), (" > ", " >= "), (" <= ", " < "), (" < ", " <= "), ("'ASC'", "'DESC'"), ("'DESC'", "'ASC'"),
         ("asc: true", "asc: false"), ("asc: false", "asc: true"), ("ListMax", "ListMin"))  # fmt: skip


def some(count: int, seed: int = 7) -> list[Task]:
    return list(families.generate(None, None, seed, count))


def used(reference: str) -> set[str]:
    """The library functions, query functions, entity logics and statements of a reference."""
    found = set(re.findall(r"nasl\.util\.(\w+)", reference)) | set(re.findall(r"Entity\.(\w+)\(", reference))
    found |= set(re.findall(r"\b([A-Z][A-Z_]+)\(", reference))
    return found | {name for name, pattern in CONSTRUCTS.items() if re.search(pattern, reference)}


def statuses(pairs: list[tuple[Task, str]]) -> list[str]:
    solutions = [(task, Solution(task.id, source)) for task, source in pairs]
    return [verdict.status for verdict in judge_many(solutions, 1, limits=Limits(steps=100_000))]


def test_there_are_enough_families_and_domains():
    assert len(NAMES) == len(set(NAMES)) >= 48
    assert len(families.DOMAINS) >= 16
    assert set(families.HELD_OUT_FAMILIES) < set(NAMES)
    assert set(families.HELD_OUT_DOMAINS) < set(families.DOMAINS)


def test_tasks_are_distinct_and_numbered():
    tasks = some(5 * len(NAMES))
    assert len(tasks) == 5 * len(NAMES)
    assert len({t.id for t in tasks}) == len(tasks)
    assert len({(t.instruction, t.context, t.signature) for t in tasks}) == len(tasks)
    assert set(Counter(t.meta["family"] for t in tasks).values()) == {5}


def test_the_same_seed_gives_the_same_tasks_and_another_seed_others():
    first, again, other = some(150), some(150), some(150, seed=8)
    assert [t.to_json() for t in first] == [t.to_json() for t in again]
    assert not {t.id for t in first} & {t.id for t in other}


def test_a_task_can_be_made_again_from_its_number():
    task = some(60)[-1]
    item = families.family(task.meta["family"])
    assert item.task(domains()[task.meta["domain"]], task.meta["seed"]) == task


def test_every_task_is_whole():
    for task in some(2 * len(NAMES)):
        assert Task.from_json(task.to_json()) == task
        assert 3 <= len(task.tests) <= 6, task.id
        assert len({repr((t.args, t.world)) for t in task.tests}) == len(task.tests), task.id
        assert task.instruction.endswith("。") and task.instruction_en.endswith("."), task.id
        assert task.signature in task.meta["reference"]
        assert task.entry.removeprefix("app.logics.") in task.signature
        assert {"source", "license", "difficulty", "tags", "family", "domain", "seed", "covers"} < set(task.meta)


def test_instructions_have_several_phrasings():
    item, domain = families.family("query-page-by-field"), domains()["leave"]
    shapes = {re.sub(r"[^，。：（）、]", "", item.task(domain, n).instruction) for n in range(60)}
    assert len(shapes) >= 4


def test_the_first_request_of_the_readme_comes_from_a_family():
    item, domain = families.family("query-page-by-field"), domains()["leave"]
    wanted = "根据申请状态查询请假申请记录，支持分页，按申请时间升序排列。"
    assert any(item.task(domain, n).instruction.endswith(wanted) for n in range(4000))


def test_families_cover_what_they_say():
    seen: dict[str, set[str]] = {name: set() for name in NAMES}
    for task in some(20 * len(NAMES)):
        seen[task.meta["family"]] |= used(task.meta["reference"])
    for item in families.FAMILIES:
        assert seen[item.name] <= set(item.covers), item.name
    library = {name for found in seen.values() for name in found if name[1:2].islower()}
    assert len(library) >= 80


def test_names_of_domains_do_not_meet():
    for kind in ("entities", "enums"):
        names = [item.name for d in domains().values() for item in getattr(d, kind)]
        assert len(names) == len(set(names))
    fields = [f for d in domains().values() for e in d.entities for f in (*e.fields, *d.composed())]
    owners: dict[str, set[str]] = {}
    for domain in domains().values():
        for field in [f for e in domain.entities for f in e.fields] + domain.composed():
            owners.setdefault(field.name, set()).add(domain.name)
            owners.setdefault(field.label, set()).add(domain.name)
    assert fields and all(len(names) == 1 for names in owners.values())


def test_vocabularies_refer_to_what_they_declare():
    for domain in domains().values():
        for enum in domain.enums:
            assert enum.moves
            assert all({m.source, m.target} <= set(enum.values) for m in enum.moves), enum.name
        for entity in domain.entities:
            assert entity.parent is None or domain.entity(entity.parent)
            assert all(domain.enum(f.limits[0]) for f in entity.fields if f.kind == "enum")


def test_unknown_names_are_told():
    with pytest.raises(InputError, match="no family 'nope'"):
        list(families.generate(["nope"], None, 0, 1))
    with pytest.raises(InputError, match="no domain 'nope'"):
        list(families.generate(None, ["nope"], 0, 1))


def test_every_reference_passes():
    tasks = some(2 * len(NAMES), seed=19)
    found = statuses([(t, t.meta["reference"]) for t in tasks])
    assert [t.id for t, status in zip(tasks, found, strict=True) if status != "passed"] == []


def test_near_misses_fail():
    """A changed operator or direction is nearly always told apart; a few changes mean the same."""
    mutants = []
    for task in some(2 * len(NAMES), seed=29):
        head, body = task.meta["reference"].split(task.signature)
        for old, new in SWAPS:
            if old in body:
                mutants.append((task, head + task.signature + body.replace(old, new, 1)))
    found = statuses(mutants[::2])
    assert found.count("passed") / len(found) < 0.1
