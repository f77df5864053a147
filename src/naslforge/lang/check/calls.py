"""Calls: overloads, type arguments, lambdas, optional and variadic arguments."""

from abc import abstractmethod
from dataclasses import dataclass

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.catalogue import Builtin, Overload, Parameter
from naslforge.lang.check.facts import Over, has_vars, substitute, type_vars
from naslforge.lang.check.generics import Binding
from naslforge.lang.check.overloads import Overloads, Target, within
from naslforge.lang.check.suggest import Advice, Words, near_name, replace
from naslforge.lang.diagnostics import Edit, Fix
from naslforge.lang.scope import Local, Row
from naslforge.lang.types import (
    ANY,
    LONG,
    NULL,
    UNKNOWN,
    VOID,
    Entity,
    FunctionType,
    ListOf,
    MapOf,
    Type,
    Unknown,
    fits,
    show,
)

_COLLECTIONS = (ListOf, MapOf)
_UNKNOWN_COLLECTIONS = (ListOf(UNKNOWN), MapOf(UNKNOWN, UNKNOWN))


@dataclass(slots=True)
class Chosen:
    """The overload a call goes to, its type arguments in order, and the type of its result."""

    overload: int
    type_args: tuple[Type, ...]
    result: Type


class Arguments(Overloads):
    """Checks the arguments of a call against the overloads of its target."""

    def apply(self, e: n.Call, target: Target, expected: Type | None) -> Chosen | None:
        """Type the arguments; None where the call fits no overload and that was reported."""
        possible = [i for i, o in enumerate(target.overloads) if self.count_fits(e, o)]
        if not possible:
            self._report_count(e, target)
            self.loose(e)
            only = target.overloads[0]
            return None if len(target.overloads) > 1 or has_vars(only.result) else Chosen(0, (), only.result)
        given = [self.first_look(arg) for arg in e.args]
        if len(possible) == 1 and self._fits_plainly(e, target.overloads[possible[0]], given):
            return Chosen(possible[0], (), target.overloads[possible[0]].result)
        written = tuple(map(self.annotation, e.type_args))
        chosen = self.choose(e, target, possible, given, written, expected)
        overload = target.overloads[chosen]
        if written and not self._check_written(e, target, overload, written):
            written = ()
        binding = self.bind(overload, target, given, written, e.args)
        if self._report_swapped(e, target, overload, given, binding):
            result = substitute(overload.result, binding.found)
            return Chosen(chosen, binding.all(), UNKNOWN if has_vars(result, binding.names) else result)
        self._second_look(e, target, overload, given, binding, expected)
        self._guess(e, overload, given, binding)
        return self._finish(e, target, chosen, binding, expected)

    def _fits_plainly(self, e: n.Call, overload: Overload, given: list[Type | None]) -> bool:
        """The frequent case in which nothing is to be found out: every argument is a value of its parameter's type."""
        if not overload.values or e.type_args or len(overload.params) < len(given):
            return False
        for arg, type_, param in zip(e.args, given, overload.params, strict=False):
            if type_ is None or isinstance(type_, _COLLECTIONS) or self.depends_on_place(arg):
                return False
            if type_ is not param.type and not fits(type_, param.type, self.fields_of):
                return False
        for arg, type_, param in zip(e.args, given, overload.params, strict=False):
            if type_ is LONG:
                self.widen(arg, type_, param.type)
        return True

    def _guess(self, e: n.Call, overload: Overload, given: list[Type | None], binding: Binding) -> None:
        """Remember what is put into a list or map whose own type is not known."""
        if len(given) < 2 or not isinstance(given[0], _COLLECTIONS) or given[0] not in _UNKNOWN_COLLECTIONS:
            return
        local = self.refs.get(e.args[0])
        made = substitute(overload.params[0].type, binding.found)
        if isinstance(local, Local) and not has_vars(made, binding.names):
            self.guesses.setdefault(local.declared, made)

    def loose(self, e: n.Call) -> None:
        """Look at the arguments of a call that is not understood, so that names in them count as used."""
        for arg in e.args:
            if isinstance(arg, n.Lambda):
                self.lambda_body(arg, tuple(UNKNOWN for _ in arg.params), None)
            elif not isinstance(arg, n.ListLiteral) or arg.items:
                self.expr(arg, ANY)

    # --- the second look: every argument against its parameter

    def _second_look(
        self,
        e: n.Call,
        target: Target,
        overload: Overload,
        given: list[Type | None],
        binding: Binding,
        expected: Type | None,
    ) -> None:
        hint = binding.hint(overload.result, expected)
        pairs = list(zip(e.args, given, self.parameters(overload, len(e.args)), strict=True))
        for arg, type_, param in pairs:
            if type_ is not None and not isinstance(param.type, FunctionType):
                self._plain(arg, type_, param, target, overload, binding, hint)
        for arg, type_, param in pairs:
            if type_ is None or isinstance(param.type, FunctionType):
                self._function(arg, param, target, overload, binding, hint)

    def _plain(
        self,
        arg: n.Expr,
        given: Type,
        param: Parameter,
        target: Target,
        overload: Overload,
        binding: Binding,
        hint: dict[str, Type],
    ) -> None:
        wanted = substitute(param.type, {**hint, **binding.found} if hint else binding.found)
        if isinstance(wanted, ListOf) and isinstance(wanted.item, FunctionType):
            self._function_list(arg, wanted.item, param, target, overload)
            return
        open_ = has_vars(wanted, binding.names)
        if self.depends_on_place(arg):
            given = self.value(arg, None if open_ else wanted)
            binding.learn(param.type, given, literal=True)
            wanted = substitute(param.type, {**hint, **binding.found})
            open_ = has_vars(wanted, binding.names)
        if open_ and self.same_kind(given, wanted):
            return
        if self._report_choice(arg, param, target):
            return
        if fits(given, wanted, self.fields_of):  # asked here too, so that words are made only for a fault
            self.widen(arg, given, wanted)
            return
        shown: Words = {"param": param.name, "name": target.name, "signature": target.signature(overload)}
        self.fit(arg, given, wanted, rule=rules.ARGUMENT_TYPE, **shown)

    def _function(
        self,
        arg: n.Expr,
        param: Parameter,
        target: Target,
        overload: Overload,
        binding: Binding,
        hint: dict[str, Type],
    ) -> None:
        wanted = param.type
        shown: Words = {"param": param.name, "name": target.name, "signature": target.signature(overload)}
        if not isinstance(arg, n.Lambda):
            self.report(rules.LAMBDA_EXPECTED, arg.span, **shown)
            return
        if not isinstance(wanted, FunctionType):
            self.report(rules.FUNCTION_VALUE, arg.span)
            self.lambda_body(arg, tuple(UNKNOWN for _ in arg.params), None)
            return
        if len(arg.params) > len(wanted.params):
            facts: Words = {"wanted": len(wanted.params), "given": len(arg.params), "signature": shown["signature"]}
            advice = self.lambda_advice(arg, len(wanted.params))
            self.report(rules.LAMBDA_PARAMETERS, arg.span, fixes=advice.fixes, **facts)
        params = [self._closed(substitute(p, binding.found)) for p in wanted.params]
        params += [UNKNOWN] * (len(arg.params) - len(params))
        result = substitute(wanted.result, {**hint, **binding.found})
        given = self.lambda_body(
            arg, tuple(params), None if has_vars(result, binding.names) else result, target.row, target.clause
        )
        self._learn_result(arg, wanted.result, result, given, binding, shown)

    def _learn_result(
        self,
        arg: n.Lambda,
        declared: Type,
        wanted: Type,
        given: Type,
        binding: Binding,
        shown: dict[str, str],
    ) -> None:
        """Bind what only the body of a lambda tells, or check the body against what is known."""
        if given is VOID:
            return
        open_ = has_vars(wanted, binding.names)
        if has_vars(declared, binding.names) and (open_ or not fits(given, wanted, self.fields_of)):
            before = set(binding.found)
            binding.learn(declared, given)
            if open_ or set(binding.found) - before:
                return
        elif has_vars(declared, binding.names):
            binding.learn(declared, wanted)
        facts = {k: v for k, v in shown.items() if k != "param"}
        self.fit(arg.body, given, wanted, rule=rules.ARGUMENT_TYPE, param=shown["param"], **facts)

    def _closed(self, type_: Type) -> Type:
        """A parameter's type for the body of a lambda; what is still open is unknown there."""
        open_ = type_vars(type_) - set(self.vars)
        return substitute(type_, dict.fromkeys(open_, UNKNOWN)) if open_ else type_

    def _function_list(
        self, arg: n.Expr, wanted: FunctionType, param: Parameter, target: Target, overload: Overload
    ) -> None:
        """`[(item) => item.a, (item) => item.b]`."""
        shown: Words = {"param": param.name, "name": target.name, "signature": target.signature(overload)}
        if not isinstance(arg, n.ListLiteral):
            self.report(rules.LAMBDA_EXPECTED, arg.span, **shown)
            return
        for item in arg.items:
            if isinstance(item, n.Lambda):
                self.lambda_body(item, tuple(map(self._closed, wanted.params)), wanted.result)
            else:
                self.value(item)
                self.report(rules.LAMBDA_EXPECTED, item.span, **shown)
        self.types[arg] = ListOf(wanted)

    def lambda_body(
        self, e: n.Lambda, params: tuple[Type, ...], expected: Type | None, row: str | None = None, clause: str = ""
    ) -> Type:
        """Type the body with its parameters in view; `row` is the entity whose rows the lambda runs over."""
        with self.block() as scope, self.within(self.filter_clause(clause) if row else self.over):
            for ident, type_ in zip(e.params, params, strict=False):
                self.declare(ident, type_, "lambda", Row(ident.name, row) if row else None)
            given = self.expr(e.body, expected)
            _ = scope
        if given is VOID:
            self.report(rules.EFFECT_IN_LAMBDA, e.body.span, name=e.body.span.text.partition("(")[0])
        self.types[e] = FunctionType(params, given)
        return given

    def declare(self, node: n.Ident, type_: Type, kind: str, row: Row | None = None) -> None:
        """Bring a loop, lambda or match name into view."""
        self.names[node] = type_
        taken = self.scope.find(node.name)
        if taken is not None and node.name != "_" and not (isinstance(taken, Local) and taken.kind == "page"):
            self.report_shadow(node, taken)
        self.scope.names[node.name] = row or Local(node.name, kind, node, type_)

    # --- the end of a call

    def _finish(self, e: n.Call, target: Target, chosen: int, binding: Binding, expected: Type | None) -> Chosen:
        overload = target.overloads[chosen]
        result = substitute(overload.result, binding.found)
        open_ = [name for name in binding.names if name in type_vars(result) and name not in binding.found]
        if open_:
            binding.found.update(binding.hint(overload.result, expected))
            only_in_result = not any(has_vars(p.type, open_) for p in overload.params)
            if only_in_result and not e.type_args:
                self._report_type_argument(e, target, overload, binding)
            result = substitute(overload.result, binding.found)
            result = substitute(result, dict.fromkeys(type_vars(result) & set(binding.names), UNKNOWN))
        for variable in overload.type_params:
            bound = binding.found.get(variable.name)
            if bound is not None and not e.type_args and not within(variable, bound):
                facts: Words = {"given": show(bound), "known": ", ".join(f"`{show(b)}`" for b in variable.bounds)}
                self.report(rules.TYPE_ARGUMENT_BOUND, e.span, name=target.name, **facts)
        return Chosen(chosen, binding.all(), result)

    # --- reports

    def _report_count(self, e: n.Call, target: Target) -> None:
        overload = min(target.overloads, key=lambda o: abs(len(e.args) - len(o.params)))
        most = overload.most
        wanted = str(overload.least) if most == overload.least else f"{overload.least}–{'…' if most is None else most}"
        facts: Words = {"wanted": wanted, "given": len(e.args), "signature": target.signature(overload)}
        advice = self.count_advice(e, target.name)
        if not advice.fixes and most is not None and 0 < most < len(e.args):
            extra = e.span.source.span(e.args[most - 1].span.end, e.args[-1].span.end)
            advice = Advice(fixes=[Fix("leave out the rest", (Edit(extra, ""),), "unsafe")])
        self.report(rules.ARGUMENT_COUNT, e.span, name=target.name, fixes=advice.fixes, **facts)

    def _report_type_argument(self, e: n.Call, target: Target, overload: Overload, binding: Binding) -> None:
        known = [binding.found.get(name) for name in binding.names]
        names = [show(t) if t else name for t, name in zip(known, binding.names, strict=True)]
        written = f"<{', '.join(names)}>"
        sure = all(t is not None and within(v, t) for v, t in zip(overload.type_params, known, strict=True))
        fixes = [Fix(f"write `{written}`", (Edit(e.callee.span.at_end(), written),), "safe")] if sure else []
        example = f"{target.name}{written}({', '.join(a.span.text for a in e.args)})"
        self.report(rules.MISSING_TYPE_ARGUMENT, e.callee.span, name=target.name, example=example, fixes=fixes)

    def _report_choice(self, arg: n.Expr, param: Parameter, target: Target) -> bool:
        """A literal text that is none of the texts a parameter may hold."""
        if not param.choices or not isinstance(arg, n.Text) or arg.value in param.choices:
            return False
        found = _meant_choice(arg.value, param.choices)
        advice = near_name(arg.value, param.choices)
        if found:
            advice = Advice(f"; write `'{found}'`", f"，应写 `'{found}'`", [replace(arg.span, f"'{found}'", safe=True)])
        facts: Words = {"param": param.name, "name": target.name, "given": arg.span.text}
        known = ", ".join(f"`'{choice}'`" for choice in param.choices)
        self.report(rules.BAD_CHOICE, arg.span, known=known, fixes=advice.fixes, **facts, **advice.near)
        return True

    def _report_swapped(
        self, e: n.Call, target: Target, overload: Overload, given: list[Type | None], binding: Binding
    ) -> bool:
        """Two arguments in each other's place: said once, instead of once for each."""
        if len(e.args) < 2 or len(target.overloads) > 1:
            return False
        params = self.parameters(overload, len(e.args))
        fit = [self.may_fit(*triple, binding) for triple in zip(e.args, given, params, strict=True)]
        wrong = [i for i, ok in enumerate(fit) if not ok]
        for i in wrong:
            for j in range(len(e.args)):
                if i != j and self._fits_swapped(e, overload, given, target, i, j):
                    edits = (Edit(e.args[i].span, e.args[j].span.text), Edit(e.args[j].span, e.args[i].span.text))
                    fix = Fix("swap the arguments", edits, "safe")
                    shown: Words = {"name": target.name, "signature": target.signature(overload)}
                    self.report(rules.SWAPPED_ARGUMENTS, e.span, fixes=[fix], **shown)
                    return True
        return False

    def _fits_swapped(
        self, e: n.Call, overload: Overload, given: list[Type | None], target: Target, i: int, j: int
    ) -> bool:
        order = list(range(len(e.args)))
        order[i], order[j] = j, i
        args, types = tuple(e.args[k] for k in order), [given[k] for k in order]
        binding = self.bind(overload, target, types, (), args)
        pairs = zip(args, types, self.parameters(overload, len(args)), strict=True)
        return all(self.may_fit(arg, type_, param, binding) for arg, type_, param in pairs) and not any(
            types[k] in (NULL, ANY) or isinstance(types[k], Unknown) for k in (i, j)
        )

    @abstractmethod
    def filter_clause(self, clause: str) -> Over: ...

    @abstractmethod
    def report_shadow(self, node: n.Ident, taken: Local | Row) -> None: ...

    @abstractmethod
    def lambda_advice(self, e: n.Lambda, wanted: int) -> Advice: ...

    @abstractmethod
    def count_advice(self, e: n.Call, name: str) -> Advice: ...


_UNITS = {"day": "d", "month": "M", "year": "y", "hour": "h", "minute": "m", "second": "s", "week": "w", "quarter": "q"}


def _meant_choice(text: str, choices: tuple[str, ...]) -> str | None:
    """The choice that a text in other case, in the plural or written out must mean."""
    word = text.lower().removesuffix("s")
    by_case = {choice.lower(): choice for choice in choices}
    found = by_case.get(text.lower()) or by_case.get(word) or _UNITS.get(word)
    return found if found in choices else None


def entity_overload(builtin: Builtin, entity: Entity, keys: tuple[Type, ...]) -> Overload:
    """The signature of an entity logic for one entity; several keys make several parameters."""
    key = keys[0] if len(keys) == 1 else ANY
    bound: dict[str, Type] = {"E": entity, "PK": key}
    plain = builtin.overloads[0]
    params = [Parameter(p.name, substitute(p.type, bound), p.optional) for p in plain.params]
    if builtin.name in ("get", "delete") and len(keys) > 1:
        params = [Parameter(f"key{i}", type_) for i, type_ in enumerate(keys, 1)]
    short = entity.name.rpartition(".")[2]
    text = plain.text.replace(": E", f": {short}").replace("<E>", f"<{short}>").replace("PK", show(key))
    return Overload((), tuple(params), substitute(plain.result, bound), text)
