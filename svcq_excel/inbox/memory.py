"""What was read of files before, by what they hold: an unchanged file is not read again."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from svcq_excel.rubric.model import Rubric
from svcq_excel.store import Store, program


class Memory:
    """The messages about files read for one rubric, by this version of the program."""

    def __init__(self, store: Store, rubric: Rubric, fresh: bool = False) -> None:
        said = program() + rubric.model_dump_json()
        self._store, self._prefix = store, f"read {sha256(said.encode()).hexdigest()} "
        self._recalls = not fresh and store.holds(self._prefix)

    @property
    def recalls(self) -> bool:
        """Whether it is worth asking."""
        return self._recalls

    def recall(self, path: Path, digest: str) -> Sequence[bytes] | None:
        """The messages about a file with this SHA-256, if one was read before."""
        kept = self._store.get(self._key(path, digest)) if digest and self._recalls else None
        return kept.split(b"\n") if kept else None

    def keep(self, path: Path, digest: str, messages: Sequence[bytes]) -> None:
        self._store.put(self._key(path, digest), b"\n".join(messages))

    def _key(self, path: Path, digest: str) -> str:
        """What is told of a file depends on what it holds, and on what its name ends in."""
        return f"{self._prefix}{digest}{path.suffix.lower()}"
