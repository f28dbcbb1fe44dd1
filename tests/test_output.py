"""What the system refuses is told in words that say what to do."""

from __future__ import annotations

import errno
import os
import re

import pytest

from svcq_excel.output import reason_of

USUAL = [
    "EACCES",
    "EPERM",
    "EBUSY",
    "ENOSPC",
    "EDQUOT",
    "EFBIG",
    "EROFS",
    "EISDIR",
    "ENOTDIR",
    "EEXIST",
    "ENOENT",
    "ENAMETOOLONG",
    "EINVAL",
    "EILSEQ",
    "ELOOP",
    "EMFILE",
    "ENFILE",
    "ENOMEM",
    "EAGAIN",
    "EIO",
    "ENODEV",
    "ENXIO",
    "ETIMEDOUT",
    "ESTALE",
]


@pytest.mark.parametrize("name", USUAL)
def test_what_the_system_refuses_is_told_in_chinese_with_what_to_do(name: str) -> None:
    number: int = getattr(errno, name)
    reason = reason_of(OSError(number, os.strerror(number)))
    assert not re.search("[A-Za-z]+ [A-Za-z]+", reason), reason
    assert "請" in reason


def test_a_rare_refusal_keeps_the_systems_words_in_brackets() -> None:
    rare = OSError(errno.EDOM, os.strerror(errno.EDOM))
    assert f"（{os.strerror(errno.EDOM)}）" in reason_of(rare)


@pytest.mark.parametrize("number", [32, 33])
def test_what_windows_calls_shared_is_open_elsewhere_and_nothing_else(number: int) -> None:
    error = PermissionError(errno.EACCES, "")
    error.winerror = number  # type: ignore[attr-defined]  # Windows' own
    assert "正由 Excel 或其他程式開啟" in reason_of(error) and "權限" not in reason_of(error)
