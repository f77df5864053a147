"""NF7xx: pages: components, attributes, events, slots, references and navigation."""

from naslforge.lang.rules.making import practice_rule, type_rule

# --- elements
UNKNOWN_COMPONENT = type_rule(
    "NF700", "unknown-component", "there is no component `{name}`{near}", "没有组件 `{name}`{near}"
)
UNKNOWN_ATTRIBUTE = type_rule(
    "NF702",
    "unknown-attribute",
    "`{tag}` has no property `{name}`{near}",
    "`{tag}` 没有属性 `{name}`{near}",
)
UNKNOWN_EVENT = type_rule(
    "NF703",
    "unknown-event",
    "`{tag}` has no event `{name}`{near}; it has: {known}",
    "`{tag}` 没有事件 `{name}`{near}；可用的有：{known}",
)
UNKNOWN_SLOT = type_rule(
    "NF704",
    "unknown-slot",
    "`{tag}` has no slot `{name}`{near}; it has: {known}",
    "`{tag}` 没有插槽 `{name}`{near}；可用的有：{known}",
)
ATTRIBUTE_TYPE = type_rule(
    "NF705",
    "attribute-type",
    "property `{name}` of `{tag}` must be {wanted}, but this is {given}{advice}",
    "`{tag}` 的属性 `{name}` 应为 {wanted}，这里是 {given}{advice}",
)
ATTRIBUTE_CHOICE = type_rule(
    "NF706",
    "attribute-choice",
    "property `{name}` of `{tag}` must be one of {known}, not {given}{near}",
    "`{tag}` 的属性 `{name}` 只能是 {known}，不能是 {given}{near}",
)
TEXT_ATTRIBUTE = type_rule(
    "NF707",
    "text-for-value",
    "property `{name}` is {wanted}, not a text; write `{name}={{…}}` with a value{advice}",
    "属性 `{name}` 是 {wanted}，不是文本，应写 `{name}={{值}}`{advice}",
)
MISSING_VALUE = type_rule(
    "NF708",
    "attribute-without-value",
    "only a Boolean property can stand without a value; `{name}` needs {wanted}",
    "只有 Boolean 属性可以不写值，`{name}` 需要 {wanted}",
)
REPEATED_ATTRIBUTE = type_rule(
    "NF709", "repeated-attribute", "attribute `{name}` stands here twice", "属性 `{name}` 重复"
)
ATTRIBUTE_CONTENT = type_rule(
    "NF710",
    "attribute-content",
    "{what} cannot be the value of `{name}`{advice}",
    "{what}不能作为 `{name}` 的值{advice}",
)
# --- events
EVENT_HANDLER = type_rule(
    "NF711",
    "event-handler",
    "a handler is `function name(event) {{ … }}` or the name of a page logic, not {what}{advice}",
    "事件处理应写 `function 名字(event) {{ … }}` 或页面逻辑的名字，不能是{what}{advice}",
)
UNKNOWN_HANDLER = type_rule(
    "NF712", "unknown-handler", "this page has no logic `{name}`{near}", "这个页面没有逻辑 `{name}`{near}"
)
HANDLER_PARAMETERS = type_rule(
    "NF713",
    "handler-parameters",
    "a handler is given one value, the event; `{name}` wants {given}{advice}",
    "事件处理只接收一个参数 event，`{name}` 却要 {given} 个{advice}",
)
DUPLICATE_HANDLER = type_rule(
    "NF714",
    "duplicate-handler",
    "page logics and handlers need names of their own in a page; `{name}` is there already",
    "页面中的逻辑和事件处理函数不能重名，`{name}` 已经有了",
)
DOM_EVENT = type_rule(
    "NF715",
    "dom-event",
    "an event of NASL has no `{name}`{advice}",
    "NASL 的事件没有 `{name}`{advice}",
)
# --- two-way
SYNC_TARGET = type_rule(
    "NF716",
    "sync-target",
    "`$sync` takes a variable or a property path such as `order.amount`, which the component can write, not {what}",
    "`$sync` 的参数是组件能写回的变量或属性路径，如 `order.amount`，不能是{what}",
)
SYNC_PROPERTY = type_rule(
    "NF717",
    "sync-property",
    "property `{name}` of `{tag}` is not two-way, so no `$sync`{advice}",
    "`{tag}` 的属性 `{name}` 不是双向的，不能用 `$sync`{advice}",
)
SYNC_PLACE = type_rule(
    "NF718",
    "sync-place",
    "`$sync(…)` is the whole value of a two-way property, and stands nowhere else",
    "`$sync(…)` 只能作为双向属性的整个值，不能写在别处",
)
SYNC_TYPE = type_rule(
    "NF719",
    "sync-type",
    "`{tag}` writes {wanted} into `{path}`, which is {given}{advice}",
    "`{tag}` 会把 {wanted} 写入 `{path}`，而它是 {given}{advice}",
)
# --- slots and content
SLOT_WITHOUT_DATA = type_rule(
    "NF720",
    "slot-without-data",
    "slot `{name}` of `{tag}` is given no data, so no parameter",
    "`{tag}` 的插槽 `{name}` 没有数据，不能带参数",
)
NESTED_CURRENT = type_rule(
    "NF721",
    "nested-current",
    "`{name}` is already the data of the slot around; choose another name",
    "外层插槽已经用了 `{name}`，请换一个名字",
)
SLOT_CONTENT = type_rule(
    "NF722",
    "slot-content",
    "a slot holds elements, not {what}{advice}",
    "插槽中只能放元素，不能是{what}{advice}",
)
NO_CONTENT = type_rule(
    "NF723",
    "no-content",
    "`{tag}` holds no elements between its tags{advice}",
    "`{tag}` 的标签之间不能放元素{advice}",
)
MISPLACED_COMPONENT = type_rule(
    "NF724",
    "misplaced-component",
    "`{tag}` belongs into {wanted}, not into {given}",
    "`{tag}` 应放在 {wanted} 中，不能放在{given}中",
)
FOREIGN_CURRENT = type_rule(
    "NF725",
    "field-of-current",
    "the row is `{current}.item`; write `{current}.item.{name}`",
    "当前行是 `{current}.item`，应写 `{current}.item.{name}`",
)
# --- data
DATA_SOURCE = type_rule(
    "NF726",
    "data-source",
    "`dataSource` is a List or a page `{{ list, total }}`, not {given}{advice}",
    "`dataSource` 应为 List 或分页结果 `{{ list, total }}`，不能是 {given}{advice}",
)
UNKNOWN_FIELD_PATH = type_rule(
    "NF727",
    "unknown-field-path",
    "a row of this data has no `{name}`{near}; it has: {known}",
    "数据的一行没有 `{name}`{near}；可用的有：{known}",
)
# --- references
ELEMENTS_OUTSIDE = type_rule(
    "NF728",
    "elements-outside-page",
    "`{name}` exists only in a page",
    "`{name}` 只能用在页面中",
)
UNKNOWN_REF = type_rule(
    "NF729",
    "unknown-ref",
    'no element of this page has `ref="{name}"`{near}',
    '这个页面没有 `ref="{name}"` 的元素{near}',
)
UNKNOWN_ELEMENT_STATE = type_rule(
    "NF730",
    "unknown-element-property",
    "`{tag}` has no property `{name}` to read{near}",
    "`{tag}` 没有可读的属性 `{name}`{near}",
)
UNKNOWN_ELEMENT_METHOD = type_rule(
    "NF731",
    "unknown-element-method",
    "`{tag}` has no method `{name}`{near}; it has: {known}",
    "`{tag}` 没有方法 `{name}`{near}；可用的有：{known}",
)
METHOD_WITHOUT_CALL = type_rule(
    "NF732",
    "method-without-call",
    "`{name}` is a method of `{tag}`; call it with `()`",
    "`{name}` 是 `{tag}` 的方法，调用要写 `()`",
)
ELEMENT_ASSIGNMENT = type_rule(
    "NF733",
    "element-assignment",
    "properties of elements are not assigned; write `{instead}`, or bind a variable",
    "元素的属性不能赋值，应写 `{instead}`，或者绑定变量",
)
OWN_ELEMENT_OUTSIDE = type_rule(
    "NF734",
    "own-element-outside",
    "`elements.$ce` is the element whose attribute this is, and stands only in attributes",
    "`elements.$ce` 指所在属性的元素，只能写在元素的属性中",
)
METHOD_OF_ELEMENTS = type_rule(
    "NF735",
    "method-of-elements",
    "methods are called through `$refs`: `{instead}`",
    "方法要通过 `$refs` 调用：`{instead}`",
)
DUPLICATE_REF = type_rule("NF736", "duplicate-ref", '`ref="{name}"` is there already', '`ref="{name}"` 重复')
REF_TEXT = type_rule(
    "NF737",
    "ref-name",
    'a ref is a fixed name: `ref="table"`{advice}',
    'ref 是固定的名字：`ref="table"`{advice}',
)
# --- page and server
QUERY_ON_PAGE = type_rule(
    "NF738",
    "query-on-page",
    "queries run on the server: put it into a logic of `app.logics` and call that here",
    "查询只能在服务端执行：应写成 `app.logics` 中的逻辑，在这里调用它",
)
SERVER_ONLY = type_rule(
    "NF739",
    "server-only",
    "`{name}` works only on the server{advice}",
    "`{name}` 只能用在服务端{advice}",
)
FRONTEND_VARIABLE = type_rule(
    "NF740",
    "frontend-variable",
    "`{name}` lives in the browser; a server logic takes it as a parameter",
    "`{name}` 在浏览器中，服务端逻辑应通过参数接收它",
)
SERVER_IN_INITIALISER = type_rule(
    "NF741",
    "server-in-initialiser",
    "the initial value of a page variable cannot come from the server; assign it in `onCreated`",
    "页面变量的初始值不能来自服务端，应在 `onCreated` 中赋值",
)
# --- the page itself
UNKNOWN_LIFECYCLE = type_rule(
    "NF742",
    "unknown-lifecycle",
    "`$lifecycles` has no `{name}`{near}; there are: {known}",
    "`$lifecycles` 没有 `{name}`{near}；可用的有：{known}",
)
PAGE_CALLED = type_rule(
    "NF743",
    "page-called",
    "`{name}` is a page; one goes there with `{instead}`",
    "`{name}` 是页面，应使用 `{instead}` 跳转",
)
UNKNOWN_DIRECTIVE = type_rule(
    "NF744",
    "unknown-directive",
    "there is no directive or style `{name}`{near}",
    "没有指令或样式 `{name}`{near}",
)
RULES_LIST = type_rule(
    "NF745",
    "rules-list",
    "`rules` is a list of `nasl.validation` rules: `rules={{[nasl.validation.required()]}}`",
    "`rules` 是 `nasl.validation` 规则的列表：`rules={{[nasl.validation.required()]}}`",
)
UNKNOWN_VALIDATION = type_rule(
    "NF746",
    "unknown-validation",
    "`nasl.validation` has no rule `{name}`{near}",
    "`nasl.validation` 没有规则 `{name}`{near}",
)
VALIDATION_PLACE = type_rule(
    "NF747",
    "validation-outside-rules",
    "`{name}` stands only in the `rules` of a form item",
    "`{name}` 只能写在表单项的 `rules` 中",
)
# --- navigation
UNKNOWN_PAGE = type_rule("NF748", "unknown-page", "there is no page `{name}`{near}", "没有页面 `{name}`{near}")
UNKNOWN_PAGE_PARAMETER = type_rule(
    "NF749",
    "unknown-page-parameter",
    "page `{page}` has no parameter `{name}`{near}; it has: {known}",
    "页面 `{page}` 没有参数 `{name}`{near}；参数有：{known}",
)
PAGE_ARGUMENTS = type_rule(
    "NF750",
    "page-arguments",
    "the parameters of a page are given as `{{ name: value }}`",
    "页面的参数应写作 `{{ 名字: 值 }}`",
)
PAGE_NAME_TEXT = type_rule(
    "NF751",
    "page-name-text",
    "the page is named by a plain text such as `'pc.orders'`",
    "页面要用固定的文本指明，如 `'pc.orders'`",
)
ELEMENT_CALLBACK = type_rule(
    "NF752",
    "element-callback",
    "`{name}` of `{tag}` gives its result and calls nothing back: write `{instead}`",
    "`{tag}` 的 `{name}` 直接返回结果，没有回调：应写 `{instead}`",
)
CURRENT_OUTSIDE = type_rule(
    "NF753",
    "current-outside-slot",
    "`{name}` is the row that a slot is given: write `{instead}`",
    "`{name}` 是插槽给出的当前行：应写 `{instead}`",
)
CODE_IN_TEXT = type_rule(
    "NF754",
    "code-in-text",
    "in quotes this is a text, shown as it stands; write `{instead}`",
    "引号中是文本，会原样显示，应写 `{instead}`",
)
# --- practice
UNUSED_PAGE_VARIABLE = practice_rule(
    "NF760", "unused-page-variable", "page variable `{name}` is never used", "页面变量 `{name}` 从未使用"
)
UNUSED_PAGE_LOGIC = practice_rule(
    "NF761", "unused-page-logic", "page logic `{name}` is never called", "页面逻辑 `{name}` 从未被调用"
)
TABLE_WITHOUT_PAGES = practice_rule(
    "NF762",
    "table-without-pagination",
    "this table shows all rows at once; set `pagination={{true}}`",
    "表格会一次显示所有行，应设置 `pagination={{true}}`",
    "hint",
)
PAGING_NOT_PASSED_ON = practice_rule(
    "NF763",
    "paging-not-passed-on",
    "every page shows the same rows: `dataSource` uses neither `elements.$ce.page` nor `elements.$ce.size`",
    "表格的每一页都是同样的数据：`dataSource` 没有使用 `elements.$ce.page` 和 `elements.$ce.size`",
)
ONE_WAY_INPUT = practice_rule(
    "NF764",
    "one-way-input",
    "what is entered here is lost; write `{name}={{$sync({path})}}`",
    "这里输入的值不会写回，应写 `{name}={{$sync({path})}}`",
)
BUTTON_WITHOUT_HANDLER = practice_rule(
    "NF765",
    "button-without-handler",
    "this button does nothing: it has neither `onClick` nor `hrefAndTo`",
    "这个按钮没有作用：既没有 `onClick` 也没有 `hrefAndTo`",
    "hint",
)
UNLISTED_PROPERTY = practice_rule(
    "NF773",
    "unlisted-property",
    "other components have `{name}`, but `{tag}` is not known to have it",
    "其他组件有属性 `{name}`，但 `{tag}` 没有列出它",
)
HIDDEN_PAGE_VARIABLE = practice_rule(
    "NF766",
    "hidden-page-variable",
    "`{name}` hides the page variable of the same name",
    "`{name}` 遮住了同名的页面变量",
)
DIALOG_NEVER_OPENED = practice_rule(
    "NF767",
    "dialog-never-opened",
    "nothing opens this `{tag}`: give it a `ref` for `$refs.name.open()`, or bind `visible`",
    "没有办法打开这个 `{tag}`：应写 `ref` 以便调用 `$refs.名字.open()`，或者绑定 `visible`",
)
REQUEST_IN_LOOP = practice_rule(
    "NF768",
    "request-in-loop",
    "`{name}` in a loop on a page asks the server once for every turn; give the whole list to one logic",
    "页面的循环中每一轮都会向服务端请求 `{name}`，应把整个列表交给一个逻辑",
)
EMPTY_HANDLER = practice_rule(
    "NF769", "empty-handler", "handler `{name}` does nothing", "事件处理函数 `{name}` 什么也没做", "hint"
)
UNREAD_PAGE_VARIABLE = practice_rule(
    "NF770",
    "unread-page-variable",
    "page variable `{name}` is assigned but never shown or read",
    "页面变量 `{name}` 被赋值，但从未显示或读取",
)
CONSTANT_DIRECTIVE = practice_rule(
    "NF771", "constant-directive", "`{name}` is always {value}", "`{name}` 总是 {value}", "hint"
)
UNCHECKED_FORM = practice_rule(
    "NF772",
    "unchecked-form",
    "the form has rules, but nothing asks `$refs.{name}.validate().valid`",
    "表单设有规则，但没有任何地方检查 `$refs.{name}.validate().valid`",
    "hint",
)
