"""Names that can only be a slip for another one."""

from collections.abc import Iterable


def meant(name: str, known: Iterable[str]) -> str | None:
    """The one known name that `name` can only be a slip for: another letter case, underscores, one slip of the fingers.

    None where two are as near, where the difference is a digit or the last `s`, and for short names, since those are
    names of their own.

    >>> meant("order_amount", ["orderAmount", "orderNo"]), meant("cuont", ["count"]), meant("item1", ["item2"])
    ('orderAmount', 'count', None)
    """
    names = {other for other in known if other != name}
    alike = [other for other in names if _plain(other) == _plain(name)]
    if alike:
        return alike[0] if len(alike) == 1 else None
    if len(name) < 4:
        return None
    close = [other for other in names if len(other) > 3 and _one_slip(name.lower(), other.lower())]
    return close[0] if len(close) == 1 else None


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _one_slip(a: str, b: str) -> bool:
    """Does one letter more, less, changed or turned round make `a` of `b`? Digits and a last `s` make another name."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if {rest_a, rest_b} == {"", "s"} or any(c.isdigit() for c in rest_a[:1] + rest_b[:1]):
        return False
    if len(rest_a) == len(rest_b):
        return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    longer, shorter = (rest_a, rest_b) if len(rest_a) > len(rest_b) else (rest_b, rest_a)
    return longer[1:] == shorter
