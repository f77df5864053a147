"""Which overload a call goes to: what its arguments are by themselves, and what each parameter would take."""

from dataclasses import dataclass, field

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.catalogue import Overload, Parameter
from naslforge.lang.check.facts import has_vars, substitute
from naslforge.lang.check.generics import Binding
from naslforge.lang.check.names import Names
from naslforge.lang.check.suggest import Words
from naslforge.lang.diagnostics import Edit, Fix
from naslforge.lang.types import (
    ANY,
    NULL,
    STRING,
    TEXTS,
    UNKNOWN,
    FunctionType,
    ListOf,
    Type,
    TypeVar,
    Unknown,
    fits,
    show,
)

_LITERALS = (n.ListLiteral, n.ObjectLiteral, n.Match, n.Conditional)
_OPEN = (Unknown, TypeVar)


@dataclass(slots=True)
class Target:
    """What a call goes to: its name for messages and its overloads. `row` is the entity a lambda runs over."""

    name: str
    overloads: tuple[Overload, ...]
    row: str | None = None
    clause: str = ""
    fixed: dict[str, Type] = field(default_factory=dict)  # type parameters known before any argument

    def signature(self, overload: Overload) -> str:
        return self.name.rpartition(".")[2] + overload.text


class Overloads(Names):
    """Chooses among the overloads of a target and binds its type parameters."""

    # --- choosing

    def count_fits(self, e: n.Call, overload: Overload) -> bool:
        return overload.least <= len(e.args) and (overload.most is None or len(e.args) <= overload.most)

    def first_look(self, arg: n.Expr) -> Type | None:
        """The type of an argument by itself; None for lambdas. Literals may change with the parameter's type."""
        if isinstance(arg, n.Lambda):
            return None
        if isinstance(arg, n.ListLiteral) and any(isinstance(item, n.Lambda) for item in arg.items):
            return UNKNOWN
        if not self.depends_on_place(arg):
            return self.value(arg)
        scope, known = self.looks.get(arg, (None, UNKNOWN))
        if scope is not self.scope:  # looked at once in a scope, however deep the calls around it are
            with self.rehearsal():
                known = self.value(arg)
            self.looks[arg] = (self.scope, known)
        return known

    def depends_on_place(self, arg: n.Expr) -> bool:
        if isinstance(arg, n.Call):
            return not arg.type_args and arg.span.source.data.startswith(b"nasl.util.New", arg.span.start)
        return isinstance(arg, _LITERALS)

    def choose(
        self,
        e: n.Call,
        target: Target,
        possible: list[int],
        given: list[Type | None],
        written: tuple[Type, ...],
        expected: Type | None,
    ) -> int:
        """The first overload that everything fits, else the one that most fits.

        Where an argument is null and so tells nothing, the place of the call does.
        """
        if len(possible) == 1:
            return possible[0]

        def score(index: int) -> int:
            overload = target.overloads[index]
            binding = self.bind(overload, target, given, written, e.args)
            pairs = zip(e.args, given, self.parameters(overload, len(e.args)), strict=True)
            right = sum(self.may_fit(arg, type_, param, binding) for arg, type_, param in pairs)
            return right + self._written_fit(overload, written)

        def place(index: int) -> bool:
            return expected is not None and NULL in given and target.overloads[index].result == expected

        return max(possible, key=lambda index: (score(index), place(index), -index))

    def _written_fit(self, overload: Overload, written: tuple[Type, ...]) -> bool:
        pairs = zip(overload.type_params, written, strict=False)
        return len(written) in (0, len(overload.type_params)) and all(within(v, t) for v, t in pairs)

    def may_fit(self, arg: n.Expr, given: Type | None, param: Parameter, binding: Binding) -> bool:
        wanted = substitute(param.type, binding.found)
        if isinstance(wanted, FunctionType):
            return isinstance(arg, n.Lambda) and len(arg.params) <= len(wanted.params) and self._body_fits(arg, wanted)
        if given is None:
            return False
        if has_vars(wanted, binding.names):
            return self.same_kind(given, wanted)
        return fits(given, wanted, self.fields_of) or self._literal_fits(arg, given, wanted)

    def _literal_fits(self, arg: n.Expr, given: Type, wanted: Type) -> bool:
        """A literal takes the wanted type when its parts fit, whatever it is by itself."""
        if isinstance(arg, n.ListLiteral) and isinstance(given, ListOf) and isinstance(wanted, ListOf):
            return fits(given.item, wanted.item, self.fields_of) or given.item is ANY
        return isinstance(arg, n.ObjectLiteral) and self.fields_of(wanted) is not None

    def _body_fits(self, arg: n.Lambda, wanted: FunctionType) -> bool:
        """Tells `ListSort`'s two forms of criteria apart."""
        wants_record = self.fields_of(wanted.result) is not None
        return isinstance(arg.body, n.ObjectLiteral) == wants_record or not isinstance(arg.body, n.ObjectLiteral)

    def same_kind(self, given: Type, wanted: Type) -> bool:
        """Could the type parameters in `wanted` still make it fit?"""
        if isinstance(wanted, TypeVar):
            return within(wanted, given)
        if given in (NULL, ANY) or isinstance(given, Unknown):
            return True
        if hasattr(wanted, "members"):
            return any(self.same_kind(given, m) or fits(given, m, self.fields_of) for m in wanted.members)
        return type(given) is type(wanted)

    # --- binding

    def bind(
        self,
        overload: Overload,
        target: Target,
        given: list[Type | None],
        written: tuple[Type, ...],
        args: tuple[n.Expr, ...],
    ) -> Binding:
        binding = Binding(tuple(v.name for v in overload.type_params), self.common)
        binding.found.update(target.fixed)
        if len(written) == len(overload.type_params):
            binding.found.update(zip(binding.names, written, strict=True))
            return binding
        if not binding.names:
            return binding
        for arg, type_, param in zip(args, given, self.parameters(overload, len(args)), strict=True):
            if type_ is not None:
                binding.learn(param.type, type_, literal=isinstance(arg, n.ListLiteral))
        return binding

    def parameters(self, overload: Overload, count: int) -> list[Parameter]:
        """The parameter of each of `count` arguments."""
        params = list(overload.params)
        if params and params[-1].variadic:
            params += [params[-1]] * (count - len(params))
        return params[:count]

    def _check_written(self, e: n.Call, target: Target, overload: Overload, written: tuple[Type, ...]) -> bool:
        wanted = len(overload.type_params)
        if len(written) != wanted:
            fixes = [] if wanted else [_without_type_args(e)]
            count: Words = {"wanted": wanted, "given": len(written)}
            self.report(rules.TYPE_ARGUMENTS, e.callee.span, fixes=fixes, name=target.name, **count)
            return False
        for node, variable, type_ in zip(e.type_args, overload.type_params, written, strict=True):
            if not within(variable, type_) or (type_ is ANY and variable.bounds):
                known = ", ".join(f"`{show(b)}`" for b in variable.bounds)
                facts: Words = {"name": target.name, "given": show(type_), "known": known}
                self.report(rules.TYPE_ARGUMENT_BOUND, node.span, **facts)
        return True


def within(variable: TypeVar, type_: Type) -> bool:
    """Is the type one of those the parameter may be?"""
    if not variable.bounds or type_ is ANY or type_ is NULL or isinstance(type_, _OPEN):
        return True
    return type_ in variable.bounds or (type_ in TEXTS and STRING in variable.bounds)


def _without_type_args(e: n.Call) -> Fix:
    start, source = e.callee.span.end, e.span.source
    end = source.data.index(b">", e.type_args[-1].span.end) + 1
    return Fix("leave the type arguments out", (Edit(source.span(start, end), ""),), "safe")
