"""`python -m svcq_excel` is the command `svcq`."""

import sys
from pathlib import Path

# Nothing is imported from the working folder, where strangers' files may lie. What the program is
# made of stands there only where it is called in its own sources.
if not sys.flags.safe_path and Path(sys.path[0]).resolve() != Path(__file__).resolve().parents[1]:
    del sys.path[0]

from svcq_excel.cli.main import main

if __name__ == "__main__":
    main()
