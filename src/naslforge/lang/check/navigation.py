"""Ways from page to page: `nasl.ui.destination('pc.orders.detail', { orderId: 7 })`."""

from naslforge.lang import nodes as n
from naslforge.lang import rules
from naslforge.lang.check.elements import Elements, route
from naslforge.lang.check.suggest import Advice, Words, hint, likely, listed, near_name, quotes, replace
from naslforge.lang.scope import Declared
from naslforge.lang.types import ANY, NULL, UNKNOWN, Anonymous, Type, Unknown, fits


class Navigation(Elements):
    """Checks the pages that are named, and what they are given."""

    def check_side(self, e: n.Call, name: str) -> None:
        super().check_side(e, name)
        if name == "nasl.ui.destination" and e.args:
            self._destination(e)

    def pages(self) -> dict[str, Declared]:
        """Every page by the name that `destination` takes: terminal, parents, own name."""
        found: dict[str, Declared] = {}
        for name, declared in self.symbols.by_name.items():
            if isinstance(declared.node, n.View):
                found[route(name)] = declared
        return found

    def _destination(self, e: n.Call) -> None:
        page = self._page_named(e.args[0])
        if page is not None and len(e.args) > 1:
            self._page_arguments(e.args[1], page)

    def _page_named(self, e: n.Expr) -> Declared | None:
        if not isinstance(e, n.Text):
            if not isinstance(e, n.Hole):
                self._page_not_text(e)
            return None
        pages = self.pages()
        if e.value in pages:
            return pages[e.value]
        meant = self._page_meant(e.value, pages)
        near, sure = (meant, True) if meant else likely(e.value, pages)
        words = hint(near, e.span, form=quotes(e), safe=sure)
        if not near and pages:
            words = Advice(f"; there are: {listed(pages)}", f"；可用的有：{listed(pages)}")
        self.report(rules.UNKNOWN_PAGE, e.span, name=e.value, fixes=words.fixes, **words.near)
        return pages[meant] if meant else None

    def _page_not_text(self, e: n.Expr) -> None:
        """A page itself or its name without quotes."""
        text = e.span.text
        found = next((r for r, d in self.pages().items() if text in (d.name, r, d.name.rpartition(".")[2])), None)
        fixes = [replace(e.span, f"'{found}'", safe=True)] if found else []
        self.report(rules.PAGE_NAME_TEXT, e.span, fixes=fixes)

    def _page_meant(self, written: str, pages: dict[str, Declared]) -> str | None:
        """The one page that a full name, an address or a name without terminal means."""
        plain = written.strip("/").partition("?")[0].replace("/", ".")
        found = [r for r, d in pages.items() if plain in (r.partition(".")[2], d.name) or r.lower() == plain.lower()]
        found = found or [r for r in pages if r.rpartition(".")[2] == plain.rpartition(".")[2]]
        return found[0] if len(found) == 1 else None

    def _page_arguments(self, e: n.Expr, page: Declared) -> None:
        assert isinstance(page.node, n.View)
        params = {p.name.name: self.names.get(p, UNKNOWN) for p in page.node.params}
        if isinstance(e, n.ObjectLiteral):
            for entry in e.entries:
                if isinstance(entry.key, n.Ident):
                    self._page_argument(entry.key, entry.value, params, page)
            return
        given = self.value(e)
        if not isinstance(given, Anonymous | Unknown) and given not in (ANY, NULL):
            only = next(iter(params)) if len(params) == 1 else None
            fits_only = only is not None and fits(given, params[only], self.fields_of)
            fixes = [replace(e.span, f"{{ {only}: {e.span.text} }}", safe=True)] if fits_only else []
            self.report(rules.PAGE_ARGUMENTS, e.span, fixes=fixes)

    def _page_argument(self, key: n.Ident, value: n.Expr, params: dict[str, Type], page: Declared) -> None:
        name = route(page.name)
        if key.name in params:
            place, place_zh = f"parameter `{key.name}` of page `{name}`", f"页面 `{name}` 的参数 `{key.name}`"
            self.want(value, params[key.name], place, place_zh)
            return
        near = near_name(key.name, params, key.span)
        given = self.value(value)
        same = [p for p, type_ in params.items() if type_ == given]
        if not near.en and len(same) == 1:
            near = hint(same[0], key.span)
        facts: Words = {"page": name, "name": key.name, "known": listed(params)}
        self.report(rules.UNKNOWN_PAGE_PARAMETER, key.span, fixes=near.fixes, **facts, **near.near)
