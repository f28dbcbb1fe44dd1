"""Unrelated workbooks by the hundred: none is taken for a form, and each is told why."""

from __future__ import annotations

import pytest

from tests.faults.inbox import Inbox, Merged
from tests.faults.unrelated import workbooks

ALL = dict(workbooks())


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Merged:
    inbox = Inbox(tmp_path_factory.mktemp("unrelated"))
    for name, data in ALL.items():
        inbox.put(name, data)
    return inbox.merged()


def test_whatever_came_every_file_is_told_and_no_other_suffers(merged: Merged) -> None:
    assert len(ALL) >= 100
    merged.assert_round_is_sound()


def test_none_is_taken_for_a_form(merged: Merged) -> None:
    fates = {name: merged.fate(name) for name in ALL}
    empty = {name for name in ALL if name.startswith("nothing-")}
    assert {fates[name] for name in ALL if name not in empty} == {"rejected unknown-form"}
    assert {fates[name] for name in empty} <= {
        "rejected unknown-form",
        "rejected unreadable-file",
    }


def test_whoever_sent_one_is_told_what_to_send(merged: Merged) -> None:
    assert all("請" in merged.message(name) for name in ALL)
