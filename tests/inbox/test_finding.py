"""Whatever files and folders are called, each file of an inbox is found, and found once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svcq_excel.inbox.finding import find

NAMES = st.text(st.sampled_from("ab甲𠮷 .~$_-"), min_size=1, max_size=6).filter(
    lambda name: name.strip(".") != ""
)
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=8)


@settings(max_examples=40)
@given(PATHS)
def test_every_file_is_found_once_whatever_the_names(
    tmp_path_factory: pytest.TempPathFactory, paths: list[list[str]]
) -> None:
    inbox = tmp_path_factory.mktemp("inbox")
    made = set()
    for parts in paths:
        path = inbox.joinpath(*parts)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
        except OSError:
            continue  # a folder of that name is there already, or a file where a folder should be
        made.add(path)
    first, again = find([inbox]), find([inbox, inbox])
    assert first == again
    assert sorted(each.path for each in first) == sorted(made)
