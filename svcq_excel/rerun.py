"""What a run told, kept for when nothing has changed: the thirtieth run takes a moment."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from hashlib import file_digest, sha256
from pathlib import Path

from svcq_excel.inbox.finding import find
from svcq_excel.inbox.fingerprints import Fingerprints
from svcq_excel.plan.copies import EVERY, Copies
from svcq_excel.plan.copies import NONE as NO_COPIES
from svcq_excel.plan.plan import Plan
from svcq_excel.results.accounts.files import files_of
from svcq_excel.results.copies.files import paths_of
from svcq_excel.results.frames import FramedOutcome
from svcq_excel.results.lines import details, summary
from svcq_excel.results.model import Outcome
from svcq_excel.results.outcome_json import as_json
from svcq_excel.store import Store, program

RECEIPTS = "收件紀錄.csv"


Lacking = Callable[[str], object]
"""Is told what could not be made, why, and what a person can do."""


def _nothing(said: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files that a call asks for."""

    workbook: Path
    receipts: Path
    concluded: bool = True
    """Whether that is the statistics workbook; else it is the report of a check."""
    data: Path | None = None
    accounts: Mapping[Path, Sequence[str]] = field(default_factory=dict)
    """The workbooks of the units' sheets, each with the codes of its units."""
    copies: Copies = NO_COPIES
    """What is made beside the workbook, as far as this computer can."""

    @classmethod
    def of_merge(cls, table: Path, plan: Plan, data: Path | None = None) -> Outputs:
        """What `merge` writes: beside the statistics workbook the units' sheets, the list of what
        came and copies, and the tables for programs where they are asked for."""
        accounts = files_of(table, plan.units)
        return replace(cls.of_result(table), data=data, accounts=accounts, copies=plan.copies)

    @classmethod
    def of_result(cls, table: Path) -> Outputs:
        """The statistics workbook and the list beside it, which tell a result from others."""
        return cls(table, table.with_name(f"{table.stem}_{RECEIPTS}"))

    @property
    def paths(self) -> tuple[Path, ...]:
        """All that may be written."""
        return *self.lasting, *paths_of(self.workbook, self.copies)

    @property
    def lasting(self) -> tuple[Path, ...]:
        """What is made alike on every computer."""
        return self.workbook, *self.accounts, self.receipts, *self._data_files()

    def made(self, outcome: Outcome, lacks: Lacking = _nothing) -> Iterator[tuple[Path, bytes]]:
        """One after the other, so that no more than one has to be held; what cannot be made is
        told."""
        from svcq_excel.results.receipts_csv import receipts_csv
        from svcq_excel.results.workbook import write_report, write_statistics

        write = write_statistics if self.concluded else write_report
        statistics = write(outcome)
        yield self.workbook, statistics
        if paths_of(self.workbook, self.copies):
            from svcq_excel.results.copies.making import copies_of

            yield from copies_of(outcome, self.workbook, statistics, self.copies, lacks)
        del statistics
        if self.accounts:
            from svcq_excel.results.accounts.books import write_accounts

            for path, codes in self.accounts.items():
                yield path, write_accounts(outcome, codes)
        yield self.receipts, receipts_csv(outcome)
        if self.data:
            from svcq_excel.results.data_files import contents

            yield from contents(outcome, self.data).items()

    def _data_files(self) -> tuple[Path, ...]:
        if not self.data:
            return ()
        from svcq_excel.results.data_files import paths

        return paths(self.data)


@dataclass(frozen=True, slots=True)
class Told:
    """All that is to be shown of a run, whichever way it was asked for."""

    document: object
    """For `--json`."""
    details: Sequence[str]
    summary: Sequence[str]
    outputs: Mapping[str, str]
    """The files that were written, and the SHA-256 of what they hold."""
    needs_a_person: bool
    lasting: bool = True
    """Whether a run on equal inputs would end alike: not where a disk withheld a file."""


@dataclass(frozen=True)
class Written:
    """What a check or a merge came to, and what it wrote."""

    told: Told
    """What there is to show of it, in words and for programs."""
    moved: Mapping[Path, Path]
    """Outputs whose place was taken by one that is open elsewhere, and where they lie instead."""
    unchanged: bool
    """Whether all was as it had been, so that nothing was done."""
    _concluded: Callable[[], FramedOutcome]

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(map(Path, self.told.outputs))

    @cached_property
    def outcome(self) -> FramedOutcome:
        """Of an unchanged run it is worked out when it is asked for."""
        return self._concluded()


def told_of(outcome: Outcome, written: Sequence[Path] = (), lacking: Sequence[str] = ()) -> Told:
    """What is told of a run; the workbook stands first among what it wrote. `lacking` says what it
    could not make."""
    return Told(
        as_json(outcome, written[0].as_posix() if written else None),
        list(details(outcome)),
        [*summary(outcome), *lacking],
        {str(path): digest_of(path) for path in written},
        outcome.needs_a_person or bool(lacking),
        all(file.status != "unread" for file in outcome.files),
    )


def inputs_digest(
    plan: Plan, inbox: Iterable[Path], outputs: Collection[Path], prints: Fingerprints
) -> str:
    """What a run's outputs follow from, in short: equal for two runs that must end alike; "" where
    a disk does not give all of it."""
    places = [str(path.resolve()) for path in outputs]
    if (files := prints.of_all(find(inbox))) is None:
        return ""
    whole = repr([program(), Path.cwd(), places, plan, files])
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def keep(store: Store, output: Path, digest: str, told: Told) -> None:
    """In the place of what an earlier run told of the same output."""
    store.forget(_key(output, ""))
    for path in told.outputs:
        store.put(_written_key(Path(path)), b"1")
    if told.lasting and digest:
        store.put(_key(output, digest), json.dumps(_plain(told)).encode("ascii"))


def _plain(told: Told) -> dict[str, object]:
    """By name; what it holds is plain already."""
    return {each.name: getattr(told, each.name) for each in fields(told)}


def told_before(
    store: Store, output: Path, digest: str, wanted: Iterable[Path] = ()
) -> Told | None:
    """What was told when all was as it is now, if the outputs lie as they were left, and all that
    are wanted are among them."""
    kept = store.get(_key(output, digest)) if digest else None
    with suppress(ValueError, TypeError, OSError):
        told = Told(**json.loads(kept)) if kept else None
        if told and not {*map(str, wanted)} <= told.outputs.keys():
            return None
        if told and all(digest_of(Path(path)) == was for path, was in told.outputs.items()):
            return told
    return None


def with_older(store: Store, outputs: Outputs, told: Told) -> Told:
    """With what lies beside the workbook as an earlier run left it, and tells an earlier result."""
    every = paths_of(outputs.workbook, EVERY) if outputs.concluded else ()
    beside = [path for path in every if str(path) not in told.outputs and path.is_file()]
    old = [f"「{path.name}」" for path in beside if was_written(store, path)]
    if not old:
        return told
    fix = "請加上製作時的選項再執行一次，不再使用的請刪除"
    said = f"{'、'.join(old)}是先前彙整時所製，這次沒有更新；{fix}。"
    return replace(told, summary=[*told.summary, said])


def was_written(store: Store, path: Path) -> bool:
    """Whether a run that is remembered wrote a file there, whatever it holds by now."""
    return store.get(_written_key(path)) is not None


def _written_key(path: Path) -> str:
    return f"wrote {sha256(os.fsencode(path.resolve())).hexdigest()}"


def digest_of(path: Path) -> str:
    """The SHA-256 of what a file holds, which is read piece by piece. Raises OSError."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _key(output: Path, digest: str) -> str:
    # Undecodable names hold what no key can.
    return f"told {sha256(output.name.encode('utf-8', 'surrogatepass')).hexdigest()} {digest}"
