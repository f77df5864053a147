"""What page logics ask of the browser and the device: answers of the test's world, and requests on record."""

from decimal import Decimal
from typing import Any

import pytest

from naslforge.lang import types as t
from naslforge.run import library
from naslforge.run.values import NaslError, Shapes, Struct
from naslforge.run.world import Runtime


def call(name: str, *args: Any, rt: Runtime | None = None) -> Any:
    extra = {"rt": rt or Runtime(), "types": (t.ANY,), "shapes": Shapes()}
    needed = {key: value for key, value in extra.items() if key in library.needs(name)}
    return library.FUNCTIONS[name](*args, **needed)


def keys(code: str, **held: bool) -> Struct:
    fields = {"code": code, **held}
    return Struct(t.Anonymous(tuple((name, t.ANY) for name in fields)), fields)


@pytest.mark.parametrize(
    ("first", "second", "metres"),
    [
        ("0,0", "0,0", 0),
        ("0,0", "1,0", 111_195),  # a degree of the equator with a radius of 6371 km
        ("0,0", "180,0", 20_015_087),  # half round the world
        ("0,90", "77,90", 0),  # at the pole all longitudes meet
        ("120.1551,30.2741", "121.4737,31.2304", 165_000),  # Hangzhou to Shanghai
    ],
)
def test_distance(first: str, second: str, metres: int) -> None:
    found = call("nasl.browser.getDistance", first, second)
    assert isinstance(found, Decimal)
    assert abs(found - metres) <= max(1, metres // 100)
    assert call("nasl.browser.getDistance", second, first) == found


@pytest.mark.parametrize("text", ["", "1", "a,b", "1,2,3"])
def test_a_point_is_longitude_and_latitude(text: str) -> None:
    with pytest.raises(NaslError):
        call("nasl.browser.getDistance", text, "0,0")


@pytest.mark.parametrize(
    ("event", "target", "same"),
    [
        (keys("KeyS", ctrlKey=True), ["Control", "KeyS"], True),
        (keys("KeyS", ctrlKey=True), ["KeyS", "Control"], True),
        (keys("KeyS"), ["Control", "KeyS"], False),
        (keys("KeyS", ctrlKey=True, shiftKey=True), ["Control", "KeyS"], False),
        (keys("Enter"), ["Enter"], True),
        (keys("Enter"), [], False),
        (None, ["Enter"], False),
    ],
)
def test_keys_are_exactly_those(event: Struct | None, target: list[str], same: bool) -> None:
    assert call("nasl.browser.compareKeyboardInput", event, target) is same


def test_the_world_says_what_the_device_knows() -> None:
    rt = Runtime(device={"location": "120,30", "openid": "o1", "scanCode": "code", "miniApp": True})
    assert call("nasl.browser.getLocation", rt=rt) == "120,30"
    assert call("nasl.browser.getIsMiniApp", rt=rt) is True
    assert call("nasl.browser.getWeChatOpenid", rt=rt) == "o1"
    assert [call("nasl.browser.getWeChatScanCode", rt=rt) for _ in range(2)] == ["code", None]  # reading clears it
    with pytest.raises(NaslError) as refused:
        call("nasl.browser.getLocation")
    assert refused.value.kind == "nasl.error.Error"


def test_messages_are_texts_by_value() -> None:
    rt = Runtime()
    for value in ("a", 1, Decimal("1.50"), True, None):
        call("nasl.ui.showMessage", value, rt=rt)
    assert rt.messages == ["a", "1", "1.5", "true", ""]
