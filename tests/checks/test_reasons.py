"""Every reason why a file cannot be read has one rule that answers it, with a remedy of its own."""

from __future__ import annotations

from typing import get_args

import pytest

from svcq_excel.checks.catalogue import file_rules, rule_for
from svcq_excel.workbooks.workbook import Reason

IGNORED = "own-output"
REASONS: list[Reason] = [reason for reason in get_args(Reason) if reason != IGNORED]


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_is_answered_by_one_rule(reason: Reason) -> None:
    assert [rule for rule in file_rules().values() if reason in rule.todos] == [rule_for(reason)]
    assert rule_for(reason).find("甲", reason).todo.startswith("請")


def test_no_two_reasons_have_the_same_remedy() -> None:
    todos = [rule_for(reason).find("甲", reason).todo for reason in REASONS]
    assert len(set(todos)) == len(todos)


def test_who_can_open_an_archive_or_a_sealed_mail_is_not_told_to_open_a_form() -> None:
    for reason in ("packed", "signed", "sealed", "rights"):
        assert "LibreOffice" not in rule_for(reason).find("甲", reason).todo
