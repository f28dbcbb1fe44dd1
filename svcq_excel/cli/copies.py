"""The options of `merge` for what it makes beside the statistics workbook."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import click

F = TypeVar("F", bound=Callable[..., Any])


def copies(command: F) -> F:
    """The formats that a call asks for, each a flag of its own, as one text."""
    asked = {
        "pdf": "供列印及陳核的 PDF；由 LibreOffice 轉出，沒有安裝則由 Edge 或 Chrome 列印。",
        "ods": "開放文件格式（.ods）的統計表；須安裝 LibreOffice。",
        "html": "一頁結果，以瀏覽器開啟，可篩選、排序、列印；含檢核情形，供機關內部使用。",
    }

    @wraps(command)
    def call(*args: Any, **options: Any) -> Any:
        named = [name for name in asked if options.pop(name)]
        return command(*args, copies="、".join(named) or None, **options)

    for name in reversed(asked):
        call = click.option(f"--{name}", is_flag=True, help=f"另存{asked[name]}")(call)
    return cast("F", call)


public = click.option(
    "--public",
    flag_value="是",
    default=None,
    help="另製對外公告用的檔案（檔名有「公告版」），不含人名、地址、備註及檔案。",
)
