"""What a page of the program's looks like in a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.gallery.printing import FONTS

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_SIZE = "1300,860"


def screen(page: bytes, folder: Path) -> bytes:
    """A PNG of the top of the page, as Chromium shows it."""
    browser = next(filter(None, map(shutil.which, _CHROMIUM)))
    file, picture = folder / "page.html", folder / "page.png"
    file.write_bytes(page)
    command = [browser, "--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={_SIZE}"]
    command += [f"--user-data-dir={folder / 'browser'}", f"--screenshot={picture}", file.as_uri()]
    fonts = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
    subprocess.run(command, check=True, capture_output=True, env=fonts, timeout=120)
    return picture.read_bytes()
