# ruff: noqa: E501 - trees of JSON are read better on long lines
"""JSON AST and text: a real application comes back as it was, every concept both ways, nothing hostile becomes code."""

import json
from pathlib import Path
from typing import Any

import pytest

from naslforge import cli
from naslforge.lang import Source, check, differences, format_source, to_ast, to_text
from naslforge.records import Task
from naslforge.synth import families

APP = Path(__file__).parents[1].parent / "shared" / "conformance" / "apps" / "app_a.json"
SUITE = Path(__file__).parents[1] / "src" / "naslforge" / "evals" / "suites" / "untouched.jsonl"
LONG = {"concept": "TypeAnnotation", "typeKind": "primitive", "typeNamespace": "nasl.core", "typeName": "Long"}
TEXT = {**LONG, "typeName": "String"}


def app(**parts: Any) -> dict[str, Any]:
    return {"concept": "App", **parts}


def node(concept: str, **fields: Any) -> dict[str, Any]:
    return {"concept": concept, **fields}


def name(text: str) -> dict[str, Any]:
    return node("Identifier", name=text)


def number(text: str) -> dict[str, Any]:
    return node("NumericLiteral", value=text)


def logic(*body: dict[str, Any], **more: Any) -> dict[str, Any]:
    items = [node("Start"), *body, node("End")]
    params = [node("Param", name="a", typeAnnotation=LONG), node("Param", name="s", typeAnnotation=TEXT)]
    returns = [node("Return", name="result", typeAnnotation=LONG)]
    fields = {"params": params, "returns": returns, "variables": [], **more}
    return app(logics=[node("Logic", name="f", body=items, **fields)])


def there_and_back(ast: dict[str, Any]) -> tuple[str, list[str]]:
    """The text of an AST, and where the AST that comes back from it differs."""
    made = to_text(ast)
    assert made.diagnostics == []
    checked = check([Source("app.ts", made.text)])
    assert [d.message for d in checked.errors] == [], made.text
    assert format_source(made.text) == made.text
    back = to_ast(checked, json.loads(json.dumps(made.carried)))
    left_out = {part: back[part] for part in ALWAYS if part not in ast}  # an App has them, the small ones here do not
    return made.text, list(differences({**left_out, **ast}, back))


ALWAYS = ("backend", "configuration", "dataSources")


@pytest.mark.skipif(not APP.exists(), reason="needs ../shared/conformance beside the checkout")
def test_a_real_application_comes_back_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["convert", str(APP), "app.ts"]) == 0
    assert cli.main(["check", "app.ts"]) == 0
    assert cli.main(["convert", "app.ts", "back.json"]) == 0
    first, second = (json.loads(path.read_text("utf-8")) for path in (APP, tmp_path / "back.json"))
    assert list(differences(first, second)) == []


def test_differences_tell_real_ones_and_leave_drawing_out() -> None:
    first = logic(node("Assignment", left=name("result"), right=number("1"), offsetX=3))
    second = logic(node("Assignment", left=name("result"), right=number("1"), offsetX=9, label="x"))
    third = logic(node("Assignment", left=name("result"), right=number("2")))
    assert list(differences(first, second)) == []
    assert list(differences(first, third)) == ["logics[0].body[1].right.value: '1' is not '2'"]


def assign(right: dict[str, Any]) -> dict[str, Any]:
    return node("Assignment", left=name("result"), right=right)


def binary(op: str, left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    return node("BinaryExpression", left=left, right=right, operator=op)


def call(concept: str, space: str, callee: str, **args: dict[str, Any]) -> dict[str, Any]:
    given = [node("Argument", keyword=word, expression=value) for word, value in args.items()]
    return node(concept, calleeNamespace=space, calleeName=callee, arguments=given)


def if_(test: dict[str, Any], then: list[Any], other: list[Any]) -> dict[str, Any]:
    return node("IfStatement", test=test, consequent=then, alternate=other)


STATEMENTS: dict[str, tuple[dict[str, Any], str]] = {
    "assignment": (assign(binary("+", name("a"), number("2"))), "result = a + 2;"),
    "precedence": (assign(binary("*", binary("+", name("a"), number("2")), name("a"))), "result = (a + 2) * a;"),
    "library": (assign(call("CallFunction", "nasl.util", "Length", str=name("s"))), "nasl.util.Length(s)"),
    "if": (if_(binary(">", name("a"), number("1")), [assign(number("1"))], [assign(number("2"))]), "} else {"),
    "else if": (
        if_(binary(">", name("a"), number("1")), [], [if_(binary("<", name("a"), number("0")), [node("End")], [])]),
        "} else if (a < 0) {",
    ),
    "while": (
        node("WhileStatement", test=binary("<", name("result"), name("a")),
             body=[assign(binary("+", name("result"), number("1")))]),
        "while (result < a) {",
    ),
    "for each": (
        node("ForEachStatement", each=call("CallFunction", "nasl.util", "Split", str=name("s"), separator=node("StringLiteral", value=",")),
             start=number("0"), end=None, item=node("Param", name="part"), index=node("Param", name="i"),
             body=[assign(binary("+", name("result"), call("CallFunction", "nasl.util", "Length", str=name("part"))))]),
        "for (const [i, part] of ListEntries(nasl.util.Split(s, ','))) {",
    ),
    "match": (
        assign(node("Match", isExpression=True, expression=name("a"), cases=[
            node("MatchCase", patterns=[number("1"), number("2")], body=[number("10")]),
            node("MatchCase", patterns=[], body=[number("20")])])),
        "if (_value === 1 || _value === 2) {",
    ),
    "comment": (node("Comment", value="why\nso"), "/* why"),
    "awkward comment": (node("Comment", value=" */ evil(); /* \n\n"), "* / evil"),
    "negation": (if_(node("UnaryExpression", operator="!", argument=binary("==", name("a"), number("1"))), [], []), "!(a == 1)"),
    "is null": (if_(node("UnaryExpression", operator="isNull", argument=name("s")), [], []), "IS_NULL(s)"),
    "like": (if_(binary("like", name("s"), node("StringLiteral", value="%x")), [], []), "LIKE(s, '%x')"),
    "template": (
        assign(call("CallFunction", "nasl.util", "Length", str=node("StringInterpolation", expressions=[
            node("StringLiteral", value="No. ` ${x} \\ "), name("a")]))),
        "${a}`",
    ),
    "list": (
        assign(call("CallFunction", "nasl.util", "ListSum", list=node("NewList", items=[name("a"), number("3")], typeAnnotation={
            "concept": "TypeAnnotation", "typeKind": "generic", "typeNamespace": "nasl.collection", "typeName": "List", "typeArguments": [LONG]}))),
        "nasl.util.NewList<Long>([a, 3])",
    ),
    "map": (
        assign(call("CallFunction", "nasl.util", "MapGet", map=node("NewMap", keys=[node("StringLiteral", value="k-1"), name("s")], values=[name("a"), number("3")], typeAnnotation={
            "concept": "TypeAnnotation", "typeKind": "generic", "typeNamespace": "nasl.collection", "typeName": "Map", "typeArguments": [TEXT, LONG]}), key=name("s"))),
        "nasl.util.NewMap<String, Long>({ 'k-1': a, [s]: 3 })",
    ),
    "lambda": (
        assign(call("CallFunction", "nasl.util", "Length", list=call("CallFunction", "nasl.util", "ListFilter",
            list=call("CallFunction", "nasl.util", "Split", str=name("s"), separator=node("StringLiteral", value=",")),
            by=node("AnonymousFunction", params=[node("Param", name="x")], body=binary("!=", name("x"), name("s")))))),
        "(x) => x != s",
    ),
    "error handling of a call": (
        {**call("CallLogic", "nasl.logging", "INFO", 模板=name("s")), "handleError": True, "errorMessage": "e"},
        "nasl.logging.INFO(s);",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", STATEMENTS)
def test_statements_and_expressions_both_ways(kind: str) -> None:
    statement, expected = STATEMENTS[kind]
    text, differing = there_and_back(logic(statement))
    assert expected in text
    assert differing == []


ORDER = node("Entity", name="Order", tableName="t_order", description="Orders", properties=[
    node("EntityProperty", name="id", typeAnnotation=LONG, primaryKey=True, generationRule="auto", columnName="id"),
    node("EntityProperty", name="customerId", typeAnnotation=LONG, relationNamespace="app.dataSources.defaultDS.entities",
         relationEntity="Customer", relationProperty="id", deleteRule="protect", generationRule="manual"),
    node("EntityProperty", name="no", typeAnnotation=TEXT, required=True, label="编号", generationRule="manual",
         rules=["maxLength(20)"], display={"inTable": True, "inForm": False}, databaseTypeAnnotation={"typeName": "varchar"}),
], indexes=[node("EntityIndex", name="uni_no", indexName="uni_no", propertyNames=["no"], unique=True)])  # fmt: skip
CUSTOMER = node("Entity", name="Customer", properties=[
    node("EntityProperty", name="id", typeAnnotation=LONG, primaryKey=True, generationRule="auto"),
    node("EntityProperty", name="name", typeAnnotation=TEXT, generationRule="manual")])  # fmt: skip
SOURCE = [node("DataSource", name="defaultDS", ddlStrategy="all", entities=[ORDER, CUSTOMER])]
ENTITIES = "app.dataSources.defaultDS.entities"


def test_data_both_ways() -> None:
    status = node("Enum", name="Status", enumItems=[
        node("EnumItem", value="open", label=node("StaticString", value="Open", i18nKey="k")), node("EnumItem", value="paid")])  # fmt: skip
    level = node("Enum", name="Level", valueType=LONG, enumItems=[
        node("EnumItem", value="1", label=node("StaticString", value="Low")), node("EnumItem", value="2")])  # fmt: skip
    line = node("Structure", name="Line", properties=[
        node("StructureProperty", name="price", typeAnnotation=LONG, jsonName="p", description="Price",
             defaultValue=node("DefaultValue", expression=number("0")))])  # fmt: skip
    role = node("Role", name="DEV-Admin", uuid="1", description="who may do all")
    mail = node("MetadataType", name="Mail", typeAnnotation=TEXT, label="m", rules=["email"])
    text, differing = there_and_back(
        app(dataSources=SOURCE, structures=[line], enums=[status, level], roles=[role], metadataTypes=[mail])
    )
    assert differing == []
    for part in (
        "@Index({ name: 'uni_no', properties: ['no'], unique: true })",
        "DEV_Admin",
        "/** Open */",
        "type Mail",
    ):
        assert part in text


def test_queries_both_ways() -> None:
    def field(row: str, prop: str, **more: Any) -> dict[str, Any]:
        return node("QueryFieldExpression", entityAsName=row, propertyName=prop, **more)

    join = node("QueryJoinExpression", joinType="LEFT", entityNamespace=ENTITIES, entityName="Customer", asName="Customer",
                onExpressions=[binary("==", field("Order", "customerId"), field("Customer", "id"))], joinParts=[])  # fmt: skip
    query = node(
        "CallQueryComponent",
        **{"from": node("QueryFromExpression", entityNamespace=ENTITIES, entityName="Order", asName="Order", joinParts=[join])},
        where=binary("&&", binary("==", field("Order", "no"), name("s")), binary("like", field("Customer", "name"), name("s"))),
        groupBy=[node("QueryGroupByExpression", groupElement=field("Customer", "name"))],
        having=binary(">", node("QueryAggregateExpression", aggregateName="COUNT", aggregateParam=field("Order", "id")), number("1")),
        orderBy=[node("QueryOrderByExpression", orderElement=field("Customer", "name"), order=node("StringLiteral", value="DESC"))],
        select=node("QuerySelectExpression", selectElements=[field("Customer", "name", asName="who"),
                    node("QueryAggregateExpression", aggregateName="COUNTD", aggregateParam=field("Order", "no"), asName="n")]),
        limit=node("QueryLimitExpression", pageElement=number("1"), pageSizeElement=name("a")),
    )  # fmt: skip
    ast = logic(assign(call("CallFunction", "nasl.util", "Length", list=query)))
    text, differing = there_and_back({**ast, "dataSources": SOURCE})
    assert differing == []
    for part in (
        ".LEFT_JOIN(",
        "ON(Order.customerId == Customer.id)",
        ".HAVING(COUNT(Order.id) > 1)",
        "COUNT_DISTINCT(",
    ):
        assert part in text


def test_older_forms_come_back_as_long_as_their_text_stands() -> None:
    batch = node("BatchAssignment", left=node("SelectMembers", expression=name("o"), members=[
        node("MemberExpression", object=name("o"), property=name("no")), node("MemberExpression", object=name("o"), property=name("id"))]),
        rights=[name("s"), name("a")], assignmentLines=[{"leftIndex": [0], "rightIndex": 0}, {"leftIndex": [1], "rightIndex": 1}])  # fmt: skip
    switch = node("SwitchStatement", cases=[
        node("SwitchCase", test=binary("==", name("a"), number("1")), consequent=[assign(number("1"))]),
        node("SwitchCase", test=binary("==", name("a"), number("2")), consequent=[assign(number("2"))]),
        node("SwitchCase", consequent=[assign(number("3"))])])  # fmt: skip
    many = assign(node("VariadicExpression", operator="+", arguments=[name("a"), number("1"), number("2")]))
    order = {"concept": "TypeAnnotation", "typeKind": "reference", "typeNamespace": ENTITIES, "typeName": "Order"}
    ast = {
        **logic(assign(number("0")), batch, switch, many, variables=[node("Variable", name="o", typeAnnotation=order)]),
        "dataSources": SOURCE,
    }
    text, differing = there_and_back(ast)
    assert differing == [] and "o.no = s;" in text and "} else if (a == 2) {" in text and "result = a + 1 + 2;" in text
    made = to_text(ast)
    changed = check([Source("app.ts", made.text.replace("o.no = s;", "o.no = 'x';").replace("a + 1 + 2", "a + 1 + 3"))])
    concepts = [item["concept"] for item in to_ast(changed, made.carried)["logics"][0]["body"]]
    assert concepts == ["Start", "Assignment", "Assignment", "Assignment", "SwitchStatement", "Assignment", "End"]


def test_pages_both_ways() -> None:
    handler = node("Logic", name="click", params=[], returns=[], variables=[], body=[
        node("Start"), node("Assignment", left=name("n"), right=binary("+", name("n"), number("1"))),
        node("Destination", viewNamespace="app.frontendTypes.pc.frontends.pc.views", viewName="other", target="_self",
             arguments=[node("Argument", keyword="id", expression=name("n"))]), node("End")])  # fmt: skip
    refresh = call("CallLogic", "$refs.table", "reload")
    button = node("ViewElement", tag="u-button", name="b1", bindAttrs=[
        node("BindAttribute", name="text", type="string", value="Go"),
        node("BindAttribute", name="disabled", type="dynamic", expression=binary(">", name("n"), number("3")))],
        bindEvents=[node("BindEvent", name="click", logics=[handler])],
        bindDirectives=[node("BindDirective", name="if", type="dynamic", expression=binary("!=", name("n"), number("9")))])  # fmt: skip
    column = node("ViewElement", tag="u-table-view-column", name="c1", bindAttrs=[], children=[
        node("ViewElement", tag="u-text", name="t1", slotTarget="title", bindAttrs=[node("BindAttribute", name="text", type="string", value='say "hi"')]),
        node("ViewElement", tag="u-text", name="t2", slotTarget="cell", slotScope="current", bindAttrs=[
            node("BindAttribute", name="text", type="dynamic", expression=node("MemberExpression", property=name("no"),
                 object=node("MemberExpression", object=name("current"), property=name("item"))))])])  # fmt: skip
    rows = node("CallQueryComponent", select=node("QuerySelectExpression", selectElements=[], star=True),
                **{"from": node("QueryFromExpression", entityNamespace=ENTITIES, entityName="Order", asName="Order")})  # fmt: skip
    load = node("Logic", name="load", params=[], variables=[], body=[node("Start"), node("Assignment", left=name("result"), right=rows), node("End")],
                returns=[node("Return", name="result", typeAnnotation={"concept": "TypeAnnotation", "typeKind": "generic",
                "typeNamespace": "nasl.collection", "typeName": "List", "typeArguments": [{"concept": "TypeAnnotation",
                "typeKind": "reference", "typeNamespace": ENTITIES, "typeName": "Order"}]})])  # fmt: skip
    table = node("ViewElement", tag="u-table-view", name="table", children=[column], bindAttrs=[
        node("BindAttribute", name="dataSource", type="dynamic", expression=call("CallLogic", "app.logics", "load")),
        node("BindAttribute", name="pageSize", type="static", value="20")])  # fmt: skip
    field = node("ViewElement", tag="u-input", name="i1", staticStyle="width: 10px", bindAttrs=[
        node("BindAttribute", name="value", type="dynamic", sync=True, expression=name("word"))])  # fmt: skip
    root = node("ViewElement", tag="u-linear-layout", name="root", children=[button, table, field])
    view = node("View", name="orders", title="Orders", auth=True, isIndex=False, bindRoles=["x"], elements=[root],
                params=[node("Param", name="n", typeAnnotation=LONG)], logics=[], children=[],
                variables=[node("Variable", name="word", typeAnnotation=TEXT)],
                bindEvents=[node("BindEvent", name="created", logics=[
                    node("Logic", name="click", params=[], returns=[], variables=[], body=[node("Start"), refresh, node("End")])])])  # fmt: skip
    other = node("View", name="other", elements=[node("ViewElement", tag="u-text", name="x"), node("ViewElement", tag="u-text", name="y")],
                 params=[node("Param", name="id", typeAnnotation=LONG)], variables=[], logics=[], bindEvents=[], children=[])  # fmt: skip
    frontend = node("Frontend", name="pc", path="/", title="PC", views=[view, other])
    text, differing = there_and_back(
        app(
            dataSources=SOURCE,
            logics=[load],
            frontendTypes=[node("FrontendType", name="pc", kind="pc", frontends=[frontend])],
        )
    )
    assert differing == []
    for part in (
        "$sync(word)",
        "slotCell={(current) =>",
        "_if={n != 9}",
        'ref="table"',
        "pageSize={20}",
        "@auth",
        "onCreated",
    ):
        assert part in text


def test_what_has_no_text_is_reported_and_keeps_its_place() -> None:
    made = to_text(logic(node("Unparsed", code="x"), assign(number("1")), node("SubLogic")))
    assert len(made.diagnostics) == 2 and {d.rule.code for d in made.diagnostics} == {"NF920"}
    assert made.text.count("not convertible") == 2 and "result = 1;" in made.text
    assert "logics[0].body[1]" in made.diagnostics[0].message


BAD_NAMES = ("a b", "1a", "a;evil()", "export", "a.b", "a\nb", "", None, 5, ["x"], "*/", "x = 1; //", "__proto__ {")
HOSTILE: list[Any] = [
    None, 1, "x", [], {}, {"concept": 1}, {"concept": "Nothing"}, app(logics="x"), app(logics=[1, None, {"concept": "Logic"}]),
    app(structures=[node("Structure", name="S", properties=[node("StructureProperty", name="p")])]), app(frontendTypes=5),
    logic({"concept": "Assignment"}), logic(node("IfStatement", test=5)), logic(assign(number("1e999"))), logic(assign(number("1;evil()"))),
    logic(assign(node("BinaryExpression", operator="; evil() +", left=number("1"), right=number("2")))),
    logic(node("CallFunction", calleeNamespace="nasl.util; evil()", calleeName="x")), logic(node("Comment", value=["x"])),
    logic(node("JSBlock", code="*/ process.exit() /*")), app(dataSources=[node("DataSource", name="x y", entities=[ORDER])]),
    logic(description="*/ evil() /*"), logic(title="x\n */ evil()"), logic(assign(node("StringLiteral", value="'; evil(); '\u2028\ud800"))),
    *(app(logics=[node("Logic", name=bad, body=[])]) for bad in BAD_NAMES),
    *(app(structures=[node("Structure", name="S", properties=[node("StructureProperty", name=bad, typeAnnotation=LONG)])]) for bad in BAD_NAMES),
    *(app(enums=[node("Enum", name="E", enumItems=[node("EnumItem", value=bad)])]) for bad in BAD_NAMES),
    *(logic(assign(name(bad))) for bad in BAD_NAMES),  # type: ignore[arg-type]
]  # fmt: skip


@pytest.mark.parametrize("number_", range(len(HOSTILE)))
def test_nothing_in_a_hostile_ast_becomes_code(number_: int) -> None:
    ast = HOSTILE[number_]
    try:
        text = to_text(ast).text
    except ValueError:
        return
    checked = check([Source("app.ts", text)])
    called = [node for unit in checked.units for node in unit.walk() if type(node).__name__ == "Call"]
    assert not any("evil" in call.callee.span.text or "process" in call.callee.span.text for call in called)
    assert not any(d.rule.code < "NF190" for d in checked.errors), text


def test_deep_and_wide_asts_end() -> None:
    deep = number("1")
    for _ in range(5_000):
        deep = binary("+", deep, number("1"))
    with pytest.raises(ValueError, match="levels deep"):
        to_text(logic(assign(deep)))
    less = number("1")
    for _ in range(180):
        less = binary("+", less, number("1"))
    made = to_text(logic(assign(less), assign(number("1"))))
    assert "nested too deeply" in made.diagnostics[0].message and "result = 1;" in made.text
    wide = to_text(logic(*(assign(number(str(i))) for i in range(3_000))))
    assert wide.text.count("result =") == 3_000


def references() -> list[tuple[str, str, str]]:
    tasks = [*Task.read(SUITE), *families.generate(seed=11, count=112)]
    return [(t.id, t.context, t.meta["reference"]) for t in tasks if t.meta.get("reference")]


@pytest.mark.parametrize(("context", "text"), [(c, t) for _, c, t in references()], ids=[i for i, _, _ in references()])
def test_our_own_programs_come_back(context: str, text: str) -> None:
    checked = check([Source("program.ts", f"{context}\n{text}")])
    if checked.errors:
        pytest.skip("the context declares what the program defines")
    first = to_ast(checked)
    made = to_text(first)
    assert made.diagnostics == []
    again = check([Source("again.ts", made.text)])
    assert [d.message for d in again.errors] == [], made.text
    assert list(differences(first, to_ast(again, made.carried))) == []


@pytest.mark.parametrize(
    "words", [["a.ts", "b.ts"], ["a.json", "b.json"], ["none.json", "b.ts"], ["none.ts", "b.json"]]
)
def test_wrong_files_are_told(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["convert", *words]) == 2
    assert "Traceback" not in capsys.readouterr().err
