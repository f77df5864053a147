"""Synthesis with feedback: rounds, fixes apart, resume after a kill, selection, and what a recipe may get wrong."""

import json
from collections import Counter

import pytest

from naslforge import synth
from naslforge.journal import InputError, read_jsonl
from naslforge.llm import Completion, messages_sha256
from naslforge.records import Attempt, Example, Pair, Solution, Task
from naslforge.synth.decontaminate import Evaluation, Leak, behaves_alike, text_units
from naslforge.synth.select import fault, mix_groups, pairs, select

SIGNATURE = "export function {name}(a: Long, b: Long): Long"
PROGRAM = (
    "export namespace app.logics {{\n  export function {name}(a: Long, b: Long): Long {{\n"
    "    let result: Long;\n    result = {expr};\n    return result;\n  }}\n}}"
)


def program(name, expr="a + b"):
    return PROGRAM.format(name=name, expr=expr)


def task(name, **changes):
    tests = [{"args": [i, i + 1], "expect": 2 * i + 1} for i in (0, 3, 9)]
    given = {
        "id": f"t/{name}", "sublanguage": "base", "instruction": f"返回 a 与 b 的和（{name}）。", "tests": tests,
        "entry": f"app.logics.{name}", "signature": SIGNATURE.format(name=name),
        "meta": {"difficulty": "easy", "source": "test", "license": "Apache-2.0"},
    }  # fmt: skip
    return Task.from_json(given | changes)


class Author:
    """Answers by task name and round; keeps how often each question was asked."""

    def __init__(self, name="author", fail=(), stop_after=None, **answers):
        self.name, self.answers, self.asked, self.fail = name, answers, Counter(), set(fail)
        self.left = stop_after

    def complete_many(self, requests, on_answer):
        for index, request in enumerate(requests):
            if self.left is not None:
                if self.left == 0:
                    raise KeyboardInterrupt
                self.left -= 1
            name = request.task.split("/")[1]
            self.asked[name, request.round] += 1
            if name in self.fail:
                on_answer(index, Completion("", self.name, error="status 500: oops (after 3 tries)"))
                continue
            tries = self.answers.get(name) or [program(name)]
            text = tries[min(request.round, len(tries)) - 1]
            on_answer(index, Completion(f"```ts\n{text}\n```", self.name, {"completion_tokens": 7}))


@pytest.fixture
def recipe(tmp_path):
    """Writes tasks and a recipe; gives the recipe's path."""

    def write(*tasks, **settings):
        Task.write(tmp_path / "tasks.jsonl", tasks)
        lines = ['tasks = ["tasks.jsonl"]', 'out = "run"', 'model = "recorded:none.jsonl"', "workers = 1"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
        (tmp_path / "recipe.toml").write_text("\n".join(lines))
        return tmp_path / "recipe.toml"

    return write


def attempts(folder):
    return [(a.task, a.round, a.verdict["status"]) for a in Attempt.read(folder / "attempts.jsonl")]


# --- rounds


def test_rounds_with_feedback_fixes_apart_and_a_second_model(recipe, tmp_path):
    habit = program("habit").replace("result = a + b;", "const c = a + b;\n    result = c;")
    author = Author(
        habit=[habit], slow=[program("slow", "a - b"), program("slow")], hard=["我不会。", "let", "let"],
        never=[program("never", "0")],
    )  # fmt: skip
    second = Author("thinker", never=[program("never", "1")])
    path = recipe(*map(task, ("right", "habit", "slow", "hard", "never")))
    report = synth.run(path, chat=author, second=second)
    one, two, three, reasoning = report["rounds"]
    assert (one["asked"], one["passed"], one["fixed"]) == (5, 1, 1)
    assert (two["asked"], two["passed"]) == (3, 1) and (three["asked"], three["passed"]) == (2, 0)
    assert (reasoning["asked"], reasoning["passed"]) == (2, 1)
    assert (report["passed"], report["dropped"]) == (4, {"not solved: wrong_answer": 1})
    assert report["usage"]["completion_tokens"] == 7 * (5 + 3 + 2 + 2)
    assert second.asked == {("hard", 4): 1, ("never", 4): 1}
    found = Attempt.read(tmp_path / "run/attempts.jsonl")
    assert [a.usage.get("fixed") for a in found if a.task == "t/habit"] == [None, 1]
    rows = synth.yield_rows(tmp_path / "run")
    assert [row["solved so far"] for row in rows] == [2, 3, 3, 4] and rows[-1]["yield"] == "80.0 %"


def test_examples_and_pairs_load_as_datasets_and_trl_want_them(recipe, tmp_path):
    synth.run(recipe(task("slow")), chat=Author(slow=[program("slow", "a - b"), program("slow")]))
    (example,) = Example.read(tmp_path / "run/examples.jsonl")
    assert [m["role"] for m in example.messages] == ["user", "assistant"]
    assert example.messages[1]["content"] == "let result: Long;\nresult = a + b;\nreturn result;"
    assert example.meta["task"] == "t/slow" and example.meta["license"] == "Apache-2.0"
    (pair,) = Pair.read(tmp_path / "run/pairs.jsonl")
    assert pair.prompt == example.messages[:1] and pair.chosen[0]["content"] == example.messages[1]["content"]
    assert "a - b" in pair.rejected[0]["content"] and pair.meta["rejected"] == "wrong_answer"
    datasets = pytest.importorskip("datasets")
    rows = datasets.load_dataset("json", data_files=str(tmp_path / "run/examples.jsonl"), split="train",
                                 cache_dir=str(tmp_path / "cache"))  # fmt: skip
    assert rows[0]["messages"] == example.messages


def test_manual_style_examples_carry_the_manual(recipe, tmp_path):
    synth.run(recipe(task("f"), style="manual"), chat=Author())
    (example,) = Example.read(tmp_path / "run/examples.jsonl")
    assert [m["role"] for m in example.messages] == ["system", "user", "assistant"]


# --- nothing is lost, nothing is paid twice


def test_a_killed_run_goes_on_and_asks_nothing_twice(recipe, tmp_path):
    path = recipe(*map(task, "abcdef"))
    with pytest.raises(KeyboardInterrupt):
        synth.run(path, chat=(killed := Author(stop_after=4)))
    report = synth.run(path, chat=(author := Author()))
    assert sum(killed.asked.values()) == 4 and sum(author.asked.values()) == 2
    assert report["passed"] == 6
    again = synth.run(path, chat=(idle := Author()))
    assert not idle.asked and again == report
    assert len(attempts(tmp_path / "run")) == 6


def test_a_kill_between_rounds_keeps_the_first_round(recipe):
    path = recipe(task("a"), task("b"))
    with pytest.raises(KeyboardInterrupt):
        synth.run(path, chat=Author(stop_after=2, a=["no"], b=["no"]))
    report = synth.run(path, chat=(author := Author()))
    assert author.asked == {("a", 2): 1, ("b", 2): 1} and report["rounds"][1]["passed"] == 2


def test_a_torn_line_is_cut_and_that_answer_asked_again(recipe, tmp_path):
    path = recipe(task("a"))
    synth.run(path, chat=Author())
    with open(tmp_path / "run/answers.jsonl", "a") as journal:
        journal.write('{"task": "t/b", "round": 1, "te')
    assert synth.run(path, chat=(author := Author()))["passed"] == 1 and not author.asked


def test_an_answer_is_stored_before_it_is_judged(recipe, tmp_path, monkeypatch):
    path = recipe(task("a"))
    monkeypatch.setattr("naslforge.synth.attempts.judge_many", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        synth.run(path, chat=Author())
    monkeypatch.undo()
    assert synth.run(path, chat=(author := Author()))["passed"] == 1 and not author.asked


def test_a_full_disk_ends_the_run_and_keeps_what_came(recipe, monkeypatch):
    path = recipe(*map(task, "abc"))
    from naslforge.journal import Journal

    real, stored = Journal.append, []

    def append(self, value):
        if self.path.name == "answers.jsonl":
            if len(stored) == 2:
                raise InputError("cannot be written: No space left on device", self.path)
            stored.append(value)
        real(self, value)

    monkeypatch.setattr(Journal, "append", append)
    with pytest.raises(InputError, match="No space left"):
        synth.run(path, chat=Author())
    monkeypatch.undo()
    assert synth.run(path, chat=(author := Author()))["passed"] == 3 and sum(author.asked.values()) == 1


def test_an_endpoint_that_fails_leaves_its_questions_pending(recipe, tmp_path):
    path = recipe(task("a"), task("b"))
    report = synth.run(path, chat=Author(fail=["b"]))
    assert report["rounds"][0]["errors"] == {"status 500: oops (after 3 tries)": 1}
    assert report["dropped"] == {"no answer": 1} and report["rounds"][1]["asked"] == 0
    (question,) = read_jsonl(tmp_path / "run/pending.jsonl", dict)
    assert (question["task"], question["round"]) == ("t/b", 1)
    assert question["messages_sha256"] == messages_sha256(question["messages"])
    assert synth.run(path, chat=Author())["passed"] == 2


def test_pending_questions_are_the_recordings_of_the_next_run(recipe, tmp_path):
    path = recipe(task("a"))
    (tmp_path / "none.jsonl").write_text("")
    assert synth.run(path)["passed"] == 0
    (question,) = read_jsonl(tmp_path / "run/pending.jsonl", dict)
    line = {k: question[k] for k in ("task", "round", "sample", "messages_sha256")}
    line |= {"model": "someone", "date": "2026-11-23", "text": program("a")}
    (tmp_path / "none.jsonl").write_text(json.dumps(line) + "\n")
    assert synth.run(path)["passed"] == 1


# --- bad input


def test_a_folder_with_another_run_is_refused(recipe):
    synth.run(recipe(task("a")), chat=Author())
    with pytest.raises(InputError, match="other temperature"):
        synth.run(recipe(task("a"), temperature=0.7), chat=Author())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tasks = [", "not a TOML file"),
        ('model = "recorded:x"', "missing key 'tasks'"),
        ('tasks = ["t"]\nmodel = "x"\nround = 1', "unknown key 'round'"),
        ('tasks = ["t"]\nmodel = 3', "model = 3 is no str"),
        ('tasks = [1]\nmodel = "x"', "tasks"),
        ('tasks = ["t"]\nmodel = "x"\nrounds = 0', "at least 1"),
        ('tasks = ["t"]\nmodel = "x"\nstyle = "long"', "not one of"),
    ],
)
def test_a_recipe_that_is_none_says_why(tmp_path, text, told):
    (tmp_path / "r.toml").write_text(text)
    with pytest.raises(InputError, match=r"r\.toml") as error:
        synth.run(tmp_path / "r.toml")
    assert told in str(error.value)


def test_humaneval_is_refused_as_training_input(recipe):
    with pytest.raises(InputError, match="evaluation only"):
        synth.run(recipe(task("a", meta={"source": "HumanEval"})), chat=Author())


def test_double_tasks_and_no_tasks_are_refused(recipe):
    with pytest.raises(InputError, match="twice"):
        synth.run(recipe(task("a"), task("a")), chat=Author())
    with pytest.raises(InputError, match="no tasks"):
        synth.run(recipe(), chat=Author())


# --- selection


def chosen(tasks, sources, **options):
    return select(tasks, [Solution(t.id, s) for t, s in zip(tasks, sources, strict=True)], **options)


def test_duplicates_up_to_local_names_and_layout_are_dropped():
    one = task("f")
    other = program("f").replace("result", "sum").replace("    let", "  // sum\n  let")
    selected = chosen([one, one, one], [program("f"), other, program("f", "b + a")])
    assert len(selected.examples) == 2 and selected.dropped == {"duplicate: same program up to names": 1}
    assert [e.id for e in selected.examples] == ["t/f#0", "t/f#1"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (program("f") + "\n// TODO", "unfinished"),
        (program("f").replace("result =", "nasl.util.consoleLog(a);\n    result ="), "logs"),
        (program("f") + "/*" + "x" * 9000 + "*/", "too long"),
    ],
)
def test_rules_keep_poor_examples_out(source, reason):
    assert reason in fault(task("f"), source)
    assert fault(task("f"), program("f")) is None


def test_a_program_that_answers_the_tests_is_kept_out():
    tests = [{"args": [text], "expect": 1} for text in ("北京市", "上海市", "广州市")]
    special = "if (a == '北京市' || a == \"上海市\") { return 1; }"
    assert "answers the tests" in fault(task("f", tests=tests), special)
    assert fault(task("f", tests=tests, instruction="北京市、上海市返回 1。"), special) is None


LONG = "根据部门和入职日期范围查询在职员工的姓名与工号并按照入职日期从早到晚排列返回第一页"


def other_tests(n):
    return [{"args": [n, i], "expect": i} for i in range(3)]


def test_evaluation_tasks_are_kept_out_by_words_tests_and_program():
    measured = task("m", instruction=LONG, meta={"reference": program("f", "a * b")})
    guard = Evaluation([measured])
    near = task("f", instruction=LONG.replace("第一页", "前 10 条。"), tests=other_tests(5))
    assert guard.leak(near, program("f")) == Leak("instruction", "t/m")
    assert guard.leak(task("g"), program("g")) == Leak("tests", "t/m")
    fresh = task("f", tests=other_tests(6))
    assert guard.leak(fresh, program("f", "a * b").replace("result", "r")) == Leak("program", "t/m")
    assert guard.leak(fresh, program("f", "a - b")) is None


def test_of_held_out_tasks_only_copies_are_kept_away() -> None:
    reworded = LONG.replace("在职", "现有").replace("返回", "给出").replace("姓名与", "名字和").replace("范围", "区间")
    asked = task("m", instruction=LONG, tests=other_tests(8))
    near, copy = (task("f", instruction=text, tests=other_tests(9)) for text in (reworded, LONG))
    strict, quoted = Evaluation([asked]), Evaluation([asked], reworded=False)
    assert strict.leak(near, program("f")) == strict.leak(copy, program("f")) == Leak("instruction", "t/m")
    assert quoted.leak(near, program("f")) is None
    assert quoted.leak(copy, program("f")) == Leak("instruction", "t/m")
    assert chosen([near], [program("f")], held_out=[asked]).examples
    assert not chosen([copy], [program("f")], held_out=[asked]).examples


def test_a_request_of_a_few_words_is_no_set_phrase() -> None:
    guard = Evaluation(
        [task("m", instruction="最近一单", instruction_en="The number of the latest order.", tests=other_tests(8))]
    )
    for asked, same in (
        ("The number of the items in an order.", False),
        ("Give the number of the latest order.", True),
    ):
        fresh = task("f", instruction="别的", instruction_en=asked, tests=other_tests(9))
        assert bool(guard.leak(fresh, program("f"))) is same


def test_a_program_with_other_names_throughout_is_the_same_program():
    reference = """
    export namespace app.logics {
      export function total(prices: List<Decimal>, rate: Decimal): Decimal {
        let sum: Decimal = 0;
        for (const price of nasl.util.ListFilter(prices, (p) => p > 0)) {
          sum = sum + price * rate;
        }
        if (sum > 1000) {
          sum = sum - 50;
        }
        return sum;
      }
    }
    """
    guard = Evaluation([task("m", instruction=LONG, meta={"reference": reference})])
    other = reference.replace("total", "weigh").replace("prices", "boxes").replace("price", "box").replace("sum", "kg")
    fresh = task("f", instruction="称重。", tests=other_tests(8))
    assert guard.leak(fresh, other) == Leak("program up to names", "t/m")
    assert guard.leak(fresh, other.replace("> 1000", ">= 1000")) is None


def test_an_answer_that_behaves_like_a_measured_task_is_found():
    measured = task("m", tests=[{"args": [a, b], "expect": a + b} for a, b in ((1, 2), (0, 0), (-4, 9))])
    alike = task("plus", signature="export function plus(x: Long, y: Long): Long", entry="app.logics.plus")
    sources = ["return x - -y;", "return x - y;"]
    answers = [(alike, f"export namespace app.logics {{ {alike.signature} {{ {code} }} }}") for code in sources]
    assert behaves_alike(answers, [measured]) == {0: Leak("behaviour", "t/m")}


def test_set_phrases_alone_are_no_leak():
    guard = Evaluation(
        [task("m", instruction="请编写一个逻辑，查询所有状态为已通过的请假申请，并按开始日期升序排列返回。")]
    )
    other = task(
        "f",
        instruction="请编写一个逻辑，查询所有金额大于一千的采购订单，并按下单日期降序排列返回。",
        tests=other_tests(7),
    )
    assert guard.leak(other, program("f")) is None


def test_text_units_ignore_layout_and_width():
    assert text_units("ＡＢ，返回 x_1！") == text_units("ab 返回x 1")


def test_a_mix_fills_the_shares_it_can(recipe):
    tasks = [task(f"e{i}") for i in range(12)]
    tasks += [task(f"h{i}", meta={"difficulty": "hard"}) for i in range(4)]
    tasks += [task(f"q{i}", sublanguage="query") for i in range(6)]
    kept = [(t, Solution(t.id, "")) for t in tasks]
    mixed = mix_groups(kept, {"hard": 0.5, "base/easy": 0.25}, None, seed=1)
    names = Counter(t.id[2] for t, _ in mixed)
    assert names == {"h": 4, "e": 2, "q": 2}
    assert mixed == mix_groups(kept[::-1], {"hard": 0.5, "base/easy": 0.25}, None, seed=1)
    assert mixed != mix_groups(kept, {"hard": 0.5, "base/easy": 0.25}, None, seed=2)
    assert len(mix_groups(kept, None, 7, seed=0)) == 7


def test_pairs_need_a_passed_and_a_failed_attempt():
    def attempt(status, source):
        verdict = {"task": "t/f", "sample": 0, "status": status, "diagnostics": [], "tests": []}
        return Attempt("t/f", 1, "m", [], source, verdict)

    good, bad = attempt("passed", program("f")), attempt("type_error", program("f", "x"))
    assert len(pairs(task("f"), [bad, good, bad])) == 1
    assert pairs(task("f"), [bad]) == pairs(task("f"), [good]) == []
    assert pairs(task("f"), [good, attempt("sandbox_error", "x")]) == []


def test_answers_that_weak_tests_let_pass_are_left_out_on_request():
    weak = task("w", tests=[{"args": [0, 0], "expect": 0}, {"args": [2, 2], "expect": 4}])
    strong = task(
        "s", instruction="求两个整数相加的结果", tests=[{"args": [i, 7 - 2 * i], "expect": 7 - i} for i in range(4)]
    )
    both = [weak, strong], [program("w", "a * b"), program("s", "a + b")]
    assert len(chosen(*both).examples) == 2
    found = chosen(*both, strength=0.9)
    assert [example.meta["task"] for example in found.examples] == ["t/s"]
    assert found.dropped == {"tests: notice too few faults of the answer": 1}


def test_a_recipe_may_ask_for_strength_and_for_traces(tmp_path):
    file = tmp_path / "recipe.toml"
    file.write_text('tasks = ["t.jsonl"]\nmodel = "recorded:x.jsonl"\nstrength = 0.9\ntrace = true\n')
    found = synth.Recipe.read(file)
    assert (found.strength, found.trace) == (0.9, True)
    for text, word in (("strength = 2", "share"), ('trace = "yes"', "no bool"), ("strength = true", "no float")):
        file.write_text(f'tasks = ["t.jsonl"]\nmodel = "recorded:x.jsonl"\n{text}\n')
        with pytest.raises(InputError, match=word):
            synth.Recipe.read(file)
