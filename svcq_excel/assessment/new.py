"""A new assessment: its folder with the plan workbook, the inbox and the starters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from svcq_excel.assessment.folder import PLAN_NAMES, Folder, is_in_an_inbox
from svcq_excel.assessment.likeness import Likeness, like
from svcq_excel.assessment.results_before import BEFORE
from svcq_excel.assessment.starters import starters
from svcq_excel.assessment.writing import plan_workbook
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.output import OutputBlockedError, reason_of
from svcq_excel.placing import Placing, lies_otherwise
from svcq_excel.plan.sources import AnyPath
from svcq_excel.seal_key import SealKey


@dataclass(frozen=True, slots=True)
class NewFolder:
    """What was made, and what a person should look at before the next step."""

    folder: Folder
    likeness: Likeness
    to_look_at: tuple[str, ...]


def new_folder(
    path: AnyPath,
    source: str,
    year: int | None = None,
    round: str | None = None,
    agency: str | None = None,
    key: SealKey | None = None,
) -> NewFolder:
    """Makes the folder of an assessment like a definition or an earlier folder.

    Nothing that is there is replaced. Raises DefinitionError where something would be, or there is
    nothing to be made like it, and OutputBlockedError.
    """
    there = Path(path)
    own = Folder(there, there / PLAN_NAMES[0])
    if problems := [*_in_the_way(there)]:
        raise DefinitionError(problems)
    earlier = like(source)
    made = earlier.changed(year, agency)
    files = {there / name: content for name, content in starters().items()}
    files |= {there / BEFORE / name: _read(path) for name, path in made.results.items()}
    plan = plan_workbook(made, round, key or SealKey.new())
    in_the_way = [each for each, content in files.items() if lies_otherwise(each, content)]
    if in_the_way:
        raise DefinitionError(map(_taken, in_the_way))
    _make(own)
    _place(files)
    for each in files:
        if each.suffix == ".command":
            each.chmod(0o755)
    _place({own.plan_workbook: plan})  # last: it makes the folder one
    return NewFolder(own, made, tuple(_to_look_at(earlier, made)))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"前次的統計表無法開啟（{reason_of(error)}）"
        fix = "請確認檔案可以讀取，且未被其他程式鎖住；不帶入前期結果者，請先移走該檔"
        raise DefinitionError([Problem(str(path), message, fix)]) from error


def _place(files: Mapping[Path, bytes]) -> None:
    with Placing() as placing:
        for each, content in files.items():
            placing.add(each, content)
        placing.place()


def _make(own: Folder) -> None:
    try:
        own.inbox.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputBlockedError(own.inbox, reason_of(error)) from error


def _in_the_way(there: Path) -> Iterator[Problem]:
    plans = [there / name for name in PLAN_NAMES]
    if is_in_an_inbox(there):
        fix = "請改用其他位置"
        yield Problem(str(there), "位於另一個考核資料夾的「收件」之內", fix)
    for plan in plans:
        if plan.exists():
            yield Problem(str(plan), "這裡已經是考核資料夾", "請改用其他資料夾，或先將它移走")


def _taken(path: Path) -> Problem:
    return Problem(str(path), "已有同名而內容不同的檔案", "請改用其他資料夾，或先將該檔移走")


def _to_look_at(earlier: Likeness, made: Likeness) -> Iterator[str]:
    """What was taken over and may not hold any more."""
    said = earlier.said
    yield from earlier.doubts
    if any(each.deadline or each.correction_deadline for each in earlier.rounds):
        yield "「計畫」的繳交期限、補正期限承自前次，請更正為本次的期限（已標色並加註）。"
    if said.contact or said.phone or said.email:
        yield "「計畫」的聯絡人、聯絡電話、聯絡電子郵件承自前次，請核對。"
    if made.results:
        names = "、".join(f"「{BEFORE}/{name}」" for name in made.results)
        yield f"前次的結果已複製為{names}，列在「計畫」的前期結果，彙整時一併比較。"
    if made.lists:
        yield f"{'、'.join(f'「{name}」' for name in made.lists)}承自前次，請核對增減。"
    old = f"{earlier.rubric.year}年"
    if made.rubric.year != earlier.rubric.year and (places := _saying(made, old)):
        yield f"評分表定義的文字仍有「{old}」，請核對：{'、'.join(places)}。"


def _saying(made: Likeness, text: str) -> list[str]:
    """The names of what says it, a few of them."""
    nodes = [node for _, node in made.rubric.walk() if text in node.model_dump_json()]
    names = dict.fromkeys(node.name for node in nodes if not node.children)
    more = [f"等 {len(names)} 處"] if len(names) > 5 else []
    return [*(f"「{name}」" for name in list(names)[:5]), *more]
