"""The command line: what is printed, exit codes 0 to 3, and no traceback for a mistake of the user's."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from naslforge import cli
from naslforge.records import Attempt, Solution, Task

GOOD = """export namespace app.logics {
  export function add(a: Long, b: Long): Long {
    let result: Long;
    result = a + b;
    return result;
  }
}
"""
HABIT = GOOD.replace("==", "===").replace("result = a + b;", "result = a;\n    result += b;")
WRONG = GOOD.replace("result = a + b", "result = a + c")
PROJECT = """export namespace app.dataSources.defaultDS.entities {
  @Entity({})
  export class Leave {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    status: String;
    days: Decimal;
  }
}
"""
APPROVE = """export namespace app.logics {
  export function approve(id: Long, days: Decimal): Decimal {
    let leave: app.dataSources.defaultDS.entities.Leave;
    leave = app.dataSources.defaultDS.entities.LeaveEntity.get(id);
    leave.days = leave.days + days;
    app.dataSources.defaultDS.entities.LeaveEntity.update(leave);
    nasl.logging.INFO('approved');
    return leave.days;
  }
}
"""


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Runs a command line in an empty folder; gives exit code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def command(*words, stdin=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as end:
            code = end.code
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return command


def write(name, text):
    Path(name).write_text(text, encoding="utf-8")
    return name


def add_task(id="t/add"):
    tests = [{"args": [i, 1], "expect": i + 1} for i in range(3)]
    return Task.from_json(
        {"id": id, "sublanguage": "base", "instruction": "返回 a 与 b 的和。", "entry": "app.logics.add",
         "signature": "export function add(a: Long, b: Long): Long", "tests": tests}
    )  # fmt: skip


# --- check and format


def test_check_of_a_right_program(run):
    assert run("check", write("a.ts", GOOD)) == (0, "", "no problems\n")


def test_check_shows_place_and_words_in_both_languages(run):
    code, out, _ = run("check", write("a.ts", WRONG))
    assert code == 1 and "a.ts:4:18" in out and "^" in out and "没有声明" in out


def test_check_as_json_lines(run):
    code, out, _ = run("check", write("a.ts", WRONG), "--json")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 1 and found[0]["code"].startswith("NF") and found[0]["span"]["start"] == {"line": 4, "column": 18}


def test_check_fix_applies_safe_fixes(run):
    code, _, err = run("check", write("a.ts", HABIT), "--fix")
    assert code == 0 and "1 safe fixes applied" in err
    assert "result = result + b;" in Path("a.ts").read_text()


def test_check_fix_of_standard_input_goes_to_standard_output(run):
    code, out, _ = run("check", "-", "--fix", stdin=HABIT)
    assert code == 0 and "result = result + b;" in out


def test_check_reads_a_program_over_files_and_context(run):
    write("project.ts", PROJECT)
    assert run("check", write("a.ts", APPROVE))[0] == 1
    assert run("check", "a.ts", "--context", "project.ts")[0] == 0
    assert run("check", "a.ts", "project.ts")[0] == 0


def test_format_writes_and_checks(run):
    write("a.ts", GOOD.replace("\n    ", "\n"))
    code, out, _ = run("format", "a.ts", "--check")
    assert code == 1 and out == "would change: a.ts\n"
    assert run("format", "a.ts")[0] == 0 and Path("a.ts").read_text() == GOOD
    assert run("format", "a.ts", "--check") == (0, "", "")
    assert json.loads(run("format", "a.ts", "--json")[1]) == {"file": "a.ts", "changed": False}


def test_format_leaves_a_broken_file_alone(run):
    write("a.ts", "export namespace {")
    code, _, err = run("format", "a.ts")
    assert code == 1 and "error" in err and Path("a.ts").read_text() == "export namespace {"


def test_format_of_standard_input(run):
    assert run("format", "-", stdin=GOOD.replace("    ", "  "))[1] == GOOD


# --- run


def test_run_prints_result_logs_and_database_changes(run):
    world = write("world.json", json.dumps({"db": {"Leave": [{"id": 1, "status": "new", "days": 1.5}]}}))
    words = ["run", write("a.ts", APPROVE), "--entry", "app.logics.approve", "--context", write("p.ts", PROJECT),
             "--world", world, "--args"]  # fmt: skip
    code, out, _ = run(*words, "[1, 2]")
    assert code == 0 and "result: 3.5" in out and "log INFO: approved" in out and 'updated Leave: {"id": 1' in out
    code, out, _ = run(*words, "[1, 2]", "--json")
    told = json.loads(out)
    assert told["result"] == 3.5 and told["changes"]["Leave"]["updated"][0]["days"] == 3.5
    code, _, err = run(*words, "[7, 2]")
    assert code == 1 and "runtime_error (line 4)" in err


@pytest.mark.parametrize(
    ("entry", "args", "told"),
    [
        ("app.logics.ad", "[1, 2]", "app.logics.add is close"),
        ("app.logics.add", "[1]", "called with 1 arguments"),
        ("app.logics.add", '["x", 1]', "no Long"),
        ("app.logics.add", "[1", "broken JSON"),
        ("app.logics.add", "{}", "JSON list"),
    ],
)
def test_run_names_what_the_caller_got_wrong(run, entry, args, told):
    code, _, err = run("run", write("a.ts", GOOD), "--entry", entry, "--args", args)
    assert code == 2 and told in err


# --- judge and prompt


def test_judge_gives_a_verdict_a_line_in_order(run):
    Task.write("tasks.jsonl", [add_task(), add_task("t/other")])
    sources = [GOOD, WRONG, GOOD.replace("a + b", "a - b"), ""]
    Solution.write("solutions.jsonl", [Solution(f"t/{'other' if i % 2 else 'add'}", s) for i, s in enumerate(sources)])
    code, out, err = run("judge", "tasks.jsonl", "solutions.jsonl", "--workers", "1")
    verdicts = [json.loads(line) for line in out.splitlines()]
    assert code == 1 and [v["task"] for v in verdicts] == ["t/add", "t/other"] * 2
    assert [v["status"] for v in verdicts] == ["passed", "type_error", "wrong_answer", "missing_entry"]
    assert "25.0 %" in err
    code, out, _ = run("judge", "tasks.jsonl", "-", "-o", "v.jsonl", stdin=Path("solutions.jsonl").read_text())
    assert out == "" and len(Path("v.jsonl").read_text().splitlines()) == 4


def test_judge_names_broken_lines_and_goes_on(run):
    Task.write("tasks.jsonl", [add_task()])
    line = json.dumps(Solution("t/add", GOOD).to_json())
    write("s.jsonl", f'{line}\n{{"task": \n{{"task": "t/add"}}\n')
    code, out, err = run("judge", "tasks.jsonl", "s.jsonl", "--workers", "1")
    assert code == 2 and len(out.splitlines()) == 1
    assert "s.jsonl:2: broken JSON" in err and "s.jsonl:3: missing key 'source'" in err


def test_judge_names_an_unknown_task_and_a_missing_engine(run, monkeypatch):
    Task.write("tasks.jsonl", [add_task()])
    Solution.write("s.jsonl", [Solution("t/x", GOOD)])
    assert "no task is called 't/x'" in run("judge", "tasks.jsonl", "s.jsonl")[2]
    Solution.write("s.jsonl", [Solution("t/add", GOOD)])
    monkeypatch.setitem(sys.modules, "ray", None)
    code, _, err = run("judge", "tasks.jsonl", "s.jsonl", "--engine", "ray")
    assert code == 2 and "naslforge[ray]" in err


def test_judge_on_ray_gives_the_same_verdicts(run, monkeypatch):
    """With a stand-in for Ray: chunks go out as tasks, verdicts come back in order, the cluster is let go."""
    calls = []

    class Ray:
        init = staticmethod(lambda **settings: calls.append("init"))
        shutdown = staticmethod(lambda: calls.append("shutdown"))
        get = staticmethod(lambda answer: json.loads(answer))
        cluster_resources = staticmethod(lambda: {"CPU": 1.0})

        @staticmethod
        def remote(**_):
            def task(function):
                return type("Task", (), {"remote": staticmethod(lambda chunk: json.dumps(function(chunk)))})

            return task

    Task.write("tasks.jsonl", [add_task()])
    Solution.write("s.jsonl", [Solution("t/add", s) for s in (GOOD, WRONG, GOOD)])
    monkeypatch.setitem(sys.modules, "ray", Ray)
    monkeypatch.setattr("naslforge.commands.ray_engine.CHUNK", 2)
    out = run("judge", "tasks.jsonl", "s.jsonl", "--workers", "1", "--engine", "ray")[1]
    assert [json.loads(line)["status"] for line in out.splitlines()] == ["passed", "type_error", "passed"]
    assert calls == ["init", "shutdown"]


def test_prompt_shows_the_messages_of_a_first_draft(run):
    Task.write("tasks.jsonl", [add_task(), add_task("t/b")])
    code, out, _ = run("prompt", "tasks.jsonl", "--task", "t/add")
    assert code == 0 and out.startswith("[system]\n") and "[user]\n返回 a 与 b 的和。" in out
    code, out, _ = run("prompt", "tasks.jsonl", "--json")
    asked = [json.loads(line) for line in out.splitlines()]
    assert [(a["task"], a["round"]) for a in asked] == [("t/add", 1), ("t/b", 1)]
    assert "no task is called" in run("prompt", "tasks.jsonl", "--task", "t/c")[2]


def test_prompt_shows_the_next_round(run):
    Task.write("tasks.jsonl", [add_task(), add_task("t/b")])
    verdict = {"task": "t/add", "sample": 0, "status": "missing_entry", "diagnostics": [], "tests": []}
    passed = {**verdict, "task": "t/b", "status": "passed"}
    Attempt.write("a.jsonl", [Attempt("t/add", 1, "m", [], GOOD, verdict), Attempt("t/b", 1, "m", [], GOOD, passed)])
    out = run("prompt", "tasks.jsonl", "--attempts", "a.jsonl", "--json")[1]
    (asked,) = [json.loads(line) for line in out.splitlines()]
    assert (asked["task"], asked["round"], len(asked["messages"])) == ("t/add", 2, 4)
    assert "there is no next round" in run("prompt", "tasks.jsonl", "--attempts", "a.jsonl", "--task", "t/b")[2]


# --- tables of the language


def test_manual_rules_and_stdlib(run):
    assert run("manual", "--for", "query")[1].startswith("# NASL")
    assert "sublanguage 'x'" in run("manual", "--for", "x")[2]
    assert "NF200" in run("rules")[1]
    assert json.loads(run("rules", "nf200", "--json")[1])["code"] == "NF200"
    assert run("rules", "NF000")[0] == 2
    assert "Get<T>(list: List<T>, index: Long): T" in run("stdlib", "nasl.util.Get")[1]
    assert {json.loads(line)["name"] for line in run("stdlib", "split", "--json")[1].splitlines()} == {
        "nasl.util.Split"
    }
    assert run("stdlib", "Nope")[0] == 2
    assert "nasl.util.IndexOf" in run("stdlib", "nasl.util.IndxOf")[2]
    assert "page logics only" in run("stdlib", "nasl.browser.go")[1]
    assert "邮箱" in run("stdlib", "nasl.validation.email")[1]
    assert {line.split(".")[1] for line in run("stdlib", "nasl.auth")[1].splitlines()[1:]} == {"auth"}
    assert len(run("stdlib")[1].splitlines()) > 200


def test_a_trace_tells_every_statement_and_changes_nothing(run):
    text = """export namespace app.logics {
  export function total(xs: List<Long>, least: Long): Long {
    let result: Long = 0;
    for (const [i, x] of ListEntries(xs)) {
      if (x >= least) {
        result = result + x;
      }
    }
    return result;
  }
}
"""
    words = ("run", write("a.ts", text), "--entry", "app.logics.total", "--args", "[[1, 5], 3]")
    code, out, _ = run(*words, "--trace")
    told = [" ".join(line.split()) for line in out.splitlines()]
    assert code == 0 and told[-1] == "result: 5"
    assert "a.ts:4 for (const [i, x] of ListEntries(xs)) { x = 5" in told
    assert "a.ts:5 if (x >= least) { false" in told and "a.ts:6 result = result + x; result = 5" in told
    plain, traced = (json.loads(run(*words, "--json", *more)[1]) for more in ((), ("--trace",)))
    assert "trace" not in plain and [event["line"] for event in traced["trace"]] == [3, 4, 5, 4, 5, 6, 9]
    assert all(traced[key] == plain[key] for key in plain if not key.endswith("milliseconds"))


# --- data and models


def test_collect_writes_tasks_and_tells_what_it_dropped(run):
    write("own.jsonl", json.dumps(add_task().to_json()) + "\n{broken\n")
    code, out, _ = run("collect", "jsonl", "own.jsonl", "-o", "tasks.jsonl", "--workers", "1")
    assert code == 0 and "1 tasks in tasks.jsonl" in out and "dropped 1" in out
    assert Task.read("tasks.jsonl")[0].id
    code, _, err = run("collect", "nothing", "own.jsonl", "-o", "x.jsonl")
    assert code == 2 and "unknown source" in err and not Path("x.jsonl").exists()


def test_collect_words_tasks_with_a_model_and_asks_again_only_for_what_is_missing(run):
    tasks = [add_task("own/1"), add_task("own/2")]
    write("own.jsonl", "".join(json.dumps(task.to_json()) + "\n" for task in tasks))
    said = {"instruction": "求 `a` 与 `b` 之和。", "clarity": 5, "relevance": 3, "difficulty": "easy"}
    line = {"messages_sha256": "", "model": "m1", "text": json.dumps(said)}
    words = ("collect", "jsonl", "own.jsonl", "-o", "t.jsonl", "--workers", "1", "--model", "recorded:said.jsonl")
    write("said.jsonl", json.dumps({**line, "task": "own/1"}) + "\n")
    code, out, _ = run(*words)
    assert code == 1 and "1 tasks in t.jsonl" in out and "dropped 1: no answer, e.g. own/2" in out
    write("said.jsonl", json.dumps({**line, "task": "own/2"}) + "\n")
    code, out, _ = run(*words)
    assert code == 0 and "2 tasks in t.jsonl" in out
    assert [t.instruction for t in Task.read("t.jsonl")] == ["求 `a` 与 `b` 之和。"] * 2
    assert [t.meta["scores"]["by"] for t in Task.read("t.jsonl")] == ["m1"] * 2
    code, out, _ = run(*words, "--least-relevance", "4")
    assert code == 0 and "0 tasks" in out and "relevance below 4" in out


def test_synth_runs_a_recipe(run):
    add, tests = add_task().to_json(), [{"args": [a, b], "expect": a + b + 7} for a, b in ((1, 2), (0, 0), (-9, 4))]
    own = Task.from_json({**add, "id": "t/own", "instruction": "求 `a` 与 `b` 之和再加七。", "tests": tests})
    Task.write("tasks.jsonl", [add_task(), own])
    texts = {"t/add": GOOD, "t/own": GOOD.replace("a + b", "a + b + 7")}
    answers = ({"task": task, "messages_sha256": "0", "text": text} for task, text in texts.items())
    write("answers.jsonl", "".join(json.dumps(answer) + "\n" for answer in answers))
    write("r.toml", 'tasks = ["tasks.jsonl"]\nmodel = "recorded:answers.jsonl"\nworkers = 1\n')
    code, out, _ = run("synth", "r.toml", "--out", "run")
    assert code == 0 and "100.0 %" in out and "1 examples and 0 pairs in run" in out
    assert "1 dropped: evaluation: same behaviour" in out  # HumanEval asks for a sum too
    assert json.loads(run("synth", "r.toml", "--out", "run", "--json")[1])["passed"] == 2


def test_eval_of_the_references_is_full_marks_and_reports(run):
    test = add_task()
    Task.write("suite.jsonl", [Task.from_json({**test.to_json(), "meta": {"reference": GOOD}})])
    words = ["eval", "--suite", "suite.jsonl", "--model", "reference:", "--samples", "1", "-o", "run", "--workers", "1"]
    code, out, _ = run(*words)
    assert code == 0 and "passed 1" in out
    assert json.loads(run("eval", "--rejudge", "run", "--json", "--workers", "1")[1])["statuses"] == {"passed": 1}
    assert run("report", "run", "-o", "page.html")[0] == 0 and "<html" in Path("page.html").read_text()
    assert "--model, --out missing" in run("eval", "--suite", "suite.jsonl")[2]


# --- mistakes


@pytest.mark.parametrize(
    "words",
    [
        ["check", "none.ts"],
        ["check", "."],
        ["format", "none.ts"],
        ["run", "none.ts", "--entry", "f"],
        ["judge", "none.jsonl", "none.jsonl"],
        ["prompt", "none.jsonl"],
        ["synth", "none.toml"],
        ["train", "sft", "none.toml"],
        ["eval", "--suite", "nope", "--model", "reference:", "-o", "r"],
        ["eval", "--rejudge", "nope"],
        ["report", "nope", "-o", "x.html"],
        ["collect", "mbpp", "none", "-o", "x"],
        [],
        ["dance"],
        ["check"],
    ],
)
def test_a_users_mistake_is_exit_code_2_with_a_message(run, words):
    code, _, err = run(*words)
    assert code == 2 and err.strip()


def test_text_that_is_not_utf8_is_named(run):
    Path("a.ts").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in run("check", "a.ts")[2]


def test_our_own_failure_is_exit_code_3_in_a_line(run, monkeypatch):
    monkeypatch.setattr("naslforge.lang.check", lambda _: 1 / 0)
    code, _, err = run("check", write("a.ts", GOOD))
    assert (
        code == 3
        and err == "naslforge check: our own failure: ZeroDivisionError: division by zero (--debug shows where)\n"
    )
    with pytest.raises(ZeroDivisionError):
        run("check", "a.ts", "--debug")


def test_an_interrupt_is_told_and_is_130(run, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("naslforge.lang.check", interrupted)
    assert run("check", write("a.ts", GOOD))[0] == 130


def test_a_reader_who_leaves_is_no_failure():
    command = f"{sys.executable} -m naslforge stdlib | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, env=os.environ)
    assert done.stderr == "" and done.stdout.count("\n") == 1


@pytest.mark.parametrize("verb", ["check", "manual"])
def test_a_light_verb_loads_nothing_heavy(verb, tmp_path):
    (tmp_path / "a.ts").write_text(GOOD)
    words = [verb, str(tmp_path / "a.ts")] if verb == "check" else [verb]
    code = f"import sys; from naslforge.cli import main; main({words!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"torch", "httpx", "sqlalchemy", "rich", "transformers"} & set(loaded)
