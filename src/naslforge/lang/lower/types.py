"""Types as written: `Long`, `List<app.structures.Line>`, `{ a: Long }`."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.diagnostics import Edit
from naslforge.lang.grammar import CST, field, parts
from naslforge.lang.lower.reader import Reader, method, safe

# what other TypeScript types are called, for the sentence about them
_FOREIGN = {
    "tuple_type": ("tuple types", "元组类型"),
    "literal_type": ("literal types", "字面量类型"),
    "intersection_type": ("intersection types", "交叉类型"),
    "conditional_type": ("conditional types", "条件类型"),
    "lookup_type": ("types such as `T['key']`", "`T['key']` 这样的类型"),
    "index_type_query": ("`keyof`", "`keyof`"),
    "type_query": ("`typeof` types", "`typeof` 类型"),
    "type_predicate": ("type predicates", "类型谓词"),
    "template_literal_type": ("template types", "模板类型"),
}


class TypeLowering(Reader):
    """Types of declarations, variables and type arguments."""

    def type(self, cst: CST) -> n.TypeExpr:
        with self.deeper():
            if cst.has_error and (cst.is_error or cst.is_missing):
                return self.hole(cst)
            return getattr(self, method("type", cst.type), self.type_foreign)(cst)

    def annotated(self, cst: CST | None) -> n.TypeExpr | None:
        """The type of `: T`, None where nothing is written."""
        inner = parts(cst) if cst is not None else []
        return self.type(inner[0]) if inner else None

    def type_args(self, cst: CST | None) -> tuple[n.TypeExpr, ...]:
        return tuple(self.type(part) for part in parts(cst)) if cst is not None else ()

    def type_foreign(self, cst: CST) -> n.Hole:
        what, what_zh = _FOREIGN.get(cst.type, ("such types", "这样的类型"))
        return self.unsupported(cst, what, what_zh)

    def type_predefined_type(self, cst: CST) -> n.TypeName:
        return n.TypeName(self.at(cst), self.path(cst))

    type_type_identifier = type_identifier = type_nested_type_identifier = type_predefined_type

    def type_literal_type(self, cst: CST) -> n.TypeExpr:
        if self.text(cst) in ("null", "undefined"):
            return n.TypeName(self.at(cst), "Null")
        return self.type_foreign(cst)

    def type_generic_type(self, cst: CST) -> n.TypeExpr:
        name, args = self.path(field(cst, "name")), self.type_args(field(cst, "type_arguments"))
        if name == "Promise" and len(args) == 1:
            inner = self.text(parts(field(cst, "type_arguments"))[0])
            self.fault(rules.ASYNC, cst, safe(f"write `{inner}`", [self.replace(cst, inner)]), word="Promise")
            return args[0]
        return n.TypeName(self.at(cst), name, args)

    def type_array_type(self, cst: CST) -> n.TypeExpr:
        item = parts(cst)[0]
        written = self.text(item)
        if item.type == "parenthesized_type":
            written = written[1:-1].strip()
        instead = f"List<{written}>"
        self.fault(rules.ARRAY_TYPE, cst, safe(f"write `{instead}`", [self.replace(cst, instead)]), instead=instead)
        return n.TypeName(self.at(cst), "List", (self.type(item),))

    def type_readonly_type(self, cst: CST) -> n.TypeExpr:
        self.fault(rules.MODIFIER, cst.children[0], word="readonly")
        return self.type(parts(cst)[-1])

    def type_object_type(self, cst: CST) -> n.TypeExpr:
        found = (self.type_field(part) for part in parts(cst))
        return n.TypeRecord(self.at(cst), tuple(f for f in found if f is not None))

    def type_field(self, cst: CST) -> n.TypeField | None:
        name, written = field(cst, "name"), field(cst, "type")
        if cst.type != "property_signature" or name is None or name.type == "computed_property_name":
            self.unsupported(cst, "such parts of a type", "类型中的这种写法")
            return None
        self.optional_mark(cst)
        type_ = self.annotated(written)
        if type_ is None:
            self.fault(rules.MISSING_TYPE, name, name=self.text(name))
            type_ = self.hole(name)
        return n.TypeField(self.at(cst), self.key_name(name), type_)

    def optional_mark(self, cst: CST) -> None:
        """`a?: T` of a property: every value may be null anyway."""
        mark = next((child for child in cst.children if child.type == "?"), None)
        if mark is not None:
            self.fault(rules.OPTIONAL_PROPERTY, mark, safe("leave out the `?`", [self.drop(mark)]))

    def key_name(self, cst: CST) -> n.Ident:
        """A property name; quotes round it are no part of it."""
        if cst.type == "computed_property_name":
            return self._computed_name(cst)
        text = self.text(cst)
        if cst.type == "string":
            text = text[1:-1]
            if not text.isprintable() or not text or "\\" in text:
                self.unsupported(cst, "names with such characters", "含有这类字符的名字")
        return n.Ident(self.at(cst), text)

    def _computed_name(self, cst: CST) -> n.Ident:
        """`['open'] = 'open'`: what stands in the brackets is the name itself."""
        inner = parts(cst)
        text = self.text(inner[0])[1:-1] if len(inner) == 1 and inner[0].type == "string" else ""
        fixes = [safe(f"write `{text}`", [self.replace(cst, text)])] if text.isidentifier() else []
        what, what_zh = "computed names here", "这里计算出来的名字"
        self.fault(rules.UNSUPPORTED_SYNTAX, cst, *fixes, what=what, what_zh=what_zh, advice="", advice_zh="")
        return n.Ident(self.at(cst), text or "?")

    def type_union_type(self, cst: CST) -> n.TypeExpr:
        members: list[n.TypeExpr] = []
        for part in parts(cst):
            if self.text(part) in ("null", "undefined") and len(parts(cst)) == 2:
                return self.nullable(cst, part)
            member = self.type(part)
            members += member.members if isinstance(member, n.TypeUnion) else [member]
        return n.TypeUnion(self.at(cst), tuple(members))

    def nullable(self, cst: CST, null: CST) -> n.TypeExpr:
        """`T | null`."""
        kept = next(part for part in parts(cst) if part.start_byte != null.start_byte)
        after = null.start_byte > kept.start_byte
        rest = (kept.end_byte, null.end_byte) if after else (null.start_byte, kept.start_byte)
        place = self.prepared.span(*rest)
        fix = safe("leave it out", [Edit(place, "")])
        self.fault(rules.NULLABLE_TYPE, place, fix, text=place.text.strip())
        return self.type(kept)

    def type_parenthesized_type(self, cst: CST) -> n.TypeExpr:
        return self.type(parts(cst)[0])

    def type_function_type(self, cst: CST) -> n.TypeExpr:
        params, result = field(cst, "parameters"), field(cst, "return_type")
        found = tuple(self.type_param(part) for part in parts(params)) if params is not None else ()
        return n.TypeFunction(self.at(cst), found, self.type(result) if result is not None else self.hole(cst))

    def type_param(self, cst: CST) -> n.Param:
        name = field(cst, "pattern") or cst
        return n.Param(self.at(cst), self.ident(name), self.annotated(field(cst, "type")))
