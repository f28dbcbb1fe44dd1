"""What is kept between runs is found again or is as if it had never been kept; nothing fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq_excel.store import FILE, FOLDER, Store


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
