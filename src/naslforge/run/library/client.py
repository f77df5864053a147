"""What a page's logics ask of the browser: messages, navigation, and what the test's world says of the device."""

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from naslforge.lang import types as t
from naslforge.run.texts import Printer
from naslforge.run.values import NaslError, Shapes, Struct, illegal
from naslforge.run.world import Runtime

EARTH_RADIUS = 6_371_000  # metres


def show_message(text: Any = None, *, rt: Runtime, shapes: Shapes) -> None:
    """A short toast with the text form of the argument."""
    rt.messages.append(Printer(shapes, rt.zone, rt.limits.length).text(text, t.ANY))
    rt.spend(1)


def destination(page: str | None, params: Struct | None = None, target: str | None = None, *, rt: Runtime) -> None:
    """To another page of the application, when the running handler has ended."""
    rt.spend(1)
    if rt.browser is not None:
        rt.browser.go_to(page or "", dict(params.fields) if params is not None else {}, target or "_self")


def goto_link(url: str | None, target: str | None = None, *, rt: Runtime) -> None:
    """To any address."""
    rt.spend(1)
    if rt.browser is not None:
        rt.browser.leave_to(url or "", target or "_self")


def back(*, rt: Runtime) -> None:
    go(-1, rt=rt)


def go(delta: int | None = None, *, rt: Runtime) -> None:
    """Some steps through the history of the browser; null and 0 stay."""
    rt.spend(1)
    if rt.browser is not None and delta:
        rt.browser.move(delta)


def distance(first: str | None, second: str | None) -> Decimal | None:
    """Metres along a great circle between two texts `longitude,latitude`."""
    if first is None or second is None:
        return None
    (x1, y1), (x2, y2) = _point(first), _point(second)
    half = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return Decimal(repr(2 * EARTH_RADIUS * math.asin(math.sqrt(min(1.0, half)))))


def _point(text: str) -> tuple[float, float]:
    try:
        longitude, latitude = (math.radians(float(part)) for part in text.split(","))
    except ValueError as error:
        raise illegal(f"{text!r} is no longitude,latitude", f"{text!r} 不是“经度,纬度”") from error
    return longitude, latitude


def same_keys(event: Struct | None, wanted: list[str] | None) -> bool:
    """Are exactly these pressed: Alt, Control, Meta, Shift and a key code?"""
    if event is None or not wanted:
        return False
    held = {"Alt": "altKey", "Control": "ctrlKey", "Meta": "metaKey", "Shift": "shiftKey"}
    pressed = {name for name, field in held.items() if event.fields.get(field)}
    key = event.fields.get("code") or event.fields.get("key")
    return pressed | ({key} if key and key not in held else set()) == set(wanted)


def _device(key: str, clears: bool = False) -> Callable[..., Any]:
    """What `world.browser` says of the device; a null where it says nothing."""

    def value(*, rt: Runtime) -> Any:
        found = rt.device.get(key)
        if clears:
            rt.device.pop(key, None)
        return found

    return value


def get_location(*, rt: Runtime) -> str:
    found = rt.device.get("location")
    if found is None:
        raise NaslError("Error", "the position is not available", "无法获取位置")
    return str(found)


def nothing(*, rt: Runtime) -> None:
    rt.spend(1)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "nasl.ui.showMessage": show_message,
    "nasl.ui.destination": destination,
    "nasl.ui.gotoLink": goto_link,
    "nasl.browser.requestFullscreen": nothing,
    "nasl.browser.exitFullscreen": nothing,
    "nasl.browser.back": back,
    "nasl.browser.go": go,
    "nasl.browser.getLocation": get_location,
    "nasl.browser.getDistance": distance,
    "nasl.browser.compareKeyboardInput": same_keys,
    "nasl.browser.getIsMiniApp": lambda *, rt: bool(rt.device.get("miniApp")),
    "nasl.browser.getWeChatOpenid": _device("openid"),
    "nasl.browser.getWeChatHeadImg": _device("headImg"),
    "nasl.browser.getWeChatNickName": _device("nickName"),
    "nasl.browser.getWeChatPhone": _device("phone"),
    "nasl.browser.getWeChatScanCode": _device("scanCode", clears=True),
    "nasl.browser.getWeChatLocation": _device("weChatLocation", clears=True),
    "nasl.browser.navigateToUserInfo": nothing,
    "nasl.browser.navigateToUserPhone": nothing,
    "nasl.browser.navigateToScanCode": nothing,
    "nasl.browser.navigateToLocation": nothing,
}
