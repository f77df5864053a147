"""One job of the worker: check a program, run it against the tests of a task, and say in JSON what came of it."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from naslforge.lang import Diagnostic, Parsed, Report, Source, Span, check_parsed, parse, rules
from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.lang.components import components
from naslforge.lang.scope import nearest
from naslforge.run.channel import AGAIN, KEEP, RETIRE
from naslforge.run.compare import Comparison
from naslforge.run.execute import LIMIT_RULES, UNDECLARED, Execution, Outcome, diagnostic
from naslforge.run.given import Given, changed_signature, given_context
from naslforge.run.limits import LimitReached, Limits
from naslforge.run.memory import OUT_OF_MEMORY
from naslforge.run.observe import observe
from naslforge.run.once import run_once
from naslforge.run.reading import check_program, format_program, status_of
from naslforge.run.services import typed_args
from naslforge.run.services import unlike as unlike_json
from naslforge.run.timing import processor_time
from naslforge.run.user import UserFault
from naslforge.run.visit import StepError, unlike, visit
from naslforge.run.wire import Reader, WireError, Writer
from naslforge.run.world import WorldError

SOLUTION = "solution.ts"
LIMITS = tuple(LIMIT_RULES)
OTHERS = {"run": run_once, "observe": observe, "check": check_program, "format": format_program}


class BadTask(Exception):
    """The task itself is wrong."""


class Unfit(Exception):
    """The tests cannot call the logic as its author declared it."""


def handle(job: dict[str, Any]) -> dict[str, Any]:
    """Do one job: one of OTHERS by its `kind`, or `judge`."""
    if job.get("kind") in OTHERS:
        return OTHERS[job["kind"]](job)
    try:
        return Trial(job).verdict()
    except BadTask as fault:
        return _verdict("bad_task", [_bare(rules()["NF910"], message=str(fault))])


def warm_up() -> None:
    """Run a small task that uses a little of everything, so that nothing is loaded later."""
    components()
    handle(WARM)


class Trial:
    """A task and a source on their way to a verdict."""

    def __init__(self, job: dict[str, Any]):
        self.job = job
        self.entry: str = job["entry"]
        self.signature: str | None = job.get("signature")
        self.limits = Limits.from_json(job.get("limits", {}))
        self.source = Source(SOLUTION, job["source"])
        self.view: n.View | None = None  # where the entry is a page

    def verdict(self) -> dict[str, Any]:
        given = given_context(self.job.get("context") or "", self.entry, self.signature)
        if given.fault:
            raise BadTask(given.fault)
        if not self.job["tests"]:
            raise BadTask("it has no tests")
        try:
            with processor_time(self.limits.seconds):
                own = parse([self.source])
                both = Parsed((*given.parsed.units, *own.units), own.diagnostics)
                self.checked = check_parsed(both)
        except RecursionError:
            return _verdict("syntax_error", [_at(self.source, rules()["NF909"])])
        except LimitReached as reached:
            told = _at(self.source, rules()[LIMIT_RULES[reached.kind]], message=reached.message)
            return _verdict(reached.kind, [told]) | {"fate": RETIRE}
        found = [d.to_json() for d in self.checked.diagnostics if d.span.source is self.source or d.is_error]
        if self.checked.errors:
            return _verdict(status_of(self.checked), found)
        missing = self._entry_fault(given)
        if missing is not None:
            return _verdict("missing_entry", [*found, missing.to_json()])
        try:
            with processor_time(self.limits.seconds):
                execution = Execution(self.checked, self.limits)
            if execution.program.code is None:
                raise RecursionError
        except LimitReached as reached:
            told = {"message": reached.message}
            return _verdict("time_limit", [*found, _at(self.source, rules()["NF903"], **told)]) | {"fate": RETIRE}
        except MemoryError:
            told = {"message": OUT_OF_MEMORY, "message_zh": OUT_OF_MEMORY}
            return _verdict("memory_limit", [*found, _at(self.source, rules()["NF902"], **told)]) | {"fate": AGAIN}
        except (RecursionError, SyntaxError):
            return _verdict("syntax_error", [*found, _at(self.source, rules()["NF909"])])
        try:
            return self._run(execution, found)
        except Unfit as misfit:
            rule, span = rules()["NF912"], self.function.name.span
            return _verdict("missing_entry", [*found, diagnostic(rule.code, span, message=str(misfit)).to_json()])

    # --- the entry

    def _entry_fault(self, given: Given) -> Diagnostic | None:
        declared = self.checked.symbols.by_name.get(self.entry)
        node = declared.node if declared is not None else None
        report = Report()
        if isinstance(node, n.View):
            self.view = node
            return None
        if not isinstance(node, n.Function) or node.body is None:
            own = [d.name for d in self.checked.symbols.logics() if d.node.span.source is self.source]
            near = nearest(self.entry, own)
            facts: dict[str, Any] = {
                "near": f"; `{near}` is close" if near else "",
                "near_zh": f"；相近的有 `{near}`" if near else "",
            }
            report.add(rules()["NF907"], Span(self.source, 0, 0), entry=self.entry, **facts)
            return report.found[0]
        self.function = node
        if given.fixed is None or given.checked is None:
            return None
        changed = changed_signature(given.checked, given.fixed, self.checked, node)
        if changed is None:
            return None
        span = node.name.span
        report.add(rules()["NF908"], span, what=changed[0], what_zh=changed[1], signature=self.signature)
        return report.found[0]

    # --- the tests

    def _run(self, execution: Execution, found: list[dict[str, Any]]) -> dict[str, Any]:
        tests, steps, status, fate = [], 0, "passed", KEEP
        for test in self.job["tests"]:
            outcome, told = self._test(execution, test)
            steps += outcome.steps
            tests.append(told)
            if told["status"] != "passed" and status == "passed":
                status = told["status"]
                if outcome.diagnostic is not None:
                    found = [*found, outcome.diagnostic.to_json()]
            if told["status"] in LIMITS:
                fate = _fate(outcome)
                break
        return _verdict(status, found, tests, steps) | {"fate": fate}

    def _test(self, execution: Execution, test: dict[str, Any]) -> tuple[Outcome, dict[str, Any]]:
        world = self.job.get("world") or {}
        try:
            with execution.world(world, test.get("world")) as runtime:
                reader = Reader(execution.shapes, runtime.zone)
                expected, browser = self._expected(reader, test), None
                if self.view is not None:
                    outcome, browser = visit(execution, self.entry, test.get("steps") or [])
                else:
                    outcome = execution.call(self.entry, self._args(reader, test))
                told = {"status": outcome.status, "args": test.get("args"), "expected": _wanted(test)}
                told |= {"actual": outcome.shown, "difference": None}
                compare = Comparison(_tolerance(test), runtime.zone)
                self._decide(told, outcome, test, expected, compare, execution)
                if told["status"] == "passed" and browser is not None and test.get("expect_ui") is not None:
                    told["difference"] = unlike(browser, test["expect_ui"], compare)
                    told["status"] = "wrong_state" if told["difference"] else "passed"
                return outcome, told
        except UserFault as fault:
            told = {"status": "wrong_state", "args": None, "expected": _wanted(test), "actual": None}
            return Outcome("passed"), told | {"difference": str(fault)}
        except (WorldError, StepError) as fault:
            raise BadTask(str(fault)) from fault
        except LimitReached as reached:
            raise BadTask(f"the test's world, arguments or expectation pass a limit: {reached.message}") from reached

    def _args(self, reader: Reader, test: dict[str, Any]) -> list[Any]:
        """The arguments of a test as values. Where the author chose the signature, a misfit is the author's."""
        args = test.get("args") or []
        params = self.function.params
        needed = sum(p.default is None for p in params)
        fault = Unfit if self.signature is None else BadTask
        if not needed <= len(args) <= len(params):
            raise fault(f"a test has {len(args)} arguments, the logic takes {len(params)}")
        try:
            return [reader.read(arg, self.checked.names[p], p.name.name) for arg, p in zip(args, params, strict=False)]
        except WireError as error:
            raise fault(f"an argument cannot be read: {error}") from error

    def _expected(self, reader: Reader, test: dict[str, Any]) -> Any:
        """The expected result as a value of the declared type; as it is where only the author chose the type."""
        if test.get("expect") is None:
            return None
        type_ = t.ANY if self.view is not None else self.checked.results.get(self.function, t.ANY)
        try:
            return reader.read(test["expect"], type_, "expect")
        except WireError as fault:
            if self.signature is not None:
                raise BadTask(f"an expected result cannot be read: {fault}") from fault
            return reader.read(test["expect"], t.ANY)

    def _decide(
        self, told: dict[str, Any], outcome: Outcome, test: dict[str, Any], expected: Any, compare: Comparison,
        execution: Execution,
    ) -> None:  # fmt: skip
        """Fill in status and difference."""
        if outcome.status in LIMITS or not self._right_end(told, outcome, test):
            return
        difference = None
        if "expect" in test and outcome.status == "passed":
            compared = compare.difference if test.get("ordered", True) else compare.unordered
            difference = compared(outcome.value, expected)
            told["status"] = "wrong_answer" if difference else "passed"
        if difference is None:
            difference = self._state(test, compare, execution)
            if difference:
                told["status"] = "wrong_state"
        told["difference"] = difference

    def _right_end(self, told: dict[str, Any], outcome: Outcome, test: dict[str, Any]) -> bool:
        """Did it end as it should, by a result or by the error that `raises` names?"""
        wanted = test.get("raises")
        if not wanted or outcome.error == UNDECLARED:
            if outcome.status == "runtime_error":
                told["difference"] = f"expected a result, got the error {outcome.error}"
            return outcome.status == "passed"
        if outcome.status == "passed":
            told["status"] = "wrong_answer"
            told["difference"] = f"expected the error {_error_name(wanted)}, got {outcome.shown_short()}"
            return False
        if wanted is not True and str(wanted).rpartition(".")[2] != str(outcome.error).rpartition(".")[2]:
            told["status"] = "wrong_answer"
            told["difference"] = f"expected the error {wanted}, got {outcome.error}"
            return False
        told["status"], told["actual"] = "passed", outcome.error
        outcome.diagnostic = None
        return True

    def _state(self, test: dict[str, Any], compare: Comparison, execution: Execution) -> str | None:
        if test.get("expect_db") is not None and (found := self._rows(test["expect_db"], compare, execution)):
            return found
        if test.get("expect_calls") is not None:
            return self._calls(test["expect_calls"], execution)
        return None

    def _calls(self, wanted: Sequence[dict[str, Any]], execution: Execution) -> str | None:
        """Where the external calls that were made, failed ones too, are not those expected."""
        made, rt = execution.runtime.calls, execution.runtime
        reader, writer = Reader(execution.shapes, rt.zone), Writer(rt.zone)
        for i, call in enumerate(wanted):
            if not isinstance(call, dict) or not isinstance(call.get("target"), str) or set(call) - {"target", "args"}:
                raise BadTask(f"expect_calls[{i}] is an object with target and, where they matter, args")
            if i >= len(made):
                return f"calls[{i}]: expected a call of {call['target']}, got none"
            if made[i]["target"] != call["target"]:
                return f"calls[{i}].target: expected {call['target']}, got {made[i]['target']}"
            if call.get("args") is not None:
                typed = typed_args(reader, self._types_of(call["target"]), writer)
                if found := unlike_json(made[i]["args"], typed(call["args"]), f"calls[{i}].args"):
                    return found
        if len(made) > len(wanted):
            return f"calls[{len(wanted)}]: expected no more calls, got one of {made[len(wanted)]['target']}"
        return None

    def _types_of(self, target: str) -> list[t.Type]:
        """The types of an external logic's parameters."""
        declared = self.checked.symbols.by_name.get(target)
        params = declared.node.params if declared is not None and isinstance(declared.node, n.Function) else ()
        return [self.checked.names[p] for p in params]

    def _rows(self, wanted: dict[str, Any], compare: Comparison, execution: Execution) -> str | None:
        reader = Reader(execution.shapes, execution.runtime.zone)
        for entity, rows in wanted.items():
            table = execution.database.schema.find(entity)
            if table is None:
                raise BadTask(f"expect_db names no entity: {entity!r}")
            actual = execution.database.snapshot(table)
            for i, row in enumerate(rows):
                unknown = [name for name in row if name not in table.by_name]
                if unknown:
                    raise BadTask(f"expect_db.{entity} has no property {unknown[0]!r}")
                if i >= len(actual):
                    return f"db.{entity}[{i}]: expected {compare.show(row)}, got no row"
                for name, value in row.items():
                    try:
                        read = reader.read(value, table.by_name[name].type)
                    except WireError as fault:
                        raise BadTask(f"expect_db.{entity}[{i}].{name}: {fault.message}") from fault
                    if found := compare.difference(actual[i].fields[name], read, f"db.{entity}[{i}].{name}"):
                        return found
            if len(actual) > len(rows):
                return f"db.{entity}[{len(rows)}]: expected no row, got {compare.show(actual[len(rows)])}"
        return None


def _fate(outcome: Outcome) -> int:
    """Whether a process that passed a limit can go on: counted limits leave it as it was."""
    if outcome.message == OUT_OF_MEMORY:
        return AGAIN
    return RETIRE if outcome.status in ("time_limit", "forbidden") else KEEP


def _tolerance(test: dict[str, Any]) -> Decimal | None:
    if test.get("tolerance") is None:
        return None
    try:
        return Decimal(str(test["tolerance"]))
    except InvalidOperation as error:
        raise BadTask(f"tolerance is no number: {test['tolerance']!r}") from error


def _wanted(test: dict[str, Any]) -> Any:
    """What a verdict shows as expected."""
    if "expect" in test:
        return test["expect"]
    parts = {k: test[k] for k in ("raises", "expect_db", "expect_calls", "expect_ui") if test.get(k) is not None}
    return parts or None


def _error_name(wanted: Any) -> str:
    return "of any name" if wanted is True else str(wanted)


# --- parts of verdicts


def _verdict(status: str, diagnostics: Sequence[Any] = (), tests: Sequence[Any] = (), steps: int = 0) -> dict[str, Any]:
    return {"status": status, "diagnostics": list(diagnostics), "tests": list(tests), "steps": steps}


def _at(source: Source, rule: Any, **facts: Any) -> dict[str, Any]:
    return diagnostic(rule.code, Span(source, 0, 0), **facts).to_json()


def _bare(rule: Any, **facts: Any) -> dict[str, Any]:
    return _at(Source("task", ""), rule, **facts)


WARM: dict[str, Any] = {
    "entry": "app.logics.warm",
    "signature": "export function warm(limit: Decimal): Long",
    "context": """export namespace app.dataSources.defaultDS.entities {
  export class Thing {
    @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;
    name: String;
    price: Decimal;
    @Property({ generationRule: 'auto' }) createdTime: DateTime;
  }
}
""",
    "source": """export namespace app.logics {
  export function warm(limit: Decimal): Long {
    let rows;
    let result: Long = 0;
    rows = FROM(app.dataSources.defaultDS.entities.ThingEntity, Thing => $
      .WHERE(Thing.price * 2 > limit && LIKE(Thing.name, 'a%') && YEAR(Thing.createdTime) > 2000)
      .ORDER_BY([Thing.price, 'DESC'])
      .SELECT({ name: Thing.name, price: Thing.price }));
    for (const [index, row] of ListEntries(rows)) {
      result = result + nasl.util.Length(nasl.util.ToUpper(row.name));
    }
    return result;
  }
}
""",
    "world": {"db": {"Thing": [{"name": "ab", "price": 2}]}},
    "tests": [{"args": [1], "expect": 2}, {"args": ["9.5"], "expect": 0}],
}
