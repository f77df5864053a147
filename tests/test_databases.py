"""The same on SQLite, PostgreSQL and MariaDB: every form of query and entity logic, errors, steps and verdicts.

The servers are started where their programs are installed (`make databases`); otherwise these tests are skipped.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import databases
import pytest
import querycorpus as corpus

import naslforge
from naslforge.judge import judge_many
from naslforge.lang import Checked, Source, check
from naslforge.records import Solution, Task
from naslforge.run import CallSpec, Limits, execute
from naslforge.run.servers import VARIABLE, NoDatabase, read_url, servers
from naslforge.synth import families

SUITES = Path(naslforge.__file__).parent / "evals" / "suites"
NAMESPACE = "app.dataSources.defaultDS.entities."
CONTEXT = Source("entities.ts", corpus.ENTITIES, context=True)
Told = dict[str, Any]


@pytest.fixture(scope="module", params=list(databases.SERVERS))
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    pytest.importorskip("psycopg")
    pytest.importorskip("pymysql")
    try:
        with databases.running(request.param) as found:
            yield found
    except FileNotFoundError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def server(url: str) -> Iterator[None]:
    """This process works with the server."""
    servers.use(url)
    yield
    servers.use(None)


def program(body: str, transactional: bool = False) -> Checked:
    doc = "/** @transactional */" if transactional else ""
    text = f"export namespace app.logics {{\n{doc}\nexport function f() {{\n{body}\n}}\n}}\n"
    return check([CONTEXT, Source("solution.ts", text.replace("E.", NAMESPACE))])


def query(text: str) -> Checked:
    return program(f"let rows;\nrows = {text};\nreturn rows;")


def told(checked: Checked, world: dict[str, Any]) -> Told:
    """All that a call shows of itself, as text that can be compared."""
    found = execute(checked, [CallSpec("app.logics.f")], world, Limits())[0]
    return {"status": found.status, "error": found.error, "message": found.message, "steps": found.steps,
            "shown": json.dumps(found.shown, ensure_ascii=False),
            "rows": json.dumps(found.database, ensure_ascii=False)}  # fmt: skip


def differences(programs: dict[str, Checked], world: dict[str, Any], url: str) -> list[tuple[str, Told, Told]]:
    """What SQLite says otherwise than the server; of equal answers nothing."""
    assert not (wrong := {name: [d.message for d in p.errors] for name, p in programs.items() if p.errors}), wrong
    expected = {name: told(checked, world) for name, checked in programs.items()}
    servers.use(url)
    try:
        given = {name: told(checked, world) for name, checked in programs.items()}
    finally:
        servers.use(None)
    return [
        (name, {k: v for k, v in expected[name].items() if given[name][k] != v},
         {k: v for k, v in given[name].items() if expected[name][k] != v})
        for name in programs if expected[name] != given[name]
    ]  # fmt: skip


@pytest.mark.parametrize("zone", corpus.ZONES)
def test_queries_give_the_same(url: str, zone: str) -> None:
    texts = corpus.queries() if zone == corpus.ZONES[0] else [q for q in corpus.queries() if "I.at" in q or "DATE" in q]
    assert len(texts) > 60
    assert differences({text: query(text) for text in texts}, {**corpus.WORLD, "timezone": zone}, url) == []


def test_writes_give_the_same(url: str) -> None:
    programs = {f"{body} {whole}": program(body, whole) for body, whole in corpus.writes()}
    assert differences(programs, corpus.WORLD, url) == []


def test_most_of_the_corpus_passes_and_faults_are_of_many_kinds() -> None:
    outcomes = [told(query(text), corpus.WORLD) for text in corpus.queries()]
    outcomes += [told(program(*each), corpus.WORLD) for each in corpus.writes()]
    assert sum(o["status"] == "passed" for o in outcomes) > 0.8 * len(outcomes)
    assert len({(o["error"], o["message"]) for o in outcomes}) >= 10


def test_a_long_query_ends_by_the_same_steps(url: str) -> None:
    joins = "".join(f".INNER_JOIN(E.ItemEntity, I{i} => ON(I{i}.id != I.id))" for i in range(6))
    checked = query(f"FROM(E.ItemEntity, I => $ {joins}.SELECT({{ n: COUNT() }}))")
    assert told(checked, corpus.WORLD)["status"] == "step_limit"
    assert differences({"join": checked}, corpus.WORLD, url) == []


def test_products_of_more_than_65_digits_are_a_fault_on_mariadb_alone(url: str) -> None:
    """The one known difference of results: MariaDB computes with 65 digits, the others with 4,000."""
    long_product = query("FROM(E.ItemEntity, I => $.WHERE(I.id == 8).SELECT(I.d * I.d))")
    found = differences({"product": long_product}, corpus.WORLD, url)
    assert [given["error"] for _, _, given in found] == (["nasl.error.SystemArithmeticError"] if "maria" in url else [])


def test_bad_rows_are_the_task_s_fault_everywhere(url: str) -> None:
    from naslforge.run.world import WorldError

    for rows in ({"Item": [{"id": 1}, {"id": 1}]}, {"Note": [{"short": "x"}]}):
        messages = set()
        for place in (None, url):
            servers.use(place)
            with pytest.raises(WorldError) as caught:
                told(query("FROM(E.ItemEntity, I => $)"), {"db": rows})
            messages.add(str(caught.value))
        servers.use(None)
        assert len(messages) == 1, messages


def test_programs_follow_each_other(server: None) -> None:
    """One connection serves program after program: nothing of the last one is left."""
    creating = program(corpus.WRITER.format("i.code = 'new';\nE.ItemEntity.create(i);"))
    counting = query("FROM(E.ItemEntity, I => $.SELECT({ n: COUNT() }))")
    seen = [told(each, corpus.WORLD)["shown"] for each in (counting, creating, counting, creating, counting)]
    assert seen[0] == seen[2] == seen[4] == f'[{{"n": {len(corpus.TEXTS)}}}]'


def test_verdicts_are_the_same_byte_for_byte(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = []
    for task in [t for t in families.generate(None, None, 11, 300) if "Entity" in t.meta["reference"]][:60]:
        reference = task.meta["reference"]
        pairs.append((task, Solution(task.id, reference)))
        pairs.append((task, Solution(task.id, reference.replace("'ASC'", "'DESC'").replace(" >= ", " > "))))
    suite = {task.id: task for task in Task.read(SUITES / "data.jsonl")}
    pairs += [(suite[s.task], s) for s in Solution.read(SUITES / "data.references.jsonl")]
    assert len(pairs) >= 150
    found = []
    for place in ("", url):
        monkeypatch.setenv(VARIABLE, place)
        verdicts = [{**verdict.to_json(), "milliseconds": 0} for verdict in judge_many(pairs, 1)]
        found.append([json.dumps(verdict, ensure_ascii=False, sort_keys=True) for verdict in verdicts])
    assert {json.loads(line)["status"] for line in found[0]} >= {"passed", "wrong_answer"}
    assert found[0] == found[1]


def test_a_url_that_cannot_be_used_is_explained() -> None:
    unknown = "postgresql://no.such.invalid/x"
    for text, word in (("nonsense", "no URL"), ("oracle://x", "postgresql:// or mariadb"), (unknown, "not known")):
        with pytest.raises(NoDatabase, match=word):
            read_url(text)
    assert read_url("sqlite://") is None
    assert os.environ.get(VARIABLE) is None
