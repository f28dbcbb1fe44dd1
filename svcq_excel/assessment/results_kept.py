"""Whether the results that lie in a folder are those that all else in it gives now."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from svcq_excel.assessment.folder import Folder
from svcq_excel.inbox.fingerprints import Fingerprints
from svcq_excel.plan.plan import Plan
from svcq_excel.rerun import Outputs, inputs_digest, told_before
from svcq_excel.store import Store


def are_current(places: Folder, plan: Plan, prints: Fingerprints) -> bool:
    """Whether the statistics workbook is there as a merge would leave it now; one that is frozen,
    as it would have left it before that."""
    table = places.statistics
    before = tuple(each for each in plan.lockings if not each.stands)
    with closing(Store(table.parent, only_read=True)) as store:
        was = replace(plan, lockings=before)
        written = Outputs.of_merge(table, was).lasting
        digest = inputs_digest(was, (places.inbox,), written, prints)
        return told_before(store, table, digest) is not None
