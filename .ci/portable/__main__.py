"""`PYTHONPATH=.ci python -m portable --python ZIP --sha256 HASH --wheels DIR --out ZIP`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from portable.layout import portable, zipped
from portable.parts import Embeddable, PortableError
from portable.wheel import Wheel


def main(args: Sequence[str] | None = None) -> None:
    """Ends with a message where the zip cannot be made."""
    parser = argparse.ArgumentParser(prog="python -m portable", description=__doc__)
    parser.add_argument("--python", type=Path, required=True, help="the embeddable package")
    parser.add_argument("--sha256", required=True, help="what its release says of it")
    parser.add_argument("--wheels", type=Path, required=True, help="a folder of wheels")
    parser.add_argument("--out", type=Path, required=True, help="the zip to be made")
    asked = parser.parse_args(args)
    if sha256(asked.python.read_bytes()).hexdigest() != asked.sha256.strip().lower():
        sys.exit(f"{asked.python.name}: its SHA-256 is not the one that its release states")
    try:
        wheels = [Wheel(path) for path in sorted(asked.wheels.glob("*.whl"))]
        asked.out.write_bytes(zipped(portable(Embeddable(asked.python), wheels)))
    except PortableError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
