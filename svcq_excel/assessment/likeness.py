"""What a new assessment is made like: a definition, or an earlier assessment's folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from svcq_excel.assessment.folder import PLAN_NAMES, Folder, folder_at
from svcq_excel.assessment.list_sheets import CARRIED, LETTER_LIST, ListSheet
from svcq_excel.assessment.rebuilding import rebuilt
from svcq_excel.assessment.results_before import results_of
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.form.identity import FORM_SHEET
from svcq_excel.form.reading.identity_marks import identity_from, written_marks
from svcq_excel.plan.forms_meant import on_paper
from svcq_excel.plan.lists.cells import LONG_TEXT, text_of
from svcq_excel.plan.lists.heads import SPELLINGS, Head, find_head, shown_heading
from svcq_excel.plan.lists.list_file import Sheet, SheetOf, opened, sheets_of
from svcq_excel.plan.plan_workbook import LETTERS, read_plan_workbook
from svcq_excel.plan.rounds import PlannedRound, due_months, in_round
from svcq_excel.plan.sources import Sources
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.shipped import load, shipped


@dataclass(frozen=True, slots=True)
class CarriedList:
    """A list of an earlier assessment: its heads, those that nobody but its office knows too."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Likeness:
    """The rubric, what the earlier plan said, and its lists; decisions are not carried over."""

    rubric: Rubric
    said: Sources = field(default_factory=Sources)
    lists: Mapping[str, CarriedList] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    """What could not be taken over, in words."""
    results: Mapping[str, Path] = field(default_factory=dict)
    """Of the earlier assessment, by the names that they get."""

    @property
    def rounds(self) -> tuple[PlannedRound, ...]:
        """The earlier plan's, or those that the rubric has."""
        if self.said.rounds:
            return self.said.rounds
        year, rounds = self.rubric.default_round, self.rubric.clauses.rounds
        if rounds:
            return tuple(PlannedRound(f"{year}{name}") for name in rounds.names)
        if self.rubric.is_checklist:
            months = due_months(self.rubric)
            return tuple(PlannedRound(f"{self.rubric.year}年{month}月") for month in months)
        return (PlannedRound(year, self.said.deadline, self.said.correction_deadline),)

    def changed(self, year: int | None, agency: str | None) -> Likeness:
        """The same for another year, or of another agency."""
        old, new = f"{self.rubric.year}年", f"{year or self.rubric.year}年"
        texts = {name: getattr(self.rubric, name) for name in _TITLES}
        update = {name: text.replace(old, new) for name, text in texts.items() if text}
        if year:
            id = self.rubric.id.replace(str(self.rubric.year), str(year))
            update |= {"year": year, "id": id}
        if agency:
            was = self.rubric.agency
            update |= {
                name: update[name].replace(was, agency) for name in _TITLES if name in update
            }
            update["agency"] = agency
        rubric = Rubric.model_construct(**{**dict(self.rubric), **update})
        rounds = tuple(replace(each, name=each.name.replace(old, new)) for each in self.rounds)
        round = self.said.round.replace(old, new) if self.said.round else None
        said = replace(self.said, rounds=rounds if self.said.rounds else None, round=round)
        return replace(self, rubric=rubric, said=said, results={} if agency else self.results)


_REBUILT = (
    "評分表定義由表件重建：各層名稱、考核名稱、主辦機關請核對；"
    "佐證數據的門檻、成長率、等第、獎懲、條款、附件不在表件上，請在各工作表補填。",
)
_DIFFERS = ("表件與內附的同名定義不完全相同，以內附的定義建立；請以「評分項目」核對原計畫。",)

_TITLES = ("title", "form_title", "table_title", "unit_table_title")


def like(source: str) -> Likeness:
    """An id that ships goes before a folder of the same name. Raises DefinitionError where there is
    nothing to be made like it."""
    try:
        ships = any(each.id == source for each in shipped())
        found = None if ships else _lying_at(Path(source))
    except (OSError, ValueError):  # a name that this system cannot have
        found = None
    return found or Likeness(load(source))


def _lying_at(path: Path) -> Likeness | None:
    """What a folder, or a form, is like; None of what is neither."""
    folder = folder_at(path.parent if path.name in PLAN_NAMES else path)
    if folder is not None:
        return _like_folder(folder)
    if path.is_dir():
        message = f"資料夾內沒有「{PLAN_NAMES[0]}」，不是考核資料夾"
        raise DefinitionError([Problem(str(path), message, "請改指定代號、定義檔或考核資料夾")])
    return _like_form(path)


def _like_form(path: Path) -> Likeness | None:
    """The definition of a form that we once made, by its marks; where it does not ship, what the
    form shows of it. None of what is no form."""
    if not path.is_file() or path.suffix.lower() in {".yaml", ".yml"}:
        return None
    book = opened(path)
    if book is None or FORM_SHEET not in book.sheet_names:
        return None
    marks = [identity_from(pairs) for _, pairs in written_marks(book)]
    identity = next((each for each in marks if each.rubric), None)
    if identity is None:
        return None
    known = next((each for each in shipped() if each.id == identity.rubric), None)
    if known is None:
        return Likeness(rebuilt(book, identity, str(path)), doubts=_REBUILT)
    same = in_round(known, identity.round) if known.is_checklist else known
    return Likeness(known, doubts=() if same.digest == identity.digest else _DIFFERS)


def _like_folder(folder: Folder) -> Likeness:
    said = read_plan_workbook(folder.plan_workbook)
    if said.rubric is None:
        raise DefinitionError(said.problems or ())
    sources: dict[str, object] = {"受考核單位": said.units, "考核人員": said.assessors}
    if said.mailing:
        sources[LETTERS] = said.mailing.texts
    lists = {
        sheet.name: _carried(source, sheet)
        for sheet in (*CARRIED, LETTER_LIST)
        if isinstance(source := sources.get(sheet.name), SheetOf)
    }
    rubric = load(str(said.rubric))
    if said.form_direction:
        rubric = on_paper(rubric, said.form_direction)
    results = results_of(folder, said, rubric.default_round)
    return Likeness(rubric, said, lists, results=results)


def _carried(source: SheetOf, own: ListSheet) -> CarriedList:
    """The rows below the head, in our columns first; what a cell holds that is no text stays out of
    the new list only where it is blank."""
    sheet = next(sheets_of(source))
    wanted = [column.head for column in own.columns]
    head = find_head(sheet.rows, wanted[:1], wanted) or find_head(sheet.rows, wanted[1:2], wanted)
    if head is None:
        return CarriedList(tuple(wanted), ())
    more = _more_columns(sheet.rows, head)
    columns = [*((name, head.columns.get(name)) for name in wanted), *more]
    rows = (
        tuple(_text(sheet, at, name, column) for name, column in columns)
        for at in range(head.below, len(sheet.rows))
    )
    filled = tuple(row for row in rows if any(row))
    return CarriedList(tuple(name for name, _ in columns), filled)


def _more_columns(rows: Sequence[Sequence[object]], head: Head) -> list[tuple[str, int]]:
    named = enumerate(rows[head.below - 1])
    known = {*head.columns.values()}
    return [(text, at) for at, value in named if (text := shown_heading(value)) and at not in known]


def _text(sheet: Sheet, row: int, name: str, column: int | None) -> str:
    if column is None:
        return ""
    spelled = name if name in {*SPELLINGS, LONG_TEXT} else next(iter(SPELLINGS))
    return text_of(spelled, sheet.value(row, column), sheet.shown.get((row, column), ""))[0]
