"""`--watch`: what arrives is told once, nothing is said while nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from svcq_excel.assessment.standing import Standing
from svcq_excel.assessment.watching import Seen, arrivals, changes
from tests.assessment.standings import standing_of


class Inbox:
    """A clock and a folder: at each pause the next thing happens; at the end, Ctrl-C."""

    def __init__(self, *then: tuple[Seen, Standing]) -> None:
        self.seen_now, self.standing = then[0]
        self._then = iter(then[1:])
        self.looks = 0

    def look(self) -> Standing:
        self.looks += 1
        return self.standing

    def seen(self) -> Seen:
        return self.seen_now

    def pause(self) -> None:
        try:
            self.seen_now, self.standing = next(self._then)
        except StopIteration:
            raise KeyboardInterrupt from None

    def told(self) -> Iterator[list[str]]:
        try:
            for _, changed in arrivals(self.look, self.seen, self.pause):
                yield changed
        except KeyboardInterrupt:
            return


BEFORE = standing_of(7)
_missing = BEFORE.units[5]
HERE = replace(
    _missing,
    status="accepted",
    word="已繳",
    lateness="期限內",
    when="105年7月6日 09:00 寄出",
    remark="",
)
AFTER = replace(BEFORE, units=(*BEFORE.units[:5], HERE, *BEFORE.units[6:]))
TOLD = ["U0005 東區第5戶政事務所　未繳 → 已繳　105年7月6日 09:00 寄出"]


def test_an_arrival_is_told_once() -> None:
    inbox = Inbox((("a",), BEFORE), (("a",), BEFORE), *[(("a", "b"), AFTER)] * 4)
    assert [*inbox.told()] == [[], TOLD]
    assert inbox.looks == 2


def test_nothing_is_looked_at_while_nothing_changes() -> None:
    inbox = Inbox(*[(("a",), BEFORE)] * 9)
    assert [*inbox.told()] == [[]] and inbox.looks == 1


def test_a_file_on_its_way_is_left_alone_until_it_is_whole() -> None:
    growing = [(("a", size), BEFORE) for size in range(5)]
    inbox = Inbox((("a",), BEFORE), *growing, *[(("a", 5), AFTER)] * 3)
    assert [*inbox.told()] == [[], TOLD]
    assert inbox.looks == 2


def test_what_changes_nothing_for_any_unit_is_not_told() -> None:
    inbox = Inbox((("a",), BEFORE), *[(("a", "Thumbs.db"), BEFORE)] * 4)
    assert [*inbox.told()] == [[]] and inbox.looks == 2


def test_a_plan_that_is_being_edited_is_told_with_its_faults() -> None:
    assert [*changes(BEFORE, replace(BEFORE, step="correct"))] == ["目前步驟：補正"]
