"""Rules of whole projects: where declarations stand, and what the tags of their doc comments say."""

import re
from collections.abc import Iterator

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.elements import route
from naslforge.lang.check.facts import Facts
from naslforge.lang.check.suggest import Advice, Words, hint, likely, listed, near_name, replace
from naslforge.lang.components import components
from naslforge.lang.diagnostics import Label
from naslforge.lang.scope import Declared
from naslforge.lang.source import Span
from naslforge.lang.types import ANY, BOOLEAN, VOID, EnumType, Primitive, Structure, Type, Unknown, show

_NAME = r"[\w$]+"
# Namespaces and what stands in them.
_PLACES: tuple[tuple[str, tuple[type[n.Node], ...]], ...] = (
    (rf"app\.dataSources\.{_NAME}\.entities", (n.Class,)),
    (r"app\.structures", (n.Class,)),
    (r"app\.enums", (n.Enum,)),
    (r"app\.logics", (n.Function,)),
    (r"app\.backend\.variables", (n.Let,)),
    (rf"app\.frontendTypes\.{_NAME}\.frontends\.{_NAME}\.views(\.{_NAME}\.views)*", (n.View,)),
    (rf"app\.frontendTypes\.{_NAME}\.frontends\.{_NAME}\.variables", (n.Let,)),
    (rf"app\.frontendTypes\.{_NAME}\.frontends\.{_NAME}\.logics", (n.Function,)),
    (r"app\.processes", (n.Class,)),
    (r"app\.processV2s", (n.Class,)),
    (rf"app\.configuration\.groups\.{_NAME}\.properties", (n.Let,)),
    (r"app\.roles", (n.Let,)),
    (r"app\.authLogics|app\.authLogicsForCallInterface|app\.overriddenLogics", (n.Function,)),
    (r"app\.metadataTypes", (n.Alias,)),
    (r"app\.interfaces", (n.Function,)),
)
_OUTSIDE = re.compile(r"(apis|connector|extensions|sharedApp)(\.|$)")
_KNOWN = (
    "app.logics", "app.structures", "app.enums", "app.dataSources.defaultDS.entities", "app.backend.variables",
    "app.frontendTypes.pc.frontends.pc.views", "app.frontendTypes.pc.frontends.pc.variables",
    "app.frontendTypes.pc.frontends.pc.logics", "app.frontendTypes.h5.frontends.h5.views", "app.processV2s",
    "app.roles", "app.authLogics", "app.overriddenLogics", "app.metadataTypes",
)  # fmt: skip
_SHORT = {
    "entities": "app.dataSources.defaultDS.entities", "views": "app.frontendTypes.pc.frontends.pc.views",
    "pages": "app.frontendTypes.pc.frontends.pc.views", "variables": "app.backend.variables",
    "models": "app.structures", "types": "app.structures", "services": "app.logics", "functions": "app.logics",
    "processes": "app.processV2s",
}  # fmt: skip
_WANTED = {
    n.Class: ("`app.structures`", "a structure", "结构"), n.Enum: ("`app.enums`", "an enum", "枚举"),
    n.Function: ("`app.logics`", "a logic", "逻辑"), n.Alias: ("`app.metadataTypes`", "an alias type", "别名类型"),
    n.Let: ("`app.backend.variables`", "a variable", "变量"),
    n.View: ("`app.frontendTypes.pc.frontends.pc.views`", "a page", "页面"),
}  # fmt: skip
_PROPAGATION = ("REQUIRED", "REQUIRES_NEW", "SUPPORTS", "NOT_SUPPORTED", "MANDATORY", "NEVER")
_ISOLATION = ("DEFAULT", "READ_UNCOMMITTED", "READ_COMMITTED", "REPEATABLE_READ", "SERIALIZABLE")
_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
_HOOKS = ("getUserResources", "checkPermission", "uploadResource", "removeToken", "createToken", "getUser")
_CRON_FIELD = re.compile(r"[\d*?/,\-LW#]+|[A-Za-z]{3}([,\-][A-Za-z]{3})*")
# A tag, what carries it, and what that is called.
_TAG_PLACES: dict[str, tuple[str, str, str]] = {
    "transactional": ("server", "logics of the server", "服务端逻辑"),
    "timer": ("server", "logics of the server", "服务端逻辑"),
    "rest": ("server", "logics of the server and interfaces", "服务端逻辑和接口"),
    "scope": ("backend", "variables of `app.backend.variables`", " `app.backend.variables` 的变量"),
    "localCache": ("frontend", "variables of a frontend", "前端变量"),
    "index": ("page", "pages", "页面"),
    "crumb": ("page", "pages", "页面"),
    "connection": ("connector", "logics of connectors", "连接器逻辑"),
}


class Project:
    """Looks at every declaration of the author's text."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.routes: dict[str, Declared] = {}
        self.start_pages: dict[str, Declared] = {}
        self.wrong: set[str] = set()  # namespaces that were reported

    def check(self) -> None:
        for declared in self.facts.symbols.by_name.values():
            self._place(declared)
            doc = getattr(declared.node, "doc", None)
            if isinstance(doc, n.Doc):
                self._tags(declared, doc)
            self._kind(declared)
        self._pages()

    # --- where things stand

    def _place(self, declared: Declared) -> None:
        namespace, node = declared.name.rpartition(".")[0], declared.node
        if _OUTSIDE.match(namespace):
            if isinstance(node, n.Function) and node.body is not None and not namespace.startswith("sharedApp"):
                self.facts.report(rules.BODY_OF_DECLARED, node.name.span, name=node.name.name)
            return
        held = next((kinds for pattern, kinds in _PLACES if re.fullmatch(pattern, namespace)), None)
        if held is None:
            self._unknown_namespace(namespace, node)
        elif not isinstance(node, held):
            wanted, what, zh = _WANTED[type(node)]
            facts: Words = {"name": namespace, "what": what, "what_zh": zh, "wanted": wanted}
            self.facts.report(rules.WRONG_NAMESPACE, node.name.span, **facts)

    def _unknown_namespace(self, namespace: str, node: n.Node) -> None:
        if namespace in self.wrong:
            return
        self.wrong.add(namespace)
        meant = _SHORT.get(namespace.rpartition(".")[2]) or (
            f"app.{namespace}" if f"app.{namespace}" in _KNOWN else None
        )
        near, sure = (meant, False) if meant else likely(namespace, _KNOWN, 0.7)
        place = self._namespace_span(node)
        words = hint(near, place if place.text == namespace else None, safe=sure)
        self.facts.report(rules.UNKNOWN_NAMESPACE, place, name=namespace, fixes=words.fixes, **words.near)

    def _namespace_span(self, node: n.Node) -> Span:
        """The name of the innermost namespace around a declaration."""
        data, best = node.span.source.data, None
        for found in re.finditer(rb"\bnamespace\s+([\w$.]+)", data[: node.span.start]):
            best = found
        return node.span.source.span(*best.span(1)) if best is not None else node.span.at_start()

    # --- kinds of declarations

    def _kind(self, declared: Declared) -> None:
        name, node = declared.name, declared.node
        if isinstance(node, n.Let):
            self._variable(name, node)
        elif isinstance(node, n.Alias) and name.startswith("app.metadataTypes."):
            self._alias(node)
        elif isinstance(node, n.Function):
            self._logic(name, node)
        elif isinstance(node, n.Class | n.Enum):
            self._type_name(node)
            if isinstance(node, n.Enum):
                self._enum(node)

    def _variable(self, name: str, node: n.Let) -> None:
        type_ = self.facts.names.get(node)
        if name.startswith("app.roles."):
            role = isinstance(type_, Structure) and type_.name == "nasl.auth.Role"
            if not role and not isinstance(type_, Unknown):
                fixes = [replace(node.type.span, "nasl.auth.Role", safe=True)] if node.type is not None else []
                self.facts.report(rules.ROLE_TYPE, node.name.span, name=node.name.name, fixes=fixes)
        elif (
            name.startswith("app.configuration.")
            and type_ is not None
            and not isinstance(type_, Primitive | EnumType | Unknown)
        ):
            self.facts.report(rules.CONFIGURATION_TYPE, (node.type or node.name).span, given=f"`{show(type_)}`")

    def _alias(self, node: n.Alias) -> None:
        self.facts.muted += 1
        type_: Type = self.facts.annotation(node.type)  # type: ignore[attr-defined]
        self.facts.muted -= 1
        if not isinstance(type_, Primitive | Unknown):
            self.facts.report(rules.ALIAS_TYPE, node.type.span, given=f"`{show(type_)}`")

    def _logic(self, name: str, node: n.Function) -> None:
        result = self.facts.results.get(node)
        right = result in (None, BOOLEAN, ANY) or isinstance(result, Unknown)
        if name.startswith("app.authLogics.") and result is not None and not right:
            given = ("nothing", "空") if result is VOID else (f"`{show(result)}`",) * 2
            self.facts.report(rules.AUTH_LOGIC_RESULT, node.name.span, given=given[0], given_zh=given[1])
        if name.startswith("app.overriddenLogics.") and node.name.name not in _HOOKS:
            words = near_name(node.name.name, _HOOKS, node.name.span)
            facts: Words = {"name": node.name.name, "known": listed(_HOOKS)}
            self.facts.report(rules.UNKNOWN_HOOK, node.name.span, fixes=words.fixes, **facts, **words.near)
        if re.match(r"apis\.", name) and (node.doc is None or node.doc.tag("rest") is None):
            self.facts.report(rules.REST_NOT_DESCRIBED, node.name.span, name=node.name.name)

    def _type_name(self, node: n.Class | n.Enum) -> None:
        name = node.name.name
        if name[:1].islower():
            wanted = name[:1].upper() + name[1:]
            self.facts.report(rules.TYPE_NAME_CASE, node.name.span, wanted=wanted)

    def _enum(self, node: n.Enum) -> None:
        for member in node.members:
            if not isinstance(member, n.EnumMember) or not isinstance(member.value, n.Text):
                continue
            value = member.value.value
            if value != member.name.name and re.fullmatch(r"[^\W\d][\w$]*", value):
                self.facts.report(rules.ENUM_VALUE_NAME, member.span, value=value)

    # --- tags

    def _tags(self, declared: Declared, doc: n.Doc) -> None:
        for tag, text in doc.tags:
            place = _TAG_PLACES.get(tag)
            if place is not None and not self._carries(declared, place[0], tag):
                _, what, zh = _WANTED[type(declared.node)]
                span = tag_span(doc, tag)
                facts: Words = {"tag": tag, "wanted": place[1], "wanted_zh": place[2], "given": what, "given_zh": zh}
                self.facts.report(rules.TAG_PLACE, span, **facts)
                continue
            self._tag(declared, doc, tag, text)
        if doc.tag("auth") is not None and doc.tag("noAuth") is not None:
            self.facts.report(rules.OPPOSITE_TAGS, tag_span(doc, "noAuth"), first="auth", second="noAuth")

    def _carries(self, declared: Declared, kind: str, tag: str) -> bool:
        name, node = declared.name, declared.node
        match kind:
            case "server":
                return isinstance(node, n.Function) and ".frontends." not in name
            case "backend":
                return isinstance(node, n.Let) and name.startswith("app.backend.")
            case "frontend":
                return isinstance(node, n.Let) and ".frontends." in name
            case "page":
                return isinstance(node, n.View)
            case _:
                return isinstance(node, n.Function) and name.startswith(("connector.", "extensions."))

    def _tag(self, declared: Declared, doc: n.Doc, tag: str, text: str) -> None:
        node = declared.node
        if tag == "roles":
            self._roles(doc, text)
        elif tag == "transactional":
            self._transactional(doc, text)
        elif tag == "scope":
            self._choice(doc, tag, text.strip(), ("request", "application"))
        elif tag == "timer" and isinstance(node, n.Function):
            self._timer(doc, text.strip(), node)
        elif tag == "rest" and isinstance(node, n.Function):
            self._rest(declared, doc, text.strip(), node)

    def _roles(self, doc: n.Doc, text: str) -> None:
        known = [
            name.removeprefix("app.roles.") for name in self.facts.symbols.by_name if name.startswith("app.roles.")
        ]
        for role in re.split(r"[,，\s]+", text.strip()):
            if not role or role in known:
                continue
            span = tag_span(doc, "roles", role)
            words = near_name(role, known, span)
            self.facts.report(rules.UNKNOWN_ROLE, span, name=role, fixes=words.fixes, **words.near)

    def _transactional(self, doc: n.Doc, text: str) -> None:
        for word in text.split():
            self._choice(doc, "transactional", word, (*_PROPAGATION, *_ISOLATION))

    def _choice(self, doc: n.Doc, tag: str, word: str, known: tuple[str, ...]) -> None:
        if word in known:
            return
        near, sure = likely(word.replace("-", "_"), known)
        same = near is not None and near.lower() == word.lower().replace("-", "_")
        span = tag_span(doc, tag, word)
        words = hint(near, span if word else None, safe=sure or same)
        facts: Words = {"tag": tag, "known": listed(known), "given": word, **words.near}
        self.facts.report(rules.TAG_VALUE, span, fixes=words.fixes, **facts)

    def _timer(self, doc: n.Doc, text: str, node: n.Function) -> None:
        fields = text.strip("'\"").split()
        right = len(fields) in (6, 7) and all(_CRON_FIELD.fullmatch(field) for field in fields)
        span = tag_span(doc, "timer", text)
        if not right:
            five = len(fields) == 5 and all(_CRON_FIELD.fullmatch(field) for field in fields)
            made = " ".join(["0", *_quartz(fields)]) if five else ""
            words = Advice(f"; write `{made}`", f"，应写 `{made}`") if five else Advice()
            fixes = [replace(span, made)] if five else []
            self.facts.report(rules.CRON_FORM, span, fixes=fixes, **words.facts)
        if node.params:
            label = Label(span, "it runs by this timer", "由这个定时器触发")
            self.facts.report(rules.TIMER_PARAMETERS, node.params[0].span, labels=[label])

    # --- interfaces

    def _rest(self, declared: Declared, doc: n.Doc, text: str, node: n.Function) -> None:
        method, _, path = text.partition(" ")
        path = path.strip()
        span = tag_span(doc, "rest", text)
        if method not in _METHODS or not path.startswith("/") or " " in path:
            self._rest_form(span, method, path)
            return
        params = {p.name.name: p for p in node.params}
        named = re.findall(r"\{(\w+)\}", path)
        for name in named:
            if name not in params:
                place = tag_span(doc, "rest", f"{{{name}}}")
                near, sure = likely(name, params)
                words = hint(near, place, form="{{{}}}", safe=sure)
                facts: Words = {"name": name, "logic": node.name.name, **words.near}
                self.facts.report(rules.REST_PATH_NAME, place, fixes=words.fixes, **facts)
        self._rest_types(method, named, params)
        if declared.name.startswith("app."):
            self._duplicate_route(declared, span, f"{method} " + re.sub(r"\{\w+\}", "{}", path))

    def _rest_form(self, span: Span, method: str, path: str) -> None:
        words, fixes = Advice(), []
        if method.startswith("/") and not path:
            words = Advice("; here the method is missing", "，这里缺少方法")
            fixes = [replace(span, f"GET {method}")]
        elif method.upper() in _METHODS:
            made = f"{method.upper()} /{path.lstrip('/').replace(' ', '')}"
            words, fixes = Advice(f"; write `{made}`", f"，应写 `{made}`"), [replace(span, made, safe=" " not in path)]
        self.facts.report(rules.REST_FORM, span, fixes=fixes, **words.facts)

    def _rest_types(self, method: str, named: list[str], params: dict[str, n.Param]) -> None:
        for name, param in params.items():
            type_ = self.facts.names.get(param)
            if type_ is None or isinstance(type_, Primitive | EnumType | Unknown):
                continue
            if name in named:
                self.facts.report(rules.REST_PATH_TYPE, param.span, name=name, given=f"`{show(type_)}`")
            elif method in ("GET", "DELETE"):
                given = f"`{show(type_)}`"
                self.facts.report(rules.REST_QUERY_TYPE, param.span, method=method, name=name, given=given)

    def _duplicate_route(self, declared: Declared, span: Span, key: str) -> None:
        first = self.routes.setdefault(key, declared)
        if first is not declared:
            label = Label(first.node.name.span, "this one", "这一个")
            self.facts.report(rules.DUPLICATE_REST, span, labels=[label], route=key, name=first.node.name.name)

    # --- pages among each other

    def _pages(self) -> None:
        pages = {name: d for name, d in self.facts.symbols.by_name.items() if isinstance(d.node, n.View)}
        parents: dict[str, str] = {}
        for name, declared in pages.items():
            self._start_page(name, declared)
            if ".views." in (head := name.rpartition(".views.")[0]):
                parents.setdefault(head, name)
        for parent, child in parents.items():
            self._parent(parent, pages.get(parent), pages[child], pages)
        addresses = {"/" + route(name).partition(".")[2].replace(".", "/") for name in pages}
        for declared in pages.values():
            self._auth_paths(declared, addresses)

    def _start_page(self, name: str, declared: Declared) -> None:
        doc = declared.node.doc if isinstance(declared.node, n.View) else None
        if doc is None or doc.tag("index") is None:
            return
        frontend = name.partition(".views.")[0]
        first = self.start_pages.setdefault(frontend, declared)
        if first is not declared:
            label = Label(first.node.name.span, "this one", "这一个")
            name = first.node.name.name
            self.facts.report(rules.SEVERAL_START_PAGES, tag_span(doc, "index"), labels=[label], first=name)

    def _parent(self, name: str, parent: Declared | None, child: Declared, pages: dict[str, Declared]) -> None:
        short = name.rpartition(".")[2]
        if parent is None:
            siblings = [p.rpartition(".")[2] for p in pages if p.rpartition(".")[0] == name.rpartition(".")[0]]
            words = near_name(short, siblings)
            self.facts.report(rules.MISSING_PARENT_PAGE, self._namespace_span(child.node), name=short, **words.near)
            return
        assert isinstance(parent.node, n.View)
        tags = [e.tag.name for e in parent.node.walk() if isinstance(e, n.Element)]
        shown = any(tag.endswith("RouterView") or (tag not in components() and tag[:1] != "U") for tag in tags)
        if not shown and parent.node.root is not None and not isinstance(parent.node.root, n.Hole):
            self.facts.report(rules.PARENT_WITHOUT_ROUTER, parent.node.name.span, name=short)

    def _auth_paths(self, declared: Declared, addresses: set[str]) -> None:
        for text in _auth_texts(declared.node):
            path = text.value
            if path.startswith("/") and path not in addresses and path.rpartition("/")[0] not in addresses:
                words = near_name(path, addresses)
                self.facts.report(rules.UNKNOWN_AUTH_PATH, text.span, name=path, **words.near)


def _auth_texts(view: n.Node) -> Iterator[n.Text]:
    """The resource paths that a page names."""
    for part in view.walk():
        if isinstance(part, n.Attribute) and part.name.name == "_auth" and isinstance(part.value, n.Text):
            yield part.value


def _quartz(fields: list[str]) -> list[str]:
    """Five fields of a Unix cron: of day and weekday one must be `?`."""
    minute, hour, day, month, weekday = fields
    if weekday == "*":
        weekday = "?"
    elif day == "*":
        day = "?"
    return [minute, hour, day, month, weekday]


def tag_span(doc: n.Doc, tag: str, word: str = "") -> Span:
    """Where a tag stands in its comment, or a word behind it."""
    data, source = doc.span.source.data, doc.span.source
    found = re.compile(rb"@" + tag.encode() + rb"\b").search(data, doc.span.start, doc.span.end)
    if found is None:
        return doc.span
    if word:
        at = data.find(word.encode(), found.end(), doc.span.end)
        if at >= 0:
            return source.span(at, at + len(word.encode()))
    return source.span(found.start(), found.end())
