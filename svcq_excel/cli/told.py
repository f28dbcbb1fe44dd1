"""What a run told, kept for when nothing has changed: the thirtieth run takes a moment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from svcq_excel.cli.console import say, show, show_json
from svcq_excel.store import Store


@dataclass(frozen=True, slots=True)
class Told:
    """All that is shown of a run, whichever way it was asked for."""

    document: object
    """For `--json`."""
    details: Sequence[str]
    summary: Sequence[str]
    outputs: Mapping[str, str]
    """The files that were written, and the SHA-256 of what they hold."""
    code: int
    """The exit code."""

    def show(self, as_json: bool, quiet: bool) -> int:
        if as_json:
            show_json(self.document)
        else:
            for line in self.details:
                show(line)
            for line in self.summary:
                say(line, quiet)
            for path in self.outputs:
                show(path)
        return self.code


def keep(store: Store, output: Path, digest: str, told: Told) -> None:
    """In the place of what an earlier run told of the same output."""
    store.forget(_key(output, ""))
    store.put(_key(output, digest), json.dumps(asdict(told)).encode("ascii"))


def told_before(store: Store, output: Path, digest: str) -> Told | None:
    """What was told when all was as it is now, if the outputs lie as they were left."""
    kept = store.get(_key(output, digest))
    with suppress(ValueError, TypeError, OSError):
        told = Told(**json.loads(kept)) if kept else None
        if told and all(digest_of(Path(path)) == was for path, was in told.outputs.items()):
            return told
    return None


def digest_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _key(output: Path, digest: str) -> str:
    # Undecodable names hold what no key can.
    return f"told {sha256(output.name.encode('utf-8', 'surrogatepass')).hexdigest()} {digest}"
