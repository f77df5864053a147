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
PAGE_PLACE = syntax_rule(
    "NF005",
    "page-place",
    "`{name}` returns an element: a page stands in a namespace that ends in `.views`, as in "
    "`app.frontendTypes.pc.frontends.pc.views`",
    "`{name}` 返回元素，是页面：页面要写在以 `.views` 结尾的命名空间中，如 `app.frontendTypes.pc.frontends.pc.views`",
)
NO_ROOT = syntax_rule(
    "NF006",
    "no-root",
    "the page `{name}` returns no element; it ends with `return <ULinearLayout>…</ULinearLayout>;`",
    "页面 `{name}` 没有返回元素；页面最后要写 `return <ULinearLayout>…</ULinearLayout>;`",
)
SEVERAL_ROOTS = syntax_rule(
    "NF007",
    "several-roots",
    "only one element may stand here; put them in `{instead}`",
    "这里只能有一个元素，请用 `{instead}` 包起来",
)
PAGE_ORDER = syntax_rule(
    "NF008",
    "page-order",
    "the variables of a page come first: `{name}` belongs before the page logics and `$lifecycles`",
    "页面变量写在最前面：`{name}` 应写在页面逻辑和 `$lifecycles` 之前",
)
PAGE_RESULT = syntax_rule(
    "NF009", "page-result", "a page has no result type; leave out `{text}`", "页面没有返回类型，去掉 `{text}`"
)
FRAGMENT_ROOT = syntax_rule(
    "NF016",
    "fragment-root",
    "a page returns one element; a fragment `<>…</>` stands only in a slot",
    "页面返回一个元素；片段 `<>…</>` 只能用在插槽中",
)
EARLY_RETURN = syntax_rule(
    "NF017",
    "early-return",
    "a page returns its elements once, at its end; show and hide them with `_if={{…}}`",
    "页面只在最后返回一次元素；用 `_if={{…}}` 控制显示",
)

# tags
UNCLOSED_TAG = syntax_rule("NF010", "unclosed-tag", "`<{name}>` is not closed", "`<{name}>` 没有结束标签")
MISMATCHED_TAG = syntax_rule(
    "NF011",
    "mismatched-tag",
    "`</{name}>` does not close `<{opened}>`",
    "`</{name}>` 与开始标签 `<{opened}>` 不一致",
)
STRAY_TAG = syntax_rule("NF012", "stray-tag", "`</{name}>` closes nothing", "`</{name}>` 没有对应的开始标签")
HTML_COMMENT = syntax_rule(
    "NF013",
    "html-comment",
    "a comment between tags is `{{/* … */}}`, not `<!-- … -->`",
    "标签之间的注释应写 `{{/* … */}}`，不是 `<!-- … -->`",
)
BARE_VALUE = syntax_rule(
    "NF014",
    "bare-value",
    "the value of an attribute stands in quotes or braces: `{instead}`",
    "属性值要写在引号或花括号中：`{instead}`",
)
ODD_MARK = syntax_rule("NF015", "odd-mark", "`{mark}` does not belong among the attributes", "属性之间不能有 `{mark}`")

# attributes of Vue and HTML
VUE_BINDING = syntax_rule(
    "NF020",
    "vue-binding",
    "a bound value stands in braces: write `{instead}` instead of `{written}`",
    "绑定的值写在花括号中：`{written}` 应写 `{instead}`",
)
VUE_EVENT = syntax_rule(
    "NF021",
    "vue-event",
    "an event is an attribute `onXxx` with a handler: write `{instead}` instead of `{written}`",
    "事件是 `onXxx` 属性，值是处理函数：`{written}` 应写 `{instead}`",
)
VUE_MODEL = syntax_rule(
    "NF022",
    "vue-model",
    "two-way binding is `$sync`: write `{instead}` instead of `{written}`",
    "双向绑定用 `$sync`：`{written}` 应写 `{instead}`",
)
VUE_DIRECTIVE = syntax_rule(
    "NF023",
    "vue-directive",
    "there are no `v-` directives such as `{written}`; conditions are `_if={{…}}` and `_show={{…}}`",
    "没有 `{written}` 这样的 `v-` 指令；条件用 `_if={{…}}` 和 `_show={{…}}`",
)
VUE_LOOP = syntax_rule(
    "NF018",
    "vue-loop",
    "there is no `v-for`; repeat elements with `<UListComponents dataSource={{list}} slotDefault={{(current) => …}}>`",
    "没有 `v-for`；重复的元素用 `<UListComponents dataSource={{list}} slotDefault={{(current) => …}}>`",
)
TEMPLATE_SLOT = syntax_rule(
    "NF019",
    "template-slot",
    "the content of a slot is an attribute of its component: `{instead}`",
    "插槽内容是组件的属性：应写 `{instead}`",
)
HANDLER_TEXT = syntax_rule(
    "NF024",
    "handler-text",
    "a handler is no text: write `{instead}`",
    "事件处理函数不是文本：应写 `{instead}`",
)
ATTRIBUTE_NAME = syntax_rule(
    "NF026", "attribute-name", "the attribute `{name}` is called `{instead}`", "属性 `{name}` 应写 `{instead}`"
)
SPREAD_ATTRIBUTES = syntax_rule(
    "NF027",
    "spread-attributes",
    "attributes cannot be spread; write each one instead of `{text}`",
    "属性不能用 `...` 展开；请把 `{text}` 换成逐个写出的属性",
)
HTML_TAG = syntax_rule(
    "NF028",
    "html-tag",
    "there are no HTML tags such as `<{tag}>`; write `<{component}>`",
    "没有 `<{tag}>` 这样的 HTML 标签，应写 `<{component}>`",
)
KEY_ATTRIBUTE = syntax_rule(
    "NF025", "key-attribute", "elements have no `key`; leave it out", "元素没有 `key` 属性，去掉即可"
)

# handlers
NAMELESS_HANDLER = syntax_rule(
    "NF030",
    "nameless-handler",
    "a handler is a function with a name: `{instead} {{ … }}`",
    "事件处理函数要有名字：`{instead} {{ … }}`",
)
HANDLER_CALL = syntax_rule(
    "NF031",
    "handler-call",
    "`{text}` is done at once; give the event a function: `{instead}`",
    "`{text}` 会立刻执行；事件的值应是函数：`{instead}`",
)
QUOTE_INSIDE = syntax_rule(
    "NF032",
    "quote-inside",
    "the quote ends the text too early, and there is no escape in an attribute; write `{instead}`",
    "引号使文本提前结束，而且属性中不能转义；应写 `{instead}`",
)
PAGE_RETURN = syntax_rule(
    "NF033",
    "page-return",
    "the elements of a page are returned: write `return` before them",
    "页面要返回元素：在前面写 `return`",
)

# between tags
SPACE_BETWEEN = syntax_rule(
    "NF034",
    "space-between-tags",
    "spaces between tags mean nothing; leave them out, distances are attributes of the layout",
    "标签之间的空格没有意义，应去掉；间距用布局组件的属性设置",
)
TEXT_BETWEEN = syntax_rule(
    "NF035",
    "text-between-tags",
    "texts and values do not stand between tags; write `{instead}`",
    "标签之间不能直接写文本或值，应写 `{instead}`",
)
ELEMENT_CONDITION = syntax_rule(
    "NF036",
    "element-condition",
    "elements are chosen with the attribute `_if={{…}}`, not with `&&` or `? :`{advice}",
    "用属性 `_if={{…}}` 控制元素是否显示，不用 `&&` 或 `? :`{advice}",
)
ELEMENT_LOOP = syntax_rule(
    "NF037",
    "element-loop",
    "elements are repeated by a component with a data source, not by `map`{advice}",
    "重复的元素用带 `dataSource` 的组件，不用 `map`{advice}",
)
ELEMENT_BRACES = syntax_rule(
    "NF038", "element-braces", "elements between tags have no braces{advice}", "标签之间的元素不加花括号{advice}"
)
SLOT_FUNCTION = syntax_rule(
    "NF045",
    "slot-function",
    "a slot that speaks of `{name}` is a function of it: `({name}) => <…/>`",
    "用到 `{name}` 的插槽要写成函数：`({name}) => <…/>`",
)
TEXT_SLOT = syntax_rule("NF039", "text-slot", "a slot holds elements: `{instead}`", "插槽的内容是元素：`{instead}`")

# state and hooks
STATE = syntax_rule(
    "NF040",
    "page-state",
    "state is a variable of the page: write `{instead}` and assign to it",
    "状态就是页面变量：应写 `{instead}`，修改时直接赋值",
)
EFFECT = syntax_rule(
    "NF041",
    "page-effect",
    "there is no `{name}`; what runs by itself stands in "
    "`const $lifecycles = {{ {event}: [function init() {{ … }}] }};`",
    "没有 `{name}`；自动执行的代码写在 `const $lifecycles = {{ {event}: [function init() {{ … }}] }};`",
)
HOOK = syntax_rule(
    "NF042",
    "page-hook",
    "there is no `{name}`: values are page variables or parameters, navigation is `nasl.ui.destination`, "
    "elements are `$refs`",
    "没有 `{name}`：值用页面变量或参数，跳转用 `nasl.ui.destination`，组件用 `$refs` 访问",
)
PAGE_LOGIC = syntax_rule(
    "NF043",
    "page-logic",
    "a page logic is declared as `function {name}(…) {{ … }}`",
    "页面逻辑应声明为 `function {name}(…) {{ … }}`",
)
VUE_FILE = syntax_rule(
    "NF044",
    "vue-file",
    "this is a file of Vue; a page is a function: "
    "`export namespace app.frontendTypes.pc.frontends.pc.views {{ export function name() {{ … return <…/>; }} }}`",
    "这是 Vue 单文件组件；页面是函数："
    "`export namespace app.frontendTypes.pc.frontends.pc.views {{ export function name() {{ … return <…/>; }} }}`",
)
