"""What server logics ask of their world: users, rights, ciphers, configuration, JSON, downloads, the log."""

from typing import Any

import pytest

from naslforge.lang import Source, check
from naslforge.run import CallSpec, Outcome, execute
from naslforge.run.library import aes

PAGES = """
export namespace app.roles { export let Manager: nasl.auth.Role; export let Clerk: nasl.auth.Role; }
export namespace app.frontendTypes.pc.frontends.pc.views {
  /**
   * @auth
   * @roles Manager
   */
  export function reports() { return <UText text="x"></UText>; }
  /** @auth */
  export function orders() { return <UText text="x"></UText>; }
}
"""
CLERK = {"user": {"userName": "clerk", "userId": "7", "roles": ["Clerk"], "resources": ["/orders/save"]}}


def run(body: str, world: dict[str, Any] | None = None, before: str = "") -> Outcome:
    checked = check(
        [Source("t.ts", f"{before}\nexport namespace app.logics {{ export function test() {{ {body} }} }}")]
    )
    assert not checked.errors, [d.message for d in checked.errors]
    return execute(checked, [CallSpec("app.logics.test")], world or {})[0]


@pytest.mark.parametrize(
    ("key", "plain", "cipher"),
    [  # FIPS 197, appendix C.1 and B
        ("000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff", "69c4e0d86a7b0430d8cdb78070b4c55a"),
        ("2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734", "3925841d02dc09fbdc118597196a0b32"),
    ],
)
def test_aes_by_the_standard(key: str, plain: str, cipher: str) -> None:
    made = aes.encrypt(bytes.fromhex(plain), bytes.fromhex(key))
    assert made[:16].hex() == cipher
    assert len(made) == 32  # a whole block of padding
    assert aes.decrypt(made, bytes.fromhex(key)).hex() == plain


@pytest.mark.parametrize("text", ["", "a", "0123456789abcdef", "你好😀" * 20])
def test_what_was_encrypted_can_be_read_again(text: str) -> None:
    assert run(f"return nasl.auth.decryptByAES(nasl.auth.encryptByAES('{text}'));").shown == text


def test_equal_blocks_look_equal_in_base64() -> None:
    shown = run(f"return nasl.auth.encryptByAES('{'x' * 48}');").shown
    assert len(shown) == 88  # three blocks and one of padding


@pytest.mark.parametrize("text", ["not base64", "QUJD", "QUJDREVGR0hJSktMTU5PUA=="])
def test_foreign_texts_are_refused(text: str) -> None:
    assert run(f"return nasl.auth.decryptByAES('{text}');").error == "nasl.error.SystemIllegalArgumentError"


def test_passwords() -> None:
    body = "let hash = ''; hash = nasl.auth.encryptPassword('secret'); return nasl.auth.validatePassword('%s', hash);"
    assert run(body % "secret").shown is True
    assert run(body % "Secret").shown is False


def test_logging_out_ends_the_session() -> None:
    assert run("return nasl.auth.getCurrentUser().userName;", CLERK).shown == "clerk"
    outcome = run("nasl.auth.logout(); return nasl.auth.getCurrentUser().userName;", CLERK)
    assert outcome.error == "nasl.error.AuthUnAuthorizedError"


@pytest.mark.parametrize(
    ("path", "granted"),
    [("/orders", True), ("/reports", False), ("/orders/save", True), ("/orders/delete", False), ("/nowhere", False)],
)
def test_rights_are_those_of_pages_and_of_the_users_resources(path: str, granted: bool) -> None:
    assert run(f"return nasl.auth.hasAuth('{path}');", CLERK, PAGES).shown is granted
    assert run(f"return nasl.auth.hasAuth('{path}');", {}, PAGES).shown is False


def test_configuration_by_its_path() -> None:
    world = {"config": {"custom": {"limit": 5}, "system": {"name": "x"}}}
    get = "return nasl.configuration.getCustomConfig('%s');"
    assert run(get % "app.configuration.groups.custom.properties.limit", world).shown == "5"
    assert run(get % "custom.limit", world).shown == "5"
    assert run(get % "custom.absent", world).shown is None


def test_a_parameter_itself_stands_for_its_path_and_has_its_declared_value() -> None:
    declared = "export namespace app.configuration.groups.custom.properties { export let limit: String = '7'; }"
    body = "return nasl.configuration.getCustomConfig(%s);"
    for key in ("app.configuration.groups.custom.properties.limit", "'custom.limit'"):
        assert run(body % key, {}, declared).shown == "7"
        assert run(body % key, {"config": {"custom": {"limit": "9"}}}, declared).shown == "9"


def test_json_of_others_may_have_more_properties() -> None:
    point = "export namespace app.structures { export class Point { x: Long; y: Decimal; } }"
    read = "return nasl.util.jsonDeserialize<app.structures.Point>('%s');"
    assert run(read % '{"x": 1, "z": [2]}', {}, point).shown == {"x": 1, "y": None}
    assert run(read % '{"x": "one"}', {}, point).shown is None


def test_downloads_are_on_record() -> None:
    body = "nasl.io.downloadFile('/a.pdf', 'A.pdf'); nasl.io.downloadFiles(['/b', '/c'], 'all.zip');"
    assert run(body).downloads == [
        {"urls": ["/a.pdf"], "fileName": "A.pdf"},
        {"urls": ["/b", "/c"], "fileName": "all.zip"},
    ]


def test_the_log_has_levels_in_order() -> None:
    outcome = run("nasl.logging.DEBUG('a'); nasl.logging.ERROR('b'); nasl.util.consoleLog(3);")
    assert outcome.logs == [("DEBUG", "a"), ("ERROR", "b"), ("LOG", "3")]
