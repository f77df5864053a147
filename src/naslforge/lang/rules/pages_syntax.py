"""NF0xx: the syntax of pages, and habits of React, Vue and HTML in them."""

from naslforge.lang.rules.making import syntax_rule

ELEMENT_PLACE = syntax_rule(
    "NF001",
    "element-place",
    "an element stands only in a page: as what it returns, between tags, or as the content of a slot",
    "元素只能出现在页面中：作为页面的返回值、写在标签之间，或作为插槽的内容",
)
STATEMENT_IN_PAGE = syntax_rule(
    "NF002",
    "statement-in-page",
    "a page holds variables, page logics, `$lifecycles` and `return <…/>`; put this into a page logic or a handler",
    "页面中只有变量、页面逻辑、`$lifecycles` 和 `return <…/>`；请把这条语句放进页面逻辑或事件处理函数",
)
LIFECYCLE_SHAPE = syntax_rule(
    "NF003",
    "lifecycle-shape",
    "the life cycle is `const $lifecycles = {{ onCreated: [function init() {{ … }}] }};`",
    "生命周期应写 `const $lifecycles = {{ onCreated: [function init() {{ … }}] }};`",
)
LIFECYCLE_PLACE = syntax_rule(
    "NF004", "lifecycle-place", "`$lifecycles` belongs into a page", "`$lifecycles` 只能写在页面中"
)
