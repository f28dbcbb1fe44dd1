"""What is carried over on a checklist is known by its forms: the plan has to say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from svcq_excel.checks.batch import CheckedFile
from svcq_excel.definition import DefinitionError, Problem
from svcq_excel.plan.plan import Plan

OPTION = "--carried"
_MADE_WITH = "產製本期表件時所用的前期統計表"
_IN_A_FOLDER = "考核資料夾內自動帶入「結果」所存的前一期結果"
_EXCLUDE = (
    "只有這一份不同時，請另寄正確的表件，並於決定檔（考核資料夾則為考核計畫的「決定」）將原表件排除"
)


def verify_carried(files: Sequence[CheckedFile], plan: Plan) -> None:
    """Raises DefinitionError where a form carries steps that the plan does not, which would be lost
    from the results and from all later rounds, or lacks steps that the plan carries."""
    if plan.rubric.is_checklist and (problems := tuple(_problems(files, plan))):
        raise DefinitionError(problems)


def _problems(files: Sequence[CheckedFile], plan: Plan) -> Iterator[Problem]:
    telling = _telling(files)
    for unit in plan.units:
        meant, whose = plan.carried_to(unit.code), f"「{unit.code} {unit.name}」的檢核表"
        for file in telling.get(unit.code, ()):
            held = meant if file.carries is None else file.carries
            more = [step for step in held if step not in meant]
            less = [step for step in meant if step not in held]
            if more:
                message = f"{whose}帶有前期未完成的{_named(plan, more)}，本次沒有帶入"
                fix = f"請以 {OPTION} 指定{_MADE_WITH}（{_IN_A_FOLDER}，已移走的請放回）"
                yield _problem(file, message, fix)
            elif less and file.counts:
                message = f"{whose}沒有前期未完成而本次帶入的{_named(plan, less)}"
                fix = (
                    f"請改以 {OPTION} 指定{_MADE_WITH}，產製時沒有帶入的，請勿指定"
                    f"（{_IN_A_FOLDER}，產製時還沒有的請先移走）"
                )
                yield _problem(file, message, fix)


def _problem(file: CheckedFile, message: str, fix: str) -> Problem:
    return Problem(file.received.listed, message, f"{fix}；{_EXCLUDE}")


def _telling(files: Sequence[CheckedFile]) -> dict[str, list[CheckedFile]]:
    """By unit code, the forms that count; where none does, blank ones tell as well."""
    sure: defaultdict[str, list[CheckedFile]] = defaultdict(list)
    for file in files:
        if file.identity and file.sure_whose and (file.counts or file.status == "blank"):
            sure[file.identity.unit].append(file)
    return {code: [f for f in several if f.counts] or several for code, several in sure.items()}


def _named(plan: Plan, steps: Sequence[str]) -> str:
    """步驟 A1「訂定…計畫」、…"""
    nodes = (plan.checklist or plan.rubric).nodes
    return "步驟 " + "、".join(f"{id}「{nodes[id].name}」" for id in steps)
