"""What is next in an assessment, in the words in which a colleague would say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from svcq_excel.assessment.standing import Standing, Step, UnitStanding
from svcq_excel.text.roc_dates import roc_deadline

STEPS: dict[Step, str] = {
    "plan": "訂定計畫",
    "issue": "寄發表件",
    "collect": "收件",
    "correct": "補正",
    "conclude": "彙整",
    "lock": "定案",
}

_NAMED = 4
"""Units that a sentence names; of more it says how many."""


def next_steps(now: Standing) -> tuple[str, ...]:
    """The most pressing first; the command that does it stands in each."""
    return tuple(_next(now))


def still_open(now: Standing) -> str:
    """What a result that is frozen goes without; "" where it is whole."""
    if not (missing := [each for each in now.units if each.status != "accepted"]):
        return ""
    return (
        f"請留意：定案時，{_named(missing)}尚未繳交、補正或評定完成。"
        "日後補齊者，須以 svcq merge --unlock 寫明理由，重新彙整後再定案。"
    )


def _next(now: Standing) -> Iterator[str]:
    match now.step:
        case "plan":
            plan = now.folder.plan_workbook.name
            yield f"請依上列 {len(now.problems)} 處填寫或更正「{plan}」，存檔後再執行 svcq status。"
            yield "執行 svcq status --mark，可另存一份在儲存格標示問題的考核計畫。"
        case "issue":
            if now.overdue and now.deadline:
                due = roc_deadline(now.deadline)
                yield f"繳交期限（{due}）已過：請先更正「計畫」的繳交期限、補正期限，再寄發表件。"
            also = _drafts(now.units, "announce")
            yield f"請執行 svcq generate 產製空白{now.form_word}，分送「空白表件」內的檔案{also}。"
            yield "收到的檔案請放入「收件」資料夾。"
        case "conclude":
            yield f"{now.form_word}都已收齊，請執行 svcq merge 彙整考核結果統計表。"
        case "lock" if now.changed:
            changed = "收件、考核計畫、程式或資料夾的位置"
            yield f"結果已定案，但之後{changed}有更動：請執行 svcq verify 核對結果是否仍相同。"
            yield "確須更正時，請執行 svcq merge --unlock，並寫明理由。"
        case "lock" if now.locked:
            yield "結果已定案；執行 svcq verify 可由封存檔重新計算並比對。"
            if any(each.unit.email for each in now.units):
                yield "要通知各單位結果時，執行 svcq mail notify 可做成信件草稿。"
        case "lock":
            yield "考核結果統計表已是最新的；核定後請執行 svcq lock 定案。"
        case _:
            yield from _open(now)
    yield from _files(now)


def _open(now: Standing) -> Iterator[str]:
    """What is outstanding, while forms come in."""
    if wrong := now.of_status("needs-correction"):
        done = "；已製作的補正表件在「補正」資料夾" if now.sent_back else ""
        yield (
            f"{_named(wrong)}的{now.form_word}待補正：請執行 svcq return 製作補正表件，"
            f"寄回補正{done}{_drafts(wrong, 'return')}。"
        )
    missing = now.of_status("missing")
    if awaited := [each for each in missing if each.awaited]:
        known = any(each.unit.phone or each.unit.email for each in awaited)
        whom = "聯絡方式列於各單位" if known else "名單沒有聯絡方式，可在「受考核單位」補上"
        waits = now.deadline and not now.overdue
        what = "期限前請視需要提醒" if waits else "請催繳"
        yield f"{_named(awaited)}未繳{_until(now)}：{what}；{whom}{_drafts(awaited, 'remind')}。"
    if nobodys := [each for each in missing if not each.awaited]:
        yield f"沒有考核人員考核{_named(nobodys)}：請在「考核人員」補列，或更正其組別。"
    for member, units in now.members_awaited.items():
        yield f"考核人員{member}尚有 {len(units)} 份未完成（{_names(units)}）：請催繳。"
    yield "新收到的檔案請放入「收件」資料夾，再執行 svcq status。"


def _drafts(units: Sequence[UnitStanding], occasion: str) -> str:
    """Letters of this occasion go to units that fill in forms themselves, where addresses are
    known."""
    addressed = any(each.kind == "self" and each.unit.email for each in units)
    return f"；執行 svcq mail {occasion} 可做成信件草稿" if addressed else ""


def _until(now: Standing) -> str:
    if not now.deadline:
        return ""
    return f"（期限 {roc_deadline(now.deadline)}{'，已逾期' if now.overdue else ''}）"


def _files(now: Standing) -> Iterator[str]:
    if now.unread:
        yield f"有 {now.unread} 個檔案所在的磁碟沒有提供內容：請確認連線後再執行 svcq status。"
    if now.unusable:
        yield f"有 {now.unusable} 個檔案無法採用，也不知是哪個單位的：請執行 svcq check 看原因。"


def _named(units: Sequence[UnitStanding]) -> str:
    return f"{_names(units)}等 {len(units)} 件" if len(units) > _NAMED else _names(units)


def _names(units: Sequence[UnitStanding]) -> str:
    names = dict.fromkeys(each.unit.name for each in units)
    return "、".join(list(names)[:_NAMED])
