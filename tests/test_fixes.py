"""Safe edits over programs with known faults: they mend, never break, come to an end, and leave right programs alone.

The faults are those of benchmarks/diagnostics.py, which measures the same on more programs.
"""

import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from naslforge.judge import judge
from naslforge.lang import Diagnostic, Source, apply_edits, check, fix, format_source, normalise, parse
from naslforge.synth.families import generate

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))  # no package: scripts beside the programs they measure

from faults import SEEN, UNSEEN, Faulty, Reference, faulty  # noqa: E402

PROGRAMS, PARTS = 2000, 10
RIGHT = [
    Reference(task.id, task.meta["reference"], task.context, task) for task in generate(seed=23, count=240)
]  # fmt: skip


def words(d: Diagnostic) -> tuple[str, str]:
    """An error wherever it stands."""
    return d.rule.code, re.sub(r"\d+", "0", d.message)


def new_errors(before: tuple[Diagnostic, ...], after: tuple[Diagnostic, ...]) -> Counter[tuple[str, str]]:
    """Errors that were not there before, where no fewer are left: what was hidden by another fault is no new one."""
    new = Counter(map(words, after)) - Counter(map(words, before))
    return new if len(after) >= len(before) else Counter()


@cache
def programs() -> list[Faulty]:
    return list(faulty(RIGHT, (*SEEN, *UNSEEN), PROGRAMS, seed=31))


@pytest.mark.parametrize("part", range(PARTS))
def test_fixing_mends_and_never_breaks(part: int) -> None:
    for broken in programs()[part::PARTS]:
        sources = broken.reference.sources(broken.text)
        before = check(sources).errors
        fixed = fix(sources)
        assert not new_errors(before, fixed.checked.errors), broken.text
        assert fixed.texts[0] == broken.reference.context
        again = fix([sources[0], Source("program.ts", fixed.texts[1])])
        assert again.texts[1] == fixed.texts[1], "fixing twice is fixing once"


def test_single_safe_edits_hardly_ever_break() -> None:
    """Each edit alone, applied by an editor without looking: fewer than one in two hundred."""
    tried = broke = 0
    for broken in programs()[:: PARTS // 2]:
        sources = broken.reference.sources(broken.text)
        before = check(sources).errors
        for d in before:
            safe = next((f for f in d.fixes if f.applicability == "safe" and f.edits), None)
            if safe is not None:
                text = apply_edits(sources[1], safe.edits)
                tried += 1
                broke += bool(new_errors(before, check(broken.reference.sources(text)).errors))
    assert tried > 300
    assert broke / tried < 0.01  # a sample; the benchmark's aim is 0.005 of some thousands


def test_most_faulty_programs_are_mended() -> None:
    few = programs()[::PARTS]
    clean = sum(not fix(b.reference.sources(b.text)).checked.errors for b in few)
    assert clean / len(few) > 0.4


@pytest.mark.parametrize("reference", RIGHT[::3], ids=lambda reference: reference.id)
def test_right_programs_keep_their_meaning(reference: Reference) -> None:
    fixed = fix(reference.sources()).texts[1]
    if fixed != reference.text:
        assert reference.task is not None
        same = normalise(parse([Source("a", fixed)]).units[0]) == normalise(
            parse([Source("a", reference.text)]).units[0]
        )
        assert same or judge(reference.task, fixed).passed


def test_every_kind_makes_faults() -> None:
    """No mutator that never fires, and no fault that the text does not show."""
    many = [*RIGHT, *(Reference(t.id, t.meta["reference"], t.context, t) for t in generate(seed=24, count=240))]
    made = {fault.kind for broken in faulty(many, (*SEEN, *UNSEEN), 1200, seed=5) for fault in broken.faults}
    assert len(made) >= 0.9 * len({*SEEN, *UNSEEN})
    assert len(made) >= 60


HEAD = "export namespace app.logics {\n  export function f(a: Boolean, b: Long): Long {\n    let r: Long = 0;\n"
TAIL = "    return r;\n  }\n}\n"


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("NF605", "r = b;\n    r = r;", "r = b;"),
        ("NF607", "if (a) {\n      return b;\n      r = b;\n      r = 2;\n    }", "if (a) {\n      return b;\n    }"),
        ("NF613", "if (a == true) {\n      r = b;\n    }", "if (a) {\n      r = b;\n    }"),
        ("NF613", "if (false == (b > 1)) {\n      r = b;\n    }", "if (!(b > 1)) {\n      r = b;\n    }"),
        ("NF139", "r = b;\n    b + 1;", "r = b;"),
        (
            "NF316",
            "let m: Map<Long>;\n    nasl.util.MapPut(m, 'a', b);\n    r = nasl.util.Length(m);",
            "let m: Map<String, Long>;\n    nasl.util.MapPut(m, 'a', b);\n    r = nasl.util.Length(m);",
        ),
        (
            "NF326",
            "r = nasl.util.Round(99999999999999999999 / 1e19, 'TowardsZero');",
            "r = nasl.util.Round(99999999999999999999.0 / 1e19, 'TowardsZero');",
        ),
    ],
)
def test_an_edit_that_is_not_safe_still_makes_the_program_clean(code: str, wrong: str, right: str) -> None:
    source = Source("a.ts", f"{HEAD}    {wrong}\n{TAIL}")
    [told] = [d for d in check([source]).diagnostics if d.rule.code == code]
    fixed = apply_edits(source, told.fixes[-1].edits)
    assert told.fixes[-1].applicability == "unsafe"
    assert format_source(fixed).replace("\n\n", "\n") == format_source(f"{HEAD}    {right}\n{TAIL}")


@pytest.mark.parametrize(("wrong", "right"), [
    ("let s: String<Long> = 'x';\n    r = nasl.util.Length(s);", "let s: String = 'x';\n    r = nasl.util.Length(s);"),
    ("r = nasl.util.Length < Long, List<Long> > ('x');", "r = nasl.util.Length('x');"),
])  # fmt: skip
def test_type_arguments_where_none_belong_are_left_out(wrong: str, right: str) -> None:
    source = Source("a.ts", f"{HEAD}    {wrong}\n{TAIL}")
    fixed = fix([source])
    assert format_source(fixed.texts[0]) == format_source(f"{HEAD}    {right}\n{TAIL}")
    assert not fixed.checked.errors
