"""What the letters of an occasion have in common: their texts, whom they reach, who gets none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from svcq_excel.form.identity import form_word
from svcq_excel.letters.letter import Attachment, Letter, Occasion
from svcq_excel.letters.mime import on_one_line
from svcq_excel.letters.templates import Template, in_chinese
from svcq_excel.letters.wording import SHIPPED
from svcq_excel.plan.plan import Plan
from svcq_excel.plan.units import Unit
from svcq_excel.returns.letter import until
from svcq_excel.text.mail_addresses import addresses_in
from svcq_excel.text.roc_dates import roc_deadline

NO_ADDRESS = "名單上沒有電子郵件"
LISTED = "　　　　"
"""The indent of what a paragraph lists."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A unit that gets no letter, and why."""

    unit: Unit
    reason: str


@dataclass(frozen=True, slots=True)
class Post:
    """The letters of an occasion, and the units that get none."""

    letters: tuple[Letter, ...]
    without: tuple[Unwritten, ...]
    notes: tuple[str, ...] = ()
    """What else the office has to know or do; each is said once."""

    @classmethod
    def of(cls, made: Sequence[Letter | Unwritten], notes: Sequence[str] = ()) -> Post:
        letters = tuple(each for each in made if isinstance(each, Letter))
        return cls(letters, tuple(e for e in made if isinstance(e, Unwritten)), tuple(notes))


@dataclass(frozen=True)
class Writer:
    """Writes the letters of one occasion, each of its own unit's data alone."""

    plan: Plan
    occasion: Occasion
    templates: Mapping[Occasion, Template] = field(default_factory=dict)
    """The plan's own; those that ship stand for the rest."""
    copies: tuple[str, ...] = ()
    """Addresses that get each letter, too."""

    def letter(
        self,
        unit: Unit,
        fields: Mapping[str, str],
        attachments: Sequence[Attachment] = (),
        matter: str = "",
    ) -> Letter | Unwritten:
        """The unit's letter, where there is an address that it can go to."""
        to = tuple(addresses_in(unit.email)[0])
        if not to:
            return Unwritten(unit, NO_ADDRESS)
        names = [each.name for each in attachments]
        said = {**self._common(unit), **fields}
        said["附件數"] = str(len(names)) if names else ""
        said["附件清單"] = listed(names)
        text = self.templates.get(self.occasion, SHIPPED[self.occasion]).filled(said)
        contact = self.plan.contact
        return Letter(
            self.occasion,
            self.this_round,
            unit.code,
            unit.name,
            to,
            text.subject,
            text.body,
            tuple(attachments),
            self.copies,
            reply_to=next(iter(addresses_in(contact.email)[0]), ""),
            matter=matter,
        )

    @property
    def corrected_by(self) -> str:
        """於105年8月15日（星期一）前: what was sent back is awaited by then."""
        return by(_moment(self.plan.correction_deadline))

    def due_of(self, missing: bool) -> str:
        """By when a form, or else its correction, was to be there."""
        plan = self.plan
        return _moment(plan.deadline if missing else plan.correction_deadline)

    @property
    def this_round(self) -> str:
        return self.plan.round or self.plan.rubric.default_round

    def _common(self, unit: Unit) -> dict[str, str]:
        rubric, plan = self.plan.rubric, self.plan
        due, corrected = _moment(plan.deadline), _moment(plan.correction_deadline)
        return {
            "考核名稱": rubric.title,
            "表件名稱": form_word(rubric),
            "主辦機關": rubric.agency,
            "年度": str(rubric.year),
            "期別": "" if self.this_round in rubric.title else self.this_round,
            "編號": unit.code,
            "受考核單位名稱": unit.name,
            "組別": unit.group,
            "承辦人": unit.contact,
            "繳交期限": due,
            "期限前": by(due),
            "補正期限": corrected,
            "補正期限前": self.corrected_by,
            "聯絡方式": self._reached(),
        }

    def _reached(self) -> str:
        contact = self.plan.contact
        told = [
            f"聯絡人 {contact.name}" if contact.name else "",
            f"電話 {contact.phone}" if contact.phone else "",
            f"電子郵件 {contact.email}" if contact.email else "",
        ]
        said = "，".join(filter(None, told))
        return said or f"如有疑問，請洽{self.plan.rubric.agency}承辦人員"


def _moment(due: datetime | None) -> str:
    return until(roc_deadline(due)) if due else ""


def by(moment: str) -> str:
    """於105年7月31日（星期日）前, or 儘速 where nothing was set."""
    return f"於{moment}前" if moment else "儘速"


def listed(texts: Iterable[str]) -> str:
    """Each on a line of its own, numbered （一）; lines of one text stand below it."""
    return "\n".join(_numbered(texts))


def _numbered(texts: Iterable[str]) -> Iterator[str]:
    for at, text in enumerate(texts, start=1):
        number = f"（{in_chinese(at)}）" if at < 100 else f"（{at}）"
        first, *more = [line for each in text.splitlines() if (line := on_one_line(each))] or [""]
        yield f"{LISTED}{number}{first}"
        yield from (f"{LISTED}　　　{line}" for line in more)
