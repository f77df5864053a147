"""Calls, lambdas and queries to Python text."""

from abc import abstractmethod

from naslforge.lang import Parameter
from naslforge.lang import nodes as n
from naslforge.lang import types as t
from naslforge.lang.scope import EntityCall, ExternalCall, GlobalVariable, LibraryCall, LogicCall, QueryFunction
from naslforge.run import library
from naslforge.run.emit_base import call_steps
from naslforge.run.emit_exprs import Expressions
from naslforge.run.entities import compile_entity_call
from naslforge.run.queries import compile_query


class Calls(Expressions):
    """Library functions are called by constants of the module, logics by their names in it."""

    around: list[str]  # parameters of the lambdas around the present place

    @abstractmethod
    def page_call(self, e: n.Call) -> str | None:
        """The text of a call that only a page can make (emit_pages.py), None for any other."""

    def call(self, e: n.Call) -> str:
        if (found := self.page_call(e)) is not None:
            return found
        match self.checked.calls.get(e):
            case LibraryCall() as callee:
                return self._library(e, callee)
            case LogicCall(name, declared):
                return f"{self.functions[name]}({self._arguments(e, declared)})"
            case ExternalCall(name, declared):
                types = [self.checked.names[p] for p in declared.params]
                result = self.checked.results.get(declared, t.VOID)
                given = self._all_arguments(e, declared)
                return f"external({name!r}, [{given}], {self.types(types)}, {self.type(result)})"
            case EntityCall():
                compiled = compile_entity_call(self.checked, e)
                return f"db.run({self.constant(compiled)}, {self._tuple(compiled.program_values)})"
            case QueryFunction(name):
                return self._applied(e, name, (), ())
            case _:
                raise NotImplementedError(f"call of `{e.callee.span.text}` was not understood")

    def _arguments(self, e: n.Call, declared: n.Function) -> str:
        wanted = [self.checked.names[p] for p in declared.params]
        return ", ".join(self.as_type(arg, type_) for arg, type_ in zip(e.args, wanted, strict=False))

    def _all_arguments(self, e: n.Call, declared: n.Function) -> str:
        """Those that are left out too: by their defaults, or null."""
        left_out = declared.params[len(e.args) :]
        defaults = ["None" if p.default is None else self.as_type(p.default, self.checked.names[p]) for p in left_out]
        return ", ".join(part for part in (self._arguments(e, declared), *defaults) if part)

    def _tuple(self, items: tuple[n.Expr, ...]) -> str:
        return "(" + "".join(f"{self.expr(item)}, " for item in items) + ")"

    # --- the library

    def _library(self, e: n.Call, callee: LibraryCall) -> str:
        name = callee.builtin.full_name
        made = self.type_of(e)
        match callee.builtin.name, e.args:
            case "New", ():
                return f"start({self.type(made)})"
            case "NewMap" | "NewStructure" | "NewAnonymousStructure", (n.ObjectLiteral() as literal,):
                return self.built(made, literal)
            case "NewEntity", (n.ObjectLiteral() as literal,):
                return self.built(made, literal, fill=False)
            case "NewMap" | "NewStructure" | "NewAnonymousStructure" | "NewEntity" | "NewList", (arg,):
                return self.expr(arg)
            case "PAGINATE", (n.Query() as query, page, size):
                compiled = compile_query(self.checked, query)
                values = self._tuple(compiled.program_values)
                return f"db.paginate({self.constant(compiled)}, {values}, {self.expr(page)}, {self.expr(size)})"
        overload = callee.builtin.overloads[callee.overload]
        return self._applied(e, name, overload.params, callee.type_args, len(callee.builtin.overloads) == 1)

    def _applied(
        self,
        e: n.Call,
        name: str,
        params: tuple[Parameter, ...],
        type_args: tuple[t.Type, ...],
        certain: bool = False,
    ) -> str:
        """A call of a library function; `certain` when arguments of type Any are bound for this very overload."""
        function = library.FUNCTIONS.get(name)
        if function is None:
            return f"unsupported({name!r})"
        args = []
        for i, arg in enumerate(e.args):
            param = params[min(i, len(params) - 1)] if params else None
            args.append(self._argument(arg, param.type if param else t.ANY, name, certain))
        needs = library.needs(name)
        if "rt" in needs:
            args.append("rt=rt")
        if "types" in needs:
            args.append(f"types={self.types(type_args)}")
        if "shapes" in needs:
            args.append("shapes=shapes")
        return f"{self.constant(function, ('library', name))}({', '.join(args)})"

    def _argument(self, arg: n.Expr, wanted: t.Type, name: str, certain: bool) -> str:
        if name == "nasl.configuration.getCustomConfig":
            parameter = self.checked.refs.get(arg)
            if isinstance(parameter, GlobalVariable):
                return repr(parameter.name)  # a parameter itself stands for its path
        if isinstance(wanted, t.FunctionType):
            if isinstance(arg, n.Lambda):
                return self.function(arg, len(wanted.params))
            return f"no_function({name!r})"
        if isinstance(wanted, t.ListOf) and isinstance(wanted.item, t.FunctionType) and isinstance(arg, n.ListLiteral):
            return "[" + ", ".join(self._argument(item, wanted.item, name, certain) for item in arg.items) + "]"
        checked = certain and isinstance(wanted, t.Primitive | t.ListOf | t.MapOf)
        return self.as_type(arg, wanted) if checked else self.expr(arg)

    def function(self, e: n.Lambda, count: int) -> str:
        """A lambda; parameters that it leaves out are filled up."""
        names = [self.declared(p, p.name) for p in e.params]
        names += [f"_{i}" for i in range(len(names), count)]
        self.around.extend(names[: len(e.params)])
        body, steps = self.expr(e.body), call_steps(e.body)
        if steps:
            body = f"flush({steps}) or ({body})"  # flush gives 0
        del self.around[len(self.around) - len(e.params) :]
        return f"(lambda {', '.join(names)}: {body})"

    # --- queries

    def query(self, e: n.Query) -> str:
        compiled = compile_query(self.checked, e)
        return f"db.run({self.constant(compiled)}, {self._tuple(compiled.program_values)})"
