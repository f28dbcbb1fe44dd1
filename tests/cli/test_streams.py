"""Whatever stands behind the standard streams, a run ends with its exit code and no traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from svcq_excel.cli.exit_codes import ExitCode
from tests.cli.conftest import SAMPLES, UNITS

FULL = Path("/dev/full")
COMMAND = [sys.executable, "-m", "svcq_excel"]
needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no such device")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "收件"
    folder.mkdir()
    for path in sorted((SAMPLES / "returned").glob("A0[12]*")):
        shutil.copy(path, folder)
    return folder


def call(inbox: Path, *more: str) -> list[str]:
    return [*COMMAND, "check", str(inbox), "--rubric", "wra-105", "--units", UNITS, *more]


@needs_full
@pytest.mark.parametrize("more", [(), ("--json",), ("-q",)])
def test_a_full_disk_behind_the_results_is_a_fault_that_is_said(
    inbox: Path, more: tuple[str, ...]
) -> None:
    with FULL.open("wb") as full:
        ran = subprocess.run(call(inbox, *more), stdout=full, stderr=subprocess.PIPE, check=False)
    said = ran.stderr.decode("utf-8")
    assert ran.returncode == ExitCode.FAULT
    assert "無法輸出結果：磁碟空間不足" in said and "Traceback" not in said and "Error" not in said


@needs_full
@pytest.mark.parametrize("words", [("--help",), ("rules",), ("rules", "--json"), ("--version",)])
def test_whatever_is_shown_on_a_full_disk_is_a_fault(words: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        ran = subprocess.run([*COMMAND, *words], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == ExitCode.FAULT
    assert "磁碟空間不足" in ran.stderr.decode("utf-8") and b"Traceback" not in ran.stderr


@needs_full
def test_a_full_disk_behind_the_talk_changes_no_exit_code(inbox: Path) -> None:
    with FULL.open("wb") as full:
        ran = subprocess.run(call(inbox), stdout=subprocess.PIPE, stderr=full, check=False)
        wrong = subprocess.run([*COMMAND, "check"], stdout=full, stderr=full, check=False)
    assert ran.returncode == ExitCode.A_PERSON_IS_NEEDED and ran.stdout
    assert wrong.returncode == ExitCode.WRONG_CALL


DOCUMENTS = {
    "done": (("rules", "--json"), 1),
    "large": (("rubric", "show", "wra-105", "--json"), 1),
    "wrong": (("chck", "--json"), 3),
}
"""Calls that end in a document, and how many lines are said on stderr."""


@pytest.mark.parametrize(("words", "lines"), DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize("gone", ["full", "pipe", "closed"])
@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_document_that_cannot_be_written_is_a_fault_that_is_said_once(
    words: tuple[str, ...], lines: int, gone: str, buffered: str
) -> None:
    """That of a wrong call too: a program that reads documents would never hear of it."""
    if gone == "full":
        if not FULL.exists():
            pytest.skip("this system has no such device")
        target = os.open(FULL, os.O_WRONLY)
    else:
        reading, target = os.pipe()
        os.close(reading)
    close = partial(os.close, 1) if gone == "closed" and hasattr(os, "fork") else None
    ran = subprocess.run(
        [*COMMAND, *words],
        stdout=target,
        stderr=subprocess.PIPE,
        check=False,
        env={**os.environ, "PYTHONUNBUFFERED": buffered},
        preexec_fn=close,
    )
    os.close(target)
    said = ran.stderr.decode("utf-8")
    assert ran.returncode == ExitCode.FAULT
    assert said.count("無法輸出結果") == 1 and len(said.splitlines()) == lines, said
    assert "Traceback" not in said and "Error" not in said


@pytest.mark.parametrize("words", [("rules",), ("--help",), ("rules", "--json")])
def test_a_pipe_that_nobody_reads_is_a_fault_that_is_said(words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run([*COMMAND, *words], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert ran.returncode == ExitCode.FAULT
    said = ran.stderr.decode("utf-8")
    assert "接收輸出的程式已經結束" in said and "Traceback" not in said and "Error" not in said


CLOSED: dict[str, tuple[int, ...]] = {
    "talk": (2,),
    "results": (1,),
    "both": (1, 2),
    "all": (0, 1, 2),
    "questions": (0,),
}


@needs_fork
@pytest.mark.parametrize("closed", CLOSED.values(), ids=CLOSED)
def test_without_streams_a_run_writes_its_files_and_has_its_exit_code(
    inbox: Path, tmp_path: Path, closed: tuple[int, ...]
) -> None:
    def close() -> None:
        for number in closed:
            os.close(number)

    out = tmp_path / "結果"
    ran = subprocess.run(
        call(inbox, "--out", str(out)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        preexec_fn=close,
        timeout=100,
    )
    assert ran.returncode == ExitCode.A_PERSON_IS_NEEDED
    assert {"檢核結果.xlsx", "收件紀錄.csv"} <= {path.name for path in out.iterdir()}
    wrong = subprocess.run([*COMMAND, "chck"], check=False, preexec_fn=close)
    assert wrong.returncode == ExitCode.WRONG_CALL


@pytest.mark.parametrize("missing", ["stdin", "stdout", "stderr"])
def test_streams_that_are_none_are_no_fault(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As pythonw has them."""
    from svcq_excel.cli.main import main

    call = ["generate", "--rubric", "khb-106", "--units", UNITS, "--out", str(tmp_path / "表")]
    monkeypatch.setattr(sys, "argv", ["svcq", *call])
    monkeypatch.setattr(sys, missing, None)
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == ExitCode.WELL


RARE = {"堃": "\\u5803", "𠮷": "\\U00020bb7", "裏": "\\u88cf", "恒": "\\u6052"}
"""Characters of names, and how they are shown where an encoding has none for them."""


@pytest.mark.parametrize("encoding", ["big5", "cp950", "utf-8", "latin-1"])
def test_every_character_is_shown_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    name = f"第一{''.join(RARE)}～局"
    (tmp_path / "名單.csv").write_text(f"編號,受考核單位名稱\nA01,{name}\n", "utf-8")
    (tmp_path / "收件").mkdir()
    call = ("check", "收件", "--rubric", "wra-105", "--units", "名單.csv")
    ran = subprocess.run(
        [*COMMAND, *call],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(SAMPLES.parent)},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == ExitCode.A_PERSON_IS_NEEDED, ran.stderr
    said = ran.stdout.decode(encoding)
    for character, code in RARE.items():
        assert (character in said) != (code in said), said
    assert "?" not in said and "A01" in said
    assert ("～" in said) or "~" in said


def test_a_document_is_exact_in_every_encoding(inbox: Path) -> None:
    documents = {
        subprocess.run(
            call(inbox, "--json"),
            env={**os.environ, "PYTHONIOENCODING": encoding},
            stdout=subprocess.PIPE,
            check=False,
        ).stdout.decode(encoding)
        for encoding in ("big5", "utf-8")
    }
    assert len({str(json.loads(each)) for each in documents}) == 1
