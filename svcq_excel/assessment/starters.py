"""啟動檔: what a person double-clicks in the folder of an assessment, one for each step.

Windows' are ASCII but for what is said where the program is not found, and need no rights; they and
macOS' look for the program in a .venv in the folder or beside it, on PATH, and with Python;
Windows' also for the portable program, unpacked beside the folder.
"""

from __future__ import annotations

STEPS = {
    "1 產製空白表件": "generate",
    "2 檢核收件": "check",
    "3 產製補正表件": "return",
    "4 彙整結果": "merge",
    "5 目前進度": "status",
    "6 結果定案": "lock",
}
"""By the name of the starter, the command."""

_NOT_FOUND = (
    "找不到服務品質考核程式（svcq）。請先安裝，或將可攜版的 svcq 資料夾放在考核資料夾旁邊。"
)

_BAT = """\
@echo off
setlocal
chcp 65001 >nul
pushd "%~dp0"
set PYTHONUTF8=1
if exist ".venv\\Scripts\\svcq.exe" (
  ".venv\\Scripts\\svcq.exe" COMMAND
  goto done
)
if exist "..\\.venv\\Scripts\\svcq.exe" (
  "..\\.venv\\Scripts\\svcq.exe" COMMAND
  goto done
)
if exist "..\\svcq\\svcq.bat" (
  call "..\\svcq\\svcq.bat" COMMAND
  goto done
)
where svcq >nul 2>nul
if not errorlevel 1 (
  call svcq COMMAND
  goto done
)
for %%P in (py python) do (
  %%P -c "import svcq_excel" >nul 2>nul
  if not errorlevel 1 (
    %%P -m svcq_excel COMMAND
    goto done
  )
)
goto missing
:done
echo.
popd
pause
exit /b
:missing
popd
echo NOT_FOUND
pause
"""

_COMMAND = """\
#!/bin/sh
cd "$(dirname "$0")" || exit 1
PATH="$HOME/.local/bin:/opt/homebrew/bin:/usr/local/bin:$PATH"
export PATH PYTHONUTF8=1
if [ -x .venv/bin/svcq ]; then
  .venv/bin/svcq COMMAND
elif [ -x ../.venv/bin/svcq ]; then
  ../.venv/bin/svcq COMMAND
elif command -v svcq >/dev/null 2>&1; then
  svcq COMMAND
elif python3 -c "import svcq_excel" >/dev/null 2>&1; then
  python3 -m svcq_excel COMMAND
else
  echo "NOT_FOUND"
fi
printf '\\n請按 Enter 鍵結束。'
read -r _
"""


def starters() -> dict[str, bytes]:
    """The files of all steps by their names: .bat for Windows, .command for macOS."""
    files = {}
    for name, command in STEPS.items():
        files[f"{name}.bat"] = _filled(_BAT, command).replace("\n", "\r\n").encode("utf-8")
        files[f"{name}.command"] = _filled(_COMMAND, command).encode("utf-8")
    return files


def _filled(text: str, command: str) -> str:
    return text.replace("COMMAND", command).replace("NOT_FOUND", _NOT_FOUND)
