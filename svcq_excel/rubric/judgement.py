"""審閱提示的門檻: from where on a person is asked to look, whatever the scores are."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from svcq_excel.rubric.node import Part, Points, Share


class Judgement(Part):
    """審閱提示的門檻: from where on a person is asked to look; no score depends on it."""

    near_threshold: Points | None = Field(
        None, description="總分低於等第下限幾分以內即提示，0 為不提示；未填則為滿分的 0.5%"
    )
    apart_share: Share = Field(
        Decimal("0.1"), description="自評與他評總分相差超過滿分的幾成即提示，0.1 為一成"
    )
    full_share: Share = Field(
        Decimal("0.5"), description="得滿分而無備註的細項達幾成即提示，0.5 為半數"
    )
    fewest_leaves: Annotated[int, Field(ge=1)] = Field(
        5, description="細項少於此數時，分數雷同可能只是巧合，不提示"
    )
