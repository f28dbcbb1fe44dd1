"""Makes the catalogue that the program reads (.mo) from the one that people edit (.po)."""

from __future__ import annotations

from pathlib import Path

import polib

ROOT = Path(__file__).parents[1]
PO = ROOT / "svcq_excel" / "cli" / "locale" / "zh_TW" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")


def compiled() -> bytes:
    """What the .mo has to hold."""
    made: bytes = polib.pofile(str(PO), check_for_duplicates=True).to_binary()
    return made


if __name__ == "__main__":
    MO.write_bytes(compiled())
