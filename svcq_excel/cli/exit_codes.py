"""The exit codes of all commands, and what they mean."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the exit code of every command means."""

    WELL = 0
    A_PERSON_IS_NEEDED = 1
    WRONG_CALL = 2
    FAULT = 3


EXIT_CODES: dict[ExitCode, str] = {
    ExitCode.WELL: "一切正常。",
    ExitCode.A_PERSON_IS_NEEDED: "已完成，但有事項須由人處理（違規、未繳、無法讀取的檔案）。",
    ExitCode.WRONG_CALL: "指令或定義檔（評分表定義、單位名單）有誤，未寫入任何檔案。",
    ExitCode.FAULT: "程式或電腦的問題（磁碟已滿、輸出檔正被開啟），沒有留下不完整的檔案。",
}
