"""Logging, users, configuration: what a program reads from its world and writes into the record of the run."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from naslforge.lang import types as t
from naslforge.run.library import aes
from naslforge.run.texts import Printer
from naslforge.run.values import NaslError, Shapes, Struct, illegal
from naslforge.run.world import Runtime

CONFIGURATION = "app.configuration.groups."
AES_KEY = b"naslforge-aes-01"
USER = t.Structure("nasl.auth.LCAPCurrentUserInfo")
USER_FIELDS = ("status", "userName", "email", "userId", "phone", "createTime", "updateTime", "nickName", "source")


def _logger(level: str) -> Callable[..., None]:
    def log(message: str | None, *, rt: Runtime) -> None:
        rt.log(level, message or "")

    return log


def get_current_user(*, rt: Runtime) -> Struct:
    """The user of the test's world. Raises a fault when nobody is logged in."""
    if rt.user is None:
        raise NaslError("AuthUnAuthorizedError", "nobody is logged in", "用户未登录")
    user = rt.user
    names = {"userName": user.get("userName"), "nickName": user.get("displayName"), "userId": user.get("userId")}
    fields = {name: names.get(name, user.get(name)) for name in USER_FIELDS}
    return Struct(USER, {**fields, "displayName": user.get("displayName")})


def get_user_list(name: str | None, limit: int | None, offset: int | None, *, rt: Runtime) -> list[Struct]:
    """The users whose name contains the text; a test's world knows only the one who is logged in."""
    found = [get_current_user(rt=rt)] if rt.user else []
    found = [user for user in found if (name or "") in (user.fields["userName"] or "")]
    start = max(offset or 0, 0)
    return found[start:] if limit is None else found[start : start + max(limit, 0)]


def has_auth(path: str | None, *, rt: Runtime) -> bool:
    """Is the path among the `resources` of the world's user, or a page that the user's roles may enter (D49)?

    The pages above it must be granted too.
    """
    if rt.user is None or not path:
        return False
    above = [page for page in rt.guarded if path == page or path.startswith(page + "/")]
    may_enter = all(_may_enter(rt.guarded[page], rt.user) for page in above)
    return path in (rt.user.get("resources") or ()) or (path in above and may_enter)


def _may_enter(wanted: frozenset[str], user: dict[str, Any]) -> bool:
    return not wanted or bool(wanted & set(user.get("roles") or ()))


def logout(*, rt: Runtime) -> None:
    """End the session: nobody is logged in any more."""
    rt.user = None


def generate_user_id(name: str | None, source: str | None) -> str:
    return hashlib.sha256(_bytes(f"{source or ''}\0{name or ''}")).hexdigest()[:32]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def encrypt_password(password: str | None) -> str:
    if password is None:
        raise illegal("encryptPassword of null", "encryptPassword 的参数为 null")
    # One way and the same in every run, as a test needs; no real password ever comes here.
    return hashlib.sha256(b"nasl:" + _bytes(password)).hexdigest()


def validate_password(plain: str | None, hashed: str | None) -> bool:
    return plain is not None and hashed is not None and encrypt_password(plain) == hashed


def encrypt_by_aes(message: str | None, *, rt: Runtime) -> str:
    """AES in Base64; the platform's key is unknown, so texts that it encrypted cannot be read here."""
    data = _bytes(message or "")
    rt.spend(1 + len(data))
    return base64.b64encode(aes.encrypt(data, AES_KEY)).decode()


def decrypt_by_aes(message: str | None, *, rt: Runtime) -> str:
    rt.spend(1 + len(message or ""))
    try:
        data = base64.b64decode(message or "", validate=True)
        return aes.decrypt(data, AES_KEY).decode("utf-8", "surrogatepass")
    except ValueError as error:
        raise illegal("the text was not encrypted here", "无法解密该文本") from error


def get_custom_config(key: str | None, *, rt: Runtime, shapes: Shapes) -> str | None:
    """A configuration parameter by its path or short name, as text; null where nobody has set it."""
    group, _, name = (key or "").removeprefix(CONFIGURATION).replace(".properties.", ".").rpartition(".")
    given = rt.config.get(group)
    value = given.get(name) if isinstance(given, dict) else None
    if value is None:
        value = rt.variables.get(f"{CONFIGURATION}{group}.properties.{name}")
    return None if value is None else Printer(shapes, rt.zone, rt.limits.length).text(value, t.ANY)


def get_current_ip() -> str:
    return "127.0.0.1"


def login(*, rt: Runtime) -> None:
    """To the login flow, which lies outside the simulated world: there the user is given."""
    rt.spend(1)
    if rt.browser is not None:
        rt.browser.leave_to("/login", "_self")


def download_file(url: str | None, name: str | None, *, rt: Runtime) -> None:
    rt.downloads.append({"urls": [url], "fileName": name})


def download_files(urls: list[str] | None, name: str | None, *, rt: Runtime) -> None:
    """Several files as one archive."""
    rt.spend(1 + len(urls or ()))
    rt.downloads.append({"urls": list(urls or ()), "fileName": name})


FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{f"nasl.logging.{level}": _logger(level) for level in ("DEBUG", "INFO", "WARN", "ERROR")},
    "nasl.auth.hasAuth": has_auth,
    "nasl.auth.login": login,
    "nasl.auth.logout": logout,
    "nasl.auth.getCurrentUser": get_current_user,
    "nasl.auth.getUserList": get_user_list,
    "nasl.auth.encryptByAES": encrypt_by_aes,
    "nasl.auth.decryptByAES": decrypt_by_aes,
    "nasl.auth.encryptPassword": encrypt_password,
    "nasl.auth.validatePassword": validate_password,
    "nasl.auth.generateUserId": generate_user_id,
    "nasl.configuration.getCustomConfig": get_custom_config,
    "nasl.configuration.getCurrentIp": get_current_ip,
    "nasl.io.downloadFile": download_file,
    "nasl.io.downloadFiles": download_files,
}
