"""Documents that a plan asks for beside the form: their names, heads and limits."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from svcq_excel.rubric.node import Part, Text


class Heading(Part):
    """A head of a document's outline, what is to be written below it, and the heads below that."""

    name: Text = Field(description="標題，照原文，含編號，例如 壹、專案總說明")
    hint: Text | None = Field(None, description="標題下的說明，照原文")
    columns: tuple[Text, ...] = Field((), description="以表格填寫者，表格的欄名")
    heads: tuple[Heading, ...] = Field((), description="下一層標題")


class Document(Part):
    """應另附文件: its outline is issued with the forms, and its receipt is noted."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")] = Field(description="文件代號")
    name: Text = Field(description="文件名稱，例如 創意服務計畫；收件時依檔名中的名稱辨識")
    annex: Text = Field(description="在計畫中的編號，例如 附錄1")
    title: Text = Field(description="文件開頭的標題，可用 {unit} 代入單位名稱")
    line: Text | None = Field(None, description="標題下的一行，例如 資料截止時間")
    heads: tuple[Heading, ...] = Field(min_length=1, description="應有的標題，依序")
    note: Text | None = Field(None, description="文末的填寫說明，照原文")
    pages: Annotated[int, Field(ge=1)] | None = Field(None, description="頁數上限，未填則不限")

    def title_of(self, unit: str) -> str:
        """The title with the name of the unit that hands it in."""
        return self.title.replace("{unit}", unit)

    @property
    def question(self) -> str:
        """What a form asks of it."""
        return f"{self.annex} {self.name}：是否已繳"
