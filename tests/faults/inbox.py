"""An inbox with planted files, run through `svcq merge` as a command, and what came of it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from svcq_excel.plan.lists.heads import CODE, NAME
from svcq_excel.plan.units import Unit
from tests.faults.forms import FAMILIES, RUBRIC, Family, Scores, form, scores_in, unit
from tests.form.filling import ROUND

ROOT = Path(__file__).parents[2]
STATUSES = {"accepted", "needs-correction", "superseded", "rejected", "ignored"}
_SECONDS = 300  # for all files of an inbox; one that hangs is given up long before


@dataclass
class Inbox:
    """Files as they came in; every form is another unit's, so that none takes another's place."""

    folder: Path
    whose: dict[str, Unit] = field(default_factory=dict)
    """By the name of the file."""
    scores: dict[str, Scores] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.files.mkdir(parents=True)
        self.sound = [f"好/{family}.{family}" for family in FAMILIES]
        """Forms without a fault, which whatever lies beside them must not harm."""
        for name, family in zip(self.sound, FAMILIES, strict=True):
            self.put(name, form(family, self.sender(name, scores_in(family))))

    @property
    def files(self) -> Path:
        return self.folder / "收件 夾"

    @property
    def results(self) -> Path:
        return self.folder / "結果"

    def sender(self, name: str, scores: Scores) -> Unit:
        """The next unit, which sends a file with these scores."""
        self.whose[name], self.scores[name] = unit(len(self.whose)), scores
        return self.whose[name]

    def form(self, name: str, family: Family) -> bytes:
        """A sound form of the next unit, to be changed before it is put there."""
        return form(family, self.sender(name, scores_in(family)))

    def put(self, name: str, data: bytes) -> Path:
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def command(self, out: Path | None = None) -> list[str]:
        """`svcq merge` over the inbox."""
        units = self.folder / "單位.csv"
        with units.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow((CODE, NAME))
            table.writerows((unit.code, unit.name) for unit in self.whose.values())
        call = ["--rubric", RUBRIC.id, "--units", str(units), "--round", ROUND, "--json"]
        target = out or self.results / "統計表.xlsx"
        command = [sys.executable, "-m", "svcq_excel", "merge", str(self.files), *call]
        return [*command, "--out", str(target)]

    def merged(self) -> Merged:
        before = self._prints()
        ran = subprocess.run(
            self.command(),
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        changed = before != self._prints()
        said = ran.stderr.decode("utf-8")
        assert ran.returncode in {0, 1}, said
        return Merged(self, json.loads(ran.stdout), said, changed)

    def _prints(self) -> dict[str, tuple[str, int]]:
        """The digest of every file and when it was last changed."""
        return {
            str(path): (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
            for path in self.files.rglob("*")
            if path.is_file() and not path.is_symlink()
        }


@dataclass(repr=False)
class Merged:
    """What became of each file."""

    inbox: Inbox
    document: Any
    said: str
    """On stderr."""
    changed: bool
    """Whether any file is no longer as it was."""

    def __post_init__(self) -> None:
        start = self.inbox.files.name + os.sep
        self.by_name: dict[str, Any] = {
            file["path"].removeprefix(start).replace(os.sep, "/"): file
            for file in self.document["files"]
        }
        self.units = {u["unit"]: u for u in self.document["units"] if u["kind"] == "self"}

    def fate(self, name: str) -> str:
        """A file's status, and the codes of its errors."""
        file = self.by_name[name]
        errors = {v["code"] for v in file["violations"] if v["severity"] == "error"}
        return " ".join([file["status"], *sorted(errors)])

    def codes(self, name: str) -> set[str]:
        return {violation["code"] for violation in self.by_name[name]["violations"]}

    def message(self, name: str) -> str:
        """All that is told of a file."""
        file = self.by_name[name]
        return "\n".join([file["reason"] or "", *(each["message"] for each in file["violations"])])

    def is_read_exactly(self, name: str, listed: str = "") -> bool:
        """Whether a form counts, with the scores that were entered and no others.

        `listed` is what it is called in lists, where it lies within the file.
        """
        if self.fate(listed or name) != "accepted":
            return False
        return bool(self.units[self.inbox.whose[name].code]["leaves"] == self.inbox.scores[name])

    def assert_round_is_sound(self, *folders: str) -> None:
        """Whatever lies in the inbox: every file is told once, and no other file suffers from it.

        Of folders only these are told.
        """
        assert "Traceback" not in self.said
        assert not self.changed, "a file of the inbox was written to"
        found = [path for path in self.inbox.files.rglob("*") if not path.is_dir()]
        outer = [name for name in self.by_name if "!" not in name]
        there = [path.relative_to(self.inbox.files).as_posix() for path in found]
        assert sorted(outer) == sorted([*there, *folders])
        fates = Counter(file["status"] for file in self.document["files"])
        assert set(fates) <= STATUSES
        summary = self.document["summary"]
        assert summary["files"] == fates.total() == len(self.by_name)
        for name in self.inbox.sound:
            assert self.is_read_exactly(name), self.by_name[name]
        for name, file in self.by_name.items():
            if file["status"] == "rejected":
                assert any(each["severity"] == "error" for each in file["violations"]), name
            elif file["status"] == "ignored":
                assert file["reason"] or "", name
