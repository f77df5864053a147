"""A checked program to Python: one module text, compiled once, run in a fresh namespace for every test.

The text reaches nothing but what `Program.run` puts beside it: no builtins, and no name of the program is a name of
Python. `place` leads from a crash back to the author's source.
"""

import json
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import DecimalException, Inexact, localcontext
from types import CodeType, TracebackType
from typing import Any

from naslforge.lang import Checked, Span
from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.run import ops
from naslforge.run.emit_pages import Pages
from naslforge.run.limits import LimitReached
from naslforge.run.plans import PagePlan
from naslforge.run.services import typed_args
from naslforge.run.texts import Printer, glue
from naslforge.run.values import EXACT, ZERO, NaslError, Regex, Shapes, Struct, arithmetic, illegal, plain_decimal
from naslforge.run.wire import Reader, WireError, Writer
from naslforge.run.world import Runtime, WorldError

FILE = "<nasl>"
CONFIGURATION = "app.configuration.groups."
MISSING = object()
MOST_TRACED = 2_000  # statements that a trace keeps, from the start of a run
TRACED_WIDTH = 120
FRAMES = 10_000  # of Python, well above what `limits.depth` logics inside each other take


@dataclass(frozen=True, slots=True)
class Program:
    """A program ready to run. `text` is the Python of it, line i made from `spans[i - 1]`.

    `loose` says that some values have no static type, so that an operation may meet one that it cannot work on.
    """

    text: str
    code: CodeType | None  # None where the program is too deep for Python
    constants: dict[str, Any]
    spans: tuple[Span | None, ...]
    functions: dict[str, str]
    shapes: Shapes
    loose: bool = False
    pages: dict[str, PagePlan] = field(default_factory=dict)

    def run(self, entry: str, runtime: Runtime, args: Sequence[Any]) -> Any:
        """Call a logic. Raises NaslError, UndeclaredCall or LimitReached."""
        return self.within(runtime, lambda names: names[self.functions[entry]](*args))

    def within(self, runtime: Runtime, act: Callable[[dict[str, Any]], Any]) -> Any:
        """Do something with the loaded module, faults of Python told as those of the program."""
        if self.code is None:
            raise LimitReached("memory_limit", "the program is nested too deeply")
        sys.setrecursionlimit(max(sys.getrecursionlimit(), FRAMES))
        with localcontext(EXACT):
            try:
                return act(self.load(runtime))
            except Inexact as error:
                raise LimitReached("memory_limit", "a number with too many digits") from error
            except DecimalException as error:
                raise arithmetic("a number out of range", "数值超出范围") from error
            except OverflowError as error:
                raise illegal("a date or number out of range", "日期或数值超出范围") from error
            except (TypeError, AttributeError) as error:
                if "unhashable" in str(error):
                    raise illegal("a List or Map cannot be a key", "List 或 Map 不能作为键") from error
                if self.loose:
                    raise NaslError("SystemClassCastError", "a value of the wrong type", "值的类型不符") from error
                raise

    def load(self, runtime: Runtime) -> dict[str, Any]:
        """The module for one world, its global variables started."""
        assert self.code is not None
        shapes = Shapes(self.shapes.fields, self.shapes.enums, {}, self.shapes.params)
        names = {**self.constants, **OPERATORS, **_services(runtime, shapes), "__builtins__": {}}
        exec(self.code, names)
        shapes.defaults.update(names["defaults"])  # type: ignore[attr-defined]
        for name, start in names["globals_"].items():
            if name not in runtime.variables:
                runtime.variables[name] = start()
        return names

    def place(self, error: BaseException) -> Span | None:
        """Where in the author's source the error came from: the innermost place."""
        found: Span | None = None
        at: BaseException | None = error
        while at is not None and found is None:
            found = self._last_place(at.__traceback__)
            at = at.__cause__
        return found

    def _last_place(self, trace: TracebackType | None) -> Span | None:
        found: Span | None = None
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == FILE and trace.tb_lineno <= len(self.spans):
                found = self.spans[trace.tb_lineno - 1] or found
            trace = trace.tb_next
        return found


def emit(checked: Checked, traced: bool = False) -> Program:
    """The Python of a program without errors; `traced` notes every statement and its value in `runtime.trace`."""
    emitter = Emitter(checked)
    emitter.traced = traced
    text, code = "", None
    try:
        emitter.program()
        text = "\n".join(emitter.lines) + "\n"
        code = _compiled(text)
    except RecursionError:
        pass  # too deep for Python: the run says so
    loose = any(type_ in (t.ANY, t.UNKNOWN) for type_ in checked.types.values())
    spans = tuple(emitter.spans)
    return Program(text, code, emitter.constants, spans, emitter.functions, emitter.shapes(), loose, emitter.pages)


def _compiled(text: str) -> CodeType | None:
    """The code of a module text, None where it is nested too deeply."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `1 is None` is no mistake here
            return compile(text, FILE, "exec", dont_inherit=True)
    except SyntaxError as error:
        if "too many" in str(error) or "too complex" in str(error):
            return None
        raise


class Emitter(Pages):
    """Writes the module: the logics, the pages, the defaults of properties, the starts of global variables."""

    def program(self) -> None:
        logics = [d for d in self.checked.symbols.logics() if d.node.body is not None]  # type: ignore[union-attr]
        for i, declared in enumerate(logics):
            self.functions[declared.name] = f"f{i}"
        for declared in logics:
            assert isinstance(declared.node, n.Function)
            self.define(self.functions[declared.name], declared.node)
        for declared in self.checked.symbols.by_name.values():
            if isinstance(declared.node, n.View):
                self.pages[declared.name] = self.page(declared)
        self.around, self.indexes, self.matches, self.level = [], set(), [], 0
        self._defaults()
        self._globals()

    def _defaults(self) -> None:
        self.line("defaults = {")
        for declared in self.checked.symbols.by_name.values():
            if not isinstance(declared.node, n.Class):
                continue
            types = dict(self.checked.fields.get(declared.name, ()))
            members = [m for m in declared.node.members if isinstance(m, n.Property) and m.default is not None]
            if members:
                self.line(f"    {declared.name!r}: {{")
                for m in members:
                    assert m.default is not None
                    value = self.as_type(m.default, types.get(m.name.name, t.ANY))
                    self.line(f"        {m.name.name!r}: lambda: {value},", m.span)
                self.line("    },")
        self.line("}")

    def _globals(self) -> None:
        self.line("globals_ = {")
        for declared in self.checked.symbols.by_name.values():
            if isinstance(declared.node, n.Let):
                type_ = self.checked.names.get(declared.node, t.ANY)
                init = declared.node.init
                value = self.start(type_) if init is None else self.as_type(init, type_)
                if declared.name.startswith(CONFIGURATION):
                    value = f"configured({declared.name!r}, {self.type(type_)}, lambda: {value})"
                self.line(f"    {declared.name!r}: lambda: {value},", declared.node.span)
        self.line("}")

    def shapes(self) -> Shapes:
        symbols = self.checked.symbols.by_name.values()
        params = {
            d.name: tuple(p.name.name for p in d.node.type_params)
            for d in symbols
            if isinstance(d.node, n.Class) and d.node.type_params
        }
        return Shapes(self.checked.fields, self.checked.enums, {}, params)


# --- what stands beside the text

OPERATORS: dict[str, Any] = {
    "ZERO": ZERO,
    "MISSING": MISSING,
    "Struct": Struct,
    "Regex": Regex,
    "overflow": ops.overflow,
    "widen": ops.widen,
    "divide": ops.divide,
    "remainder": ops.remainder,
    "add_all": ops.add_all,
    "calculate": ops.calculate,
    "before": ops.before,
    "text_before": ops.text_before,
    "text_to": ops.text_to,
    "same": ops.same,
    "length": ops.length,
    "member": ops.member,
    "store": ops.store,
    "turns": ops.turns,
    "abort": ops.abort,
    "no_function": ops.no_function,
    "cast": ops.cast,
    "is_instance": ops.is_instance,
}


def _services(rt: Runtime, shapes: Shapes) -> dict[str, Any]:
    """What emitted code calls that belongs to one run."""
    deepest, depth = rt.limits.depth, 0

    def enter(steps: int) -> int:
        nonlocal depth
        depth += 1
        if depth > deepest:
            raise LimitReached("step_limit", f"more than {deepest} logics called inside each other")
        rt.spend(steps)
        return 0

    def leave(steps: int, value: Any) -> Any:
        nonlocal depth
        depth -= 1
        if steps:
            rt.spend(steps)
        return value

    def flush(steps: int) -> int:
        rt.spend(steps)
        return 0

    def cat(*parts: str) -> str:
        text = "".join(parts)
        size = len(text)
        if size > 200:
            rt.spend(size // 2000)
            rt.check_length(size)
        return text if text.isascii() else glue(list(parts))

    def seen(file: str, line: int, name: str, value: Any) -> Any:
        if len(rt.trace) < MOST_TRACED:
            rt.trace.append({"file": file, "line": line, "name": name, "value": short_json(value, rt)})
        return value

    def text_of(value: Any, type_: t.Type) -> str:
        text = Printer(shapes, rt.zone, rt.limits.length).text(value, type_)
        rt.spend(len(text) // 20)
        return text

    return {
        "rt": rt,
        "db": rt.db,
        "shapes": shapes,
        "variables": rt.variables,
        "start": shapes.start,
        "instance": shapes.instance,
        "enter": enter,
        "leave": leave,
        "flush": flush,
        "cat": cat,
        "seen": seen,
        "text_of": text_of,
        "long_text": _long_text,
        "external": _external(rt, shapes),
        "configured": _configured(rt, shapes),
        "unsupported": _unsupported,
    }


def short_json(value: Any, rt: Runtime) -> str:
    """A value as JSON of at most `TRACED_WIDTH` characters."""
    try:
        text = json.dumps(Writer(rt.zone, rt.limits.output).write(value), ensure_ascii=False)
    except LimitReached:
        return "(very long)"
    return text if len(text) <= TRACED_WIDTH else text[: TRACED_WIDTH - 1] + "…"


def _long_text(value: int | None) -> str:
    return "" if value is None else plain_decimal(value)


def _external(rt: Runtime, shapes: Shapes) -> Callable[..., Any]:
    """Calls of interfaces and connectors, which the test's world answers."""

    def call(target: str, args: list[Any], types: tuple[t.Type, ...], result: t.Type) -> Any:
        reader, writer = Reader(shapes, rt.zone), Writer(rt.zone, rt.limits.output)
        answer = rt.answer(target, [writer.write(arg) for arg in args], typed_args(reader, types, writer))
        if answer.error is not None:
            raise NaslError(str(answer.error.get("name", "InterfaceError")), str(answer.error.get("message", "")))
        try:
            return reader.read(answer.result, result)
        except WireError as error:
            raise WorldError(f"world.calls: the result of {target}: {error}") from error

    return call


def _configured(rt: Runtime, shapes: Shapes) -> Callable[..., Any]:
    def value(name: str, type_: t.Type, default: Callable[[], Any]) -> Any:
        group, _, key = name.removeprefix(CONFIGURATION).partition(".properties.")
        given = rt.config.get(group)
        if not isinstance(given, dict) or key not in given:
            return default()
        try:
            return Reader(shapes, rt.zone).read(given[key], type_)
        except WireError as error:
            raise WorldError(f"world.config.{group}.{key}: {error}") from error

    return value


def _unsupported(name: str) -> Any:
    raise LimitReached("forbidden", f"{name} is not simulated")
