"""Keys that lead elsewhere than the words on the form say: of rows, and of columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from svcq_excel.checks.answers import CheckedForm
from svcq_excel.checks.examples import reworded
from svcq_excel.checks.numerals import shorten
from svcq_excel.checks.rule import Example, FormRule
from svcq_excel.checks.violation import Violation
from svcq_excel.form.facts import FormFacts
from svcq_excel.form.layout.layout import lay_out
from svcq_excel.form.reading.key_places import places_of
from svcq_excel.rubric.model import Rubric
from svcq_excel.rubric.once_a_form import OnceAForm

_FORM = "收件作業：表件的項目、配分及文字不得更改"
_LEAF = "A1.1.1.1"


def worded_as(other: str) -> Example:
    """The wording of another leaf in a leaf's row."""

    def apply(facts: FormFacts) -> FormFacts:
        entry = facts.entries[_LEAF][0]._replace(wording=facts.entries[other][0].wording)
        return replace(facts, entries={**facts.entries, _LEAF: (entry,)})

    return apply


class CriterionMistaken(FormRule):
    """Keys that were sorted, copied or typed otherwise would give a score to another leaf, or take
    it from another column than the one that people read."""

    code = "criterion-mistaken"
    severity = "error"
    title = "代號與表上的文字不符"
    clause = _FORM
    asked_anew = "本檔已恢復原訂各列，請確認這一項的內容無誤"
    requires = ("criterion-repeated",)
    bad = worded_as("A1.1.1.2")
    good = reworded(_LEAF, "120分)", "130分)")

    def find(self, form: CheckedForm) -> Iterator[Violation]:
        yield from self.of_columns(form)
        places = places_of(form.rubric).leaves
        for answer in form.answers:
            id, wording = answer.leaf.id, answer.entry.wording
            if wording != places[id].wording:
                other = _meant(form.rubric, wording, id)
                if other != id:
                    name = form.rubric.leaf_by_id[other].name
                    found = f"這一列的代號是「{id}」，文字卻是「{shorten(name)}」"
                    yield self.at(answer, found, "", "請改用原表件填寫")

    def of_columns(self, form: CheckedForm) -> Iterator[Violation]:
        layout = lay_out(form.rubric)
        titles = {column.key: column.title for column in layout.columns}
        todo = "請改用原表件填寫，並確認計入的就是簽章的人所看到的"
        for key, head in form.facts.headed.items():
            said = f"欄名是「{shorten(head.text)}」" if not head.blank else "沒有欄名"
            if titles[key] in head.text:
                said = "不在原來的次序"
            column = head.address.rstrip("0123456789")
            found = f"標示為「{titles[key]}」的 {column} 欄{said}"
            yield self.violation(found, "", todo, cell=head)
        for head in form.facts.unkeyed:
            column = head.address.rstrip("0123456789")
            found = f"{column} 欄的欄名也是「{shorten(head.text)}」，所填內容卻不會計入"
            yield self.violation(found, "", todo, cell=head)


def _meant(rubric: Rubric, wording: tuple[str, ...], id: str) -> str:
    """The leaf whose wording stands first and most; the one that the key says, where none is it
    more. Rows that lost their key follow those of the leaf above them."""
    owners = _owners(rubric)
    said = ["".join(text.split()) for text in wording]
    known = [owners[text] for text in said if text in owners]
    counts = Counter(known[: len(places_of(rubric).leaves[id].wording)])
    return max([id, *counts], key=lambda leaf: counts[leaf])


@OnceAForm
def _owners(rubric: Rubric) -> dict[str, str]:
    """The leaf of each text that only one leaf has."""
    said = [
        ("".join(text.split()), id)
        for id, place in places_of(rubric).leaves.items()
        for text in set(place.wording)
    ]
    counts = Counter(text for text, _ in said)
    return {text: id for text, id in said if counts[text] == 1}
