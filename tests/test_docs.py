"""docs/language.md says nothing that is not so: its programs are checked, their outcomes run, its names looked up."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from naslforge import lang
from naslforge.judge import judge
from naslforge.lang import Source, check, components, rules
from naslforge.records import Task
from naslforge.run import CallSpec, execute

DOCS = Path(__file__).parent.parent / "docs"
TEXT = (DOCS / "language.md").read_text("utf-8")
_BLOCK = re.compile(r"^```(nasl|nasl context|outcome|json test)\n(.*?)^```$", re.M | re.S)
_EXPECTED = re.compile(r"// (error|warning|hint): \[([\w-]+)\]")
_CALL = re.compile(r"([\w.]+)\((.*)\) => (.*)")


@dataclass(frozen=True)
class Case:
    heading: str
    text: str
    outcome: str
    judged: str


def cases() -> Iterator[Case]:
    blocks = [(m[1], m[2], m.start()) for m in _BLOCK.finditer(TEXT)]
    for (kind, body, at), following in zip(blocks, [*blocks[1:], ("", "", 0)], strict=True):
        if kind == "nasl":
            heading = re.findall(r"^#+ (.*)$", TEXT[:at], re.M)[-1]
            outcome, judged = (following[1] if following[0] == word else "" for word in ("outcome", "json test"))
            yield Case(heading, body, outcome, judged)


CASES = list(cases())
CONTEXT = next(m[2] for m in _BLOCK.finditer(TEXT) if m[1] == "nasl context")


def checked(case: Case) -> lang.Checked:
    return check([Source("context.ts", CONTEXT, context=True), Source("doc.ts", case.text)])


@pytest.mark.parametrize("case", CASES, ids=[f"{case.heading}-{i}" for i, case in enumerate(CASES)])
def test_a_program_has_the_faults_it_names_and_no_others(case: Case) -> None:
    wanted = [
        (number, m[2])
        for number, line in enumerate(case.text.splitlines(), 1)
        for m in _EXPECTED.finditer(line)
    ]  # fmt: skip
    found = [
        (d.span.source.position(d.span.start).line, d.rule.name)
        for d in checked(case).diagnostics
        if d.is_error or (d.span.source.position(d.span.start).line, d.rule.name) in wanted
    ]
    assert sorted(found) == sorted(wanted)


RUN = [(case, line) for case in CASES for line in case.outcome.splitlines()]


@pytest.mark.parametrize(("case", "line"), RUN, ids=[line for _, line in RUN])
def test_an_outcome_is_what_comes_of_the_call(case: Case, line: str) -> None:
    found = _CALL.fullmatch(line)
    assert found, f"not a call: {line}"
    name, args, expected = found.groups()
    entry = name if "." in name else f"app.logics.{name}"
    outcome = execute(checked(case), [CallSpec(entry, json.loads(f"[{args}]"))])[0]
    if expected.startswith("error "):
        assert (outcome.error or "").removeprefix("nasl.error.") == expected.removeprefix("error ")
    else:
        assert outcome.status == "passed", outcome.message
        assert json.dumps(outcome.shown, ensure_ascii=False) == json.dumps(json.loads(expected), ensure_ascii=False)


JUDGED = [case for case in CASES if case.judged]


@pytest.mark.parametrize("case", JUDGED, ids=[case.heading for case in JUDGED])
def test_a_judged_program_passes(case: Case) -> None:
    record = {"id": "doc", "sublanguage": "page", "instruction": "-", "context": CONTEXT, **json.loads(case.judged)}
    verdict = judge(Task.from_json(record), case.text)
    assert verdict.status == "passed", ([t.difference for t in verdict.tests], verdict.diagnostics)


def test_every_decision_of_the_reference_has_its_line() -> None:
    told = re.findall(r"^\| (D\d+) \|", TEXT, re.M)
    assert told == [f"D{number}" for number in range(1, 52)]


def test_names_in_the_prose_exist() -> None:
    prose = _BLOCK.sub("", TEXT)
    library = lang.catalogue()
    for name in re.findall(r"\bnasl\.(?:util|ui|browser|auth|io|logging|processV2|oql)\.[a-zA-Z]\w+", prose):
        assert name in library or name == "nasl.auth.Role", name
    for name in re.findall(r"<(U[A-Z]\w+)", prose):
        assert name in components.components(), name
    codes = set(rules())
    assert set(re.findall(r"\bNF\d{3}\b", prose)) <= codes
    links = re.findall(r"\]\(#([\w-]+)\)", TEXT)
    anchors = {
        re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in re.findall(r"^#+ (.*)$", TEXT, re.M)
    }
    assert set(links) <= anchors


def test_files_in_the_prose_exist() -> None:
    for path in re.findall(r"`((?:src|tests|docs|benchmarks|recipes)/[\w./-]+)`", TEXT):
        assert (DOCS.parent / path).exists(), path
