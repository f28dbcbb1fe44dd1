"""What is kept between runs is found again or is as if it had never been kept; nothing fails."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.store import FILE, FOLDER, MARK, Store


@contextmanager
def store(folder: Path | None) -> Iterator[Store]:
    with closing(Store(folder)) as opened:
        yield opened


def base(folder: Path) -> Path:
    return folder / FOLDER / FILE


def test_what_is_kept_is_found_again_by_another_run(tmp_path: Path) -> None:
    with store(tmp_path) as first:
        first.put("a 1", b"\x00\xff\n")
        assert first.get("a 1") == b"\x00\xff\n"
    with store(tmp_path) as second:
        assert second.get("a 1") == b"\x00\xff\n"
        assert second.get("a 2") is None
        assert second.holds("a ") and not second.holds("b ")


def test_what_is_to_be_forgotten_is_and_nothing_else(tmp_path: Path) -> None:
    with store(tmp_path) as kept:
        for key in ("a 1", "a 2", "a", "ab 1"):
            kept.put(key, b"1")
        kept.forget("a ")
        assert [kept.get(key) for key in ("a 1", "a 2", "a", "ab 1")] == [None, None, b"1", b"1"]


def test_the_folder_is_hidden_on_windows_when_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden: list[tuple[str, int]] = []

    class Kernel:
        def __init__(self, name: str) -> None:
            assert name == "kernel32"

        def SetFileAttributesW(self, path: str, attributes: int) -> None:  # noqa: N802
            hidden.append((path, attributes))

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("ctypes.WinDLL", Kernel, raising=False)
    for _ in range(2):
        with store(tmp_path) as kept:
            kept.put("a", b"1")
            assert kept.get("a") == b"1"
    assert hidden == [(str(tmp_path / FOLDER), 2)]


def test_without_a_folder_nothing_is_kept() -> None:
    with store(None) as nowhere:
        nowhere.put("a", b"1")
        assert nowhere.get("a") is None
        assert not nowhere.holds("")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("store")
    with store(folder) as kept:
        for at in range(200):
            kept.put(f"{at}", b"%d " % at * 50)
    return base(folder).read_bytes()


@given(data=st.data())
def test_a_damaged_store_misses_or_tells_the_truth_and_keeps_again(
    data: st.DataObject, filled: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("store")
    base(folder).parent.mkdir()
    at = data.draw(st.integers(0, len(filled) - 1))
    run = data.draw(st.binary(min_size=1, max_size=300))
    cut = data.draw(st.sampled_from([None, at]))
    base(folder).write_bytes((filled[:at] + run + filled[at + len(run) :])[:cut])
    with store(folder) as kept:
        for key in range(200):
            assert kept.get(f"{key}") in {None, b"%d " % key * 50}
    with store(folder) as kept:
        kept.put("new", b"1")
    with store(folder) as kept:
        assert kept.get("new") in {None, b"1"}


def test_a_sound_value_under_anothers_key_is_missed(tmp_path: Path) -> None:
    """As a flipped bit in the list of keys leads there."""
    with store(tmp_path) as kept:
        kept.put("a", b"1")
    with closing(sqlite3.connect(base(tmp_path), isolation_level=None)) as within:
        within.execute("UPDATE kept SET key = 'b'")
    with store(tmp_path) as kept:
        assert kept.holds("b")
        assert kept.get("b") is None


@pytest.mark.parametrize("junk", [b"", b"no database at all" * 100, b"SQLite format 3\x00junk"])
def test_what_is_no_store_is_begun_anew(junk: bytes, tmp_path: Path) -> None:
    base(tmp_path).parent.mkdir()
    base(tmp_path).write_bytes(junk)
    with store(tmp_path) as kept:
        kept.put("a", b"1")
    with store(tmp_path) as kept:
        assert kept.get("a") == b"1"


def test_a_store_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_bytes(b"a file where the folder would be")
    with store(tmp_path) as kept:
        kept.put("a", b"1")
        assert kept.get("a") is None


def test_while_another_run_writes_nothing_is_lost_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svcq_excel.store._SECONDS", 0.01)
    with store(tmp_path) as mine:
        mine.put("a", b"1")
        other = sqlite3.connect(base(tmp_path), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        mine.put("b", b"2")
        assert mine.get("a") is None
        with store(tmp_path) as late:
            assert late.get("a") is None
        other.execute("ROLLBACK")
        other.close()
        assert mine.get("a") == b"1"
    with store(tmp_path) as next_run:
        assert next_run.get("a") == b"1"


ENDLESS = (
    "WITH RECURSIVE r(key, value, checksum) AS "
    "(SELECT 'a', 'b', 1 UNION ALL SELECT key || 'a', value, checksum + 1 FROM r) SELECT * FROM r"
)
PLAIN = "CREATE TABLE kept (key TEXT PRIMARY KEY, value BLOB, checksum INTEGER)"
PLANTED = {
    "a view": [f"CREATE VIEW kept AS {ENDLESS}"],
    "a trigger": [PLAIN, f"CREATE TRIGGER t AFTER INSERT ON kept BEGIN {ENDLESS}; END"],
    "a view beside": [PLAIN, f"CREATE VIEW other AS {ENDLESS}"],
    "another index": [PLAIN, "CREATE INDEX i ON kept (length(value))"],
    "a check": [PLAIN.replace("INTEGER)", "INTEGER CHECK (checksum > 0))")],
    "a computed column": [PLAIN.replace("INTEGER)", "INTEGER, more AS (length(value)))")],
    "another table": ["CREATE TABLE other (a)"],
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_what_is_no_plain_table_of_ours_is_never_asked(planted: list[str], tmp_path: Path) -> None:
    base(tmp_path).parent.mkdir()
    with closing(sqlite3.connect(base(tmp_path))) as within:
        for each in planted:
            within.execute(each)
        within.commit()
    began = monotonic()
    with store(tmp_path) as kept:
        assert not kept.holds("")
        kept.put("a", b"1")
        assert kept.get("a") == b"1"
    assert monotonic() - began < 2


def test_an_answer_that_takes_too_long_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svcq_excel.store._SECONDS_TO_ANSWER", 0.1)
    with store(tmp_path) as kept:
        assert kept._ask(ENDLESS) == []
        kept.put("a", b"1")
        assert kept.get("a") == b"1"


def test_nothing_is_kept_where_a_link_leads_to(tmp_path: Path) -> None:
    other, mine = tmp_path / "other", tmp_path / "mine"
    with store(other) as kept:
        kept.put("a", b"1")
    before = base(other).read_bytes()
    try:
        base(mine).parent.mkdir(parents=True)
        base(mine).symlink_to(base(other))
        (tmp_path / "third").mkdir()
        (tmp_path / "third" / FOLDER).symlink_to(other / FOLDER, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    for folder in (mine, tmp_path / "third"):
        with store(folder) as kept:
            assert kept.get("a") is None
            kept.put("a", b"2")
    assert base(other).read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("name", [FILE, f"{FILE}-journal", f"{FILE}-wal", MARK])
def test_a_pipe_in_its_place_is_never_waited_for(name: str, tmp_path: Path) -> None:
    base(tmp_path).parent.mkdir()
    os.mkfifo(base(tmp_path).with_name(name))
    with store(tmp_path) as kept:
        kept.put("a", b"1")
        assert kept.get("a") == b"1"


def test_where_much_is_kept_what_was_kept_first_is_forgotten_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store(tmp_path) as kept:
        for at in range(50):
            kept.put(f"{at}", b"1")
        kept.put("3", b"2")
    monkeypatch.setattr("svcq_excel.store._MOST", 20)
    with store(tmp_path) as kept:
        left = [at for at in range(50) if kept.get(f"{at}")]
    assert left == [3, *range(31, 50)]


def test_twenty_thousand_files_of_no_worth_do_not_make_it_forget(tmp_path: Path) -> None:
    with store(tmp_path) as kept:
        kept.put("form", b"1")
        for at in range(20_001):
            kept.put(f"junk {at}", b"1")
    with store(tmp_path) as kept:
        assert kept.get("form") == b"1"
