"""Standings as they come about, without forms: every status, late and in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from svcq_excel.assessment.folder import Folder
from svcq_excel.assessment.standing import NOT_CORRECTED, OVERDUE, Standing, UnitStanding
from svcq_excel.plan.expected import Outstanding
from svcq_excel.plan.units import Unit
from svcq_excel.text.roc_dates import TAIPEI

AT = datetime(2016, 7, 5, 10, tzinfo=TAIPEI)
DEADLINE = datetime(2016, 7, 31, 23, 59, 59, 999999, tzinfo=TAIPEI)
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>局"


def unit_of(at: int) -> Unit:
    name = NASTY if at == 7 else f"{'東西南北中'[at % 5]}區第{at}戶政事務所"
    contact = f"{'王李張陳'[at % 4]}小{'明華'[at % 2]}"
    mail = f"u{at}@example.gov.tw"
    return Unit(f"U{at:04}", name, f"第{at // 30 + 1}組", mail, contact, f"02-2720-{1000 + at}")


def unit_standing(at: int) -> UnitStanding:
    """One status after the other."""
    came = AT + timedelta(hours=at % 100)
    sent = "105年7月5日 10:00 寄出"
    whole = UnitStanding(unit_of(at), "self", "自行", "accepted", "已繳", "期限內", came, sent)
    match at % 7:
        case 3:
            return replace(whole, lateness="逾期")
        case 4:
            return replace(
                whole,
                status="needs-correction",
                word="待補正",
                lateness=NOT_CORRECTED,
                remark="評分表有應更正事項，請補正後重送",
            )
        case 5:
            return replace(
                whole,
                status="missing",
                word="未繳",
                lateness=OVERDUE,
                received=None,
                when="",
                remark="尚未收到評分表",
            )
        case 6:
            return replace(
                whole,
                status="incomplete",
                word="尚缺 2 份",
                lateness=OVERDUE,
                remark="已收 3 份，尚缺 2 份：委員乙（未繳）、委員丙（待補正）；請催繳",
                outstanding=(
                    Outstanding("委員乙", "委員乙", "missing"),
                    Outstanding("委員丙", "委員丙", "needs-correction"),
                ),
            )
    return replace(whole, remark="秘書室，考核日期 105年7月5日")


def standing_of(many: int, folder: Path = Path("考核")) -> Standing:
    return Standing(
        Folder(folder, folder / "考核計畫.xlsx"),
        "collect",
        "經濟部水利署105年度提升服務品質執行計畫",
        "wra-105",
        "105年度上半年",
        DEADLINE,
        True,
        tuple(unit_standing(at) for at in range(many)),
        form_word="評分表",
        year=105,
    )
