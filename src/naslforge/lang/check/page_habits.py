"""Habits of React, Vue and their libraries in pages, as tables: what is written, and what it is called here."""

from naslforge.lang.types import BOOLEAN, STRING, TEXT

# What other libraries call a property, and what it is called here.
ATTRIBUTES = {
    "options": ("dataSource",), "data": ("dataSource",), "items": ("dataSource",), "rows": ("dataSource",),
    "list": ("dataSource",), "tableData": ("dataSource",), "model": ("value",), "modelValue": ("value",),
    "defaultValue": ("value",), "checked": ("value",), "label": ("text", "title"), "title": ("text",),
    "content": ("text",), "name": ("text",), "value": ("text",), "text": ("value", "title", "label"),
    "children": ("text",), "href": ("hrefAndTo",), "to": ("hrefAndTo",),
    "url": ("hrefAndTo", "src"), "link": ("hrefAndTo",), "className": ("class",), "id": ("ref",), "prop": ("field",),
    "dataIndex": ("field",), "accessor": ("field",), "key": ("field", "value"), "open": ("visible", "opened"),
    "show": ("visible", "opened"), "isOpen": ("visible", "opened"), "isVisible": ("visible",), "hide": ("hidden",),
    "multi": ("multiple",), "searchable": ("filterable",), "showSearch": ("filterable",), "allowClear": ("clearable",),
    "isDisabled": ("disabled",), "readOnly": ("readonly",), "maxLength": ("maxlength",), "minLength": ("minlength",),
    "type": ("color",), "variant": ("color",), "theme": ("color",), "cols": ("repeat",), "columns": ("repeat",),
    "labelField": ("textField",), "labelKey": ("textField",), "valueKey": ("valueField",), "rowKey": ("valueField",),
    "current": ("page",), "currentPage": ("page", "pageNumber"), "total": ("totalItems",), "paging": ("pagination",),
    "layout": ("direction",), "orientation": ("direction",), "align": ("alignment",), "justifyContent": ("justify",),
    "alignItems": ("alignment",), "spacing": ("gap",), "precision": ("decimalLength",), "icon": ("name",),
    "stripe": ("striped",), "bordered": ("border",), "showPagination": ("pagination",),
}  # fmt: skip
EVENTS = {
    "onPress": ("onClick",), "onTap": ("onClick",), "onSubmit": ("onClick",), "onDoubleClick": ("onDblclick",),
    "onValueChange": ("onChange",), "onUpdate": ("onChange",), "onChangeText": ("onInput",), "onOk": ("onClose",),
    "onSelectionChange": ("onCheck", "onSelect"), "onCancel": ("onClose",), "onRowClick": ("onClickRow",),
    "onPageChange": ("onPage", "onChange"), "onCurrentChange": ("onPage", "onChange"),
    "onSizeChange": ("onChangePageSize", "onPage"), "onSortChange": ("onSort",), "onMouseOver": ("onMouseenter",),
    "onMouseOut": ("onMouseleave",), "onKeyPress": ("onKeydown",), "onShow": ("onOpen",), "onHide": ("onClose",),
    "onEnter": ("onKeydown",), "onTabClick": ("onSelect",), "onNodeClick": ("onSelect",),
}  # fmt: skip
# What other libraries call a choice.
CHOICES = {
    "column": "vertical", "col": "vertical", "row": "horizontal", "sm": "small", "md": "normal", "lg": "large",
    "xs": "mini", "xl": "huge", "middle": "normal", "mid": "normal", "secondary": "primary_secondary",
    "info": "default", "red": "danger", "ascending": "asc", "descending": "desc", "flex-start": "start",
    "flex-end": "end", "selection": "checkbox", "expand": "expander", "edit": "editable", "month-picker": "month",
}  # fmt: skip
DIRECTIVES = {
    "_if": BOOLEAN, "_show": BOOLEAN, "_auth": STRING, "_tooltip": TEXT, "_staticStyle": STRING, "_loading": BOOLEAN,
}  # fmt: skip
STYLES = frozenset(
    """
    color backgroundColor background width height minWidth minHeight maxWidth maxHeight margin marginTop marginRight
    marginBottom marginLeft padding paddingTop paddingRight paddingBottom paddingLeft border borderTop borderRight
    borderBottom borderLeft borderColor borderWidth borderStyle borderRadius fontSize fontWeight fontFamily fontStyle
    lineHeight textAlign textDecoration letterSpacing display position top right bottom left zIndex opacity overflow
    overflowX overflowY boxShadow cursor flex float visibility whiteSpace wordBreak verticalAlign transform
    backgroundImage backgroundSize backgroundPosition backgroundRepeat objectFit
    """.split()  # noqa: SIM905
)
# Components of other libraries, and the one that does it.
TAGS = {
    "Table": "UTableView", "TableColumn": "UTableViewColumn", "Column": "UTableViewColumn", "Dialog": "UModal",
    "Option": "USelectItem", "Switch": "USwitch", "Checkbox": "UCheckbox", "Row": "UGridLayoutRow",
    "Col": "UGridLayoutColumn", "List": "UListView", "Tree": "UTreeViewNew", "Icon": "IIco", "Textarea": "UTextarea",
    "TextArea": "UTextarea", "InputNumber": "UNumberInput", "Upload": "UUploader", "Space": "ULinearLayout",
    "Flex": "ULinearLayout", "Layout": "ULinearLayout", "Container": "ULinearLayout", "View": "ULinearLayout",
    "Box": "ULinearLayout", "Menu": "USidebar", "TextField": "UInput", "Typography": "UText", "Heading": "UText",
    "UTable": "UTableView", "UTableColumn": "UTableViewColumn", "UDialog": "UModal", "UTree": "UTreeViewNew",
    "UTreeView": "UTreeViewNew", "UTreeSelect": "UTreeSelectNew", "UList": "UListView", "UOption": "USelectItem",
    "USelectOption": "USelectItem", "ULayout": "ULinearLayout", "UFlex": "ULinearLayout", "UIcon": "IIco",
    "UIco": "IIco", "URow": "UGridLayoutRow", "UCol": "UGridLayoutColumn", "UNumber": "UNumberInput",
    "UInputNumber": "UNumberInput", "UUpload": "UUploader", "UDate": "UDatePicker", "URadioGroup": "URadios",
    "UCheckboxGroup": "UCheckboxes", "UTextArea": "UTextarea", "UGrid": "UGridLayout", "UImg": "UImage",
}  # fmt: skip
# Methods of other libraries, and what does it here.
METHODS = {
    "show": "open", "hide": "close", "refresh": "reload", "load": "reload", "fetch": "reload", "doLayout": "reload",
    "validateForm": "validate", "checkValidity": "validate", "validateFields": "validate", "submit": "validate",
    "validateField": "validateItem", "toggleRowExpansion": "resetEdit", "export": "exportExcel",
}  # fmt: skip
# Functions as other libraries call them.
FUNCTIONS = {
    "sync": "$sync", "nasl.ui.message": "nasl.ui.showMessage", "nasl.ui.toast": "nasl.ui.showMessage",
    "nasl.ui.alert": "nasl.ui.showMessage", "nasl.ui.showToast": "nasl.ui.showMessage",
    "nasl.ui.notify": "nasl.ui.showMessage", "nasl.ui.goto": "nasl.ui.destination",
    "nasl.ui.navigateTo": "nasl.ui.destination", "nasl.ui.navigate": "nasl.ui.destination",
    "nasl.ui.redirect": "nasl.ui.destination", "nasl.ui.push": "nasl.ui.destination",
    "nasl.ui.goTo": "nasl.ui.destination", "nasl.ui.openLink": "nasl.ui.gotoLink", "nasl.ui.open": "nasl.ui.gotoLink",
    "nasl.ui.back": "nasl.browser.back", "nasl.ui.goBack": "nasl.browser.back",
    "nasl.browser.goBack": "nasl.browser.back",
    "nasl.ui.hasAuth": "nasl.auth.hasAuth", "nasl.ui.logout": "nasl.auth.logout", "nasl.ui.login": "nasl.auth.login",
}  # fmt: skip
# What a browser has, and a page of NASL does otherwise.
GLOBALS = {
    "window": ("a page leads on with `nasl.ui.gotoLink('/path')`", "跳转用 `nasl.ui.gotoLink('/path')`"),
    "location": ("a page leads on with `nasl.ui.gotoLink('/path')`", "跳转用 `nasl.ui.gotoLink('/path')`"),
    "document": ("elements are `$refs.name`", "元素用 `$refs.名字`"),
    "history": ("write `nasl.browser.back()`", "应写 `nasl.browser.back()`"),
    "router": ("write `nasl.ui.destination('pc.page')`", "应写 `nasl.ui.destination('pc.页面')`"),
    "$router": ("write `nasl.ui.destination('pc.page')`", "应写 `nasl.ui.destination('pc.页面')`"),
    "$route": ("what the address says are the parameters of the page", "地址中的参数就是页面参数"),
    "localStorage": ("what stays is a frontend variable with `@localCache`", "要保留的值用带 `@localCache` 的前端变量"),
    "sessionStorage": ("what all pages share is a frontend variable", "各页面共享的值用前端变量"),
    "$message": ("write `nasl.ui.showMessage('…')`", "应写 `nasl.ui.showMessage('…')`"),
    "axios": ("call a logic of `app.logics` or an interface of `apis`", "应调用 `app.logics` 的逻辑或 `apis` 的接口"),
}  # fmt: skip
