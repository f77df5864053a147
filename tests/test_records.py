"""Records are read strictly; journals survive kills, full disks and meddling."""

import json
from pathlib import Path

import pytest

from naslforge import journal
from naslforge.journal import InputError, Journal, read_jsonl, write_jsonl
from naslforge.records import Task, Test, Verdict

TASK = {
    "id": "demo/one", "sublanguage": "base", "instruction": "求和", "entry": "app.logics.f", "signature": None,
    "context": "", "world": {}, "tests": [{"args": [1], "expect": None}, {"args": [2], "raises": True}], "meta": {},
}  # fmt: skip


def test_a_task_comes_back_as_it_was() -> None:
    assert Task.from_json(TASK).to_json() == TASK


def test_null_as_the_expected_result_differs_from_no_expectation() -> None:
    assert "expect" in Test.from_json({"args": [], "expect": None}).to_json()
    assert "expect" not in Test.from_json({"args": [], "raises": True}).to_json()


@pytest.mark.parametrize(
    ("change", "said"),
    [({"extra": 1}, "unknown key 'extra'"), ({"sublanguage": "sql"}, "'sql' is not one of"), ({"tests": 3}, "a list")],
)
def test_a_wrong_task_is_refused_with_its_cause(change: dict, said: str) -> None:
    with pytest.raises(InputError, match=said):
        Task.from_json(TASK | change)


def test_a_missing_key_is_named() -> None:
    with pytest.raises(InputError, match="missing key 'entry'"):
        Task.from_json({k: v for k, v in TASK.items() if k != "entry"})


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(InputError, match="'ok' is not one of passed"):
        Verdict("a", 0, "ok")


def test_broken_lines_are_told_by_number_and_skipped_where_asked(tmp_path: Path) -> None:
    file = tmp_path / "tasks.jsonl"
    file.write_text(json.dumps(TASK) + "\n{broken\n\n" + json.dumps(TASK | {"id": "b"}) + "\n[]\n", encoding="utf-8")
    told: list[InputError] = []
    assert [t.id for t in Task.read(file, told.append)] == ["demo/one", "b"]
    assert [t.line for t in told] == [2, 5]
    with pytest.raises(InputError, match=r"tasks\.jsonl:2: broken JSON at column 2"):
        Task.read(file)


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        Task.read(tmp_path / "none.jsonl")
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        Task.read(tmp_path / "binary.jsonl")
    (tmp_path / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00")
    with pytest.raises(InputError, match="cannot be read"):
        Task.read(tmp_path / "cut.jsonl.gz")


def test_a_whole_file_is_there_completely_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    write_jsonl(file, [{"a": 1}])

    def broken():
        yield {"a": 2}
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        write_jsonl(file, broken())
    assert list(read_jsonl(file, dict)) == [{"a": 1}]
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_journal_drops_a_torn_line_and_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    with Journal(file) as first:
        first.append({"n": 1})
    with file.open("ab") as torn:
        torn.write(b'{"n": 2, "text": "half')
    with Journal(file) as second:
        assert list(second) == [{"n": 1}]
        second.append({"n": 3})
        assert list(second) == [{"n": 1}, {"n": 3}]


def test_a_journal_keeps_a_whole_line_written_just_before_a_kill(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    with Journal(file) as first:
        first.append({"n": 1})
    with file.open("ab") as late:
        late.write(b'{"n": 2}\n')  # the sum was not yet written
    with Journal(file) as second:
        assert [line["n"] for line in second] == [1, 2]


def test_a_changed_journal_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    with Journal(file) as first:
        first.append({"n": 1})
    file.write_text('{"n": 9}\n', encoding="utf-8")
    with pytest.raises(InputError, match="does not fit its checksum"):
        Journal(file)


def test_a_full_disk_leaves_the_journal_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "answers.jsonl"
    with Journal(file) as book:
        book.append({"n": 1})

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(journal.os, "fsync", full)
        with pytest.raises(InputError, match="No space left on device"):
            book.append({"n": 2})
        monkeypatch.undo()
        book.append({"n": 3})
        assert [line["n"] for line in book] == [1, 3]


def test_half_a_surrogate_pair_is_stored_and_read_back(tmp_path: Path) -> None:
    value = {"text": "好 \ud83d 坏"}
    with Journal(tmp_path / "a.jsonl") as journal:
        journal.append(value)
        assert list(journal) == [value]
    write_jsonl(tmp_path / "b.jsonl", [value])
    assert list(read_jsonl(tmp_path / "b.jsonl", dict)) == [value]
