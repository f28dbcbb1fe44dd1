"""A form as lines of text: everything that decides what it says, how it looks, what it accepts."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet


def dump(form: bytes) -> str:
    """The whole workbook; of cells with a formula, the stored result too."""
    formulas = openpyxl.load_workbook(BytesIO(form))
    values = openpyxl.load_workbook(BytesIO(form), data_only=True)
    lines = list(_workbook(formulas))
    for sheet in formulas.worksheets:
        lines += ["", *_sheet(sheet), *_page(sheet), *_sizes(sheet)]
        lines += [*_helps(sheet), *_colours(sheet), *_cells(sheet, values[sheet.title])]
    return "\n".join(lines) + "\n"


def _workbook(book: openpyxl.Workbook) -> Iterator[str]:
    properties = book.properties
    yield f"標題 {properties.title}｜作者 {properties.creator}｜建立 {properties.created}"
    for custom in book.custom_doc_props.props:  # type: ignore[attr-defined]
        yield f"摘要 {custom.name} = {custom.value}"
    normal = book._named_styles["Normal"]  # type: ignore[attr-defined]
    yield f"一般樣式 鎖定 {normal.protection.locked} 字型 {normal.font.name} {normal.font.size}"
    security = book.security
    yield f"活頁簿保護 {bool(security and security.lockStructure)}"


def _sheet(sheet: Worksheet) -> Iterator[str]:
    yield f"＝＝ {sheet.title} ＝＝ {sheet.sheet_state}"
    guard = sheet.protection
    allowed = [
        name
        for name in ("formatCells", "formatRows", "formatColumns", "insertRows", "sort")
        if not getattr(guard, name)
    ]
    yield f"保護 {guard.sheet} 密碼 {guard.password} 允許 {','.join(allowed)}"
    view = sheet.sheet_view
    yield f"凍結 {sheet.freeze_panes} 格線 {view.showGridLines} 選取 {view.selection[-1].sqref}"
    for name, defined in sorted(sheet.defined_names.items()):
        yield f"名稱 {name} = {defined.attr_text}"


def _page(sheet: Worksheet) -> Iterator[str]:
    page, margins = sheet.page_setup, sheet.page_margins
    fitted = sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage
    yield f"紙張 {page.paperSize} {page.orientation} 一頁寬 {bool(fitted and not page.fitToHeight)}"
    yield f"邊界 {margins.left} {margins.right} {margins.top} {margins.bottom}"
    yield f"列印範圍 {sheet.print_area} 標題列 {sheet.print_title_rows}"
    yield f"置中 {sheet.print_options.horizontalCentered}"
    footer = sheet.oddFooter
    assert footer is not None
    yield f"頁尾 {footer.left.text}｜{footer.right.text}"
    yield f"換頁 {[each.id for each in sheet.row_breaks.brk]}"


def _sizes(sheet: Worksheet) -> Iterator[str]:
    for letter, column in sorted(sheet.column_dimensions.items()):
        locked = "鎖定" if column.protection.locked else "開放"
        hidden = " 隱藏" if column.hidden else ""
        yield f"欄 {letter} {column.min}-{column.max} 寬 {column.width:.2f} {locked}{hidden}"
    for number, row in sorted(sheet.row_dimensions.items()):
        yield f"列 {number} 高 {row.height}" + (" 隱藏" if row.hidden else "")
    for area in sorted(str(area) for area in sheet.merged_cells.ranges):
        yield f"合併 {area}"


def _helps(sheet: Worksheet) -> Iterator[str]:
    for help in sorted(sheet.data_validations.dataValidation, key=lambda each: str(each.sqref)):
        limits = [help.operator, help.formula1, help.formula2]
        yield f"驗證 {help.sqref} {help.type} {' '.join(str(x) for x in limits if x is not None)}"
        for title, message in ((help.promptTitle, help.prompt), (help.errorTitle, help.error)):
            if title or message:
                yield f"　　{title}：{message}"


def _colours(sheet: Worksheet) -> Iterator[str]:
    for area, rules in sheet.conditional_formatting._cf_rules.items():  # type: ignore[attr-defined]
        for rule in rules:
            fill = rule.dxf.fill.bgColor.rgb if rule.dxf and rule.dxf.fill else None
            yield f"格式化條件 {area.sqref} {rule.formula[0]} 底色 {fill} 停止 {rule.stopIfTrue}"


def _cells(formulas: Worksheet, values: Worksheet) -> Iterator[str]:
    """Every cell with a value, and every unlocked one."""
    for row in formulas.iter_rows():
        for cell in row:
            locked = cell.protection.locked
            if not isinstance(cell, Cell) or (cell.value is None and locked):
                continue
            stored = values[cell.coordinate].value if cell.data_type == "f" else None
            result = f" → {_line(stored)}" if stored is not None else ""
            state = "" if locked else "【開放】"
            shown = "" if cell.value is None else _line(cell.value)
            number_format = "" if cell.number_format == "General" else f" 〔{cell.number_format}〕"
            yield f"{cell.coordinate} {state}{shown}{result}{number_format}"


def _line(value: object) -> str:
    return str(value).replace("\n", "⏎")
