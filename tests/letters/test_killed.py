"""Ended at any moment and begun again: no letter is lost, none goes out twice unasked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.letters import sending_process
from tests.letters.servers import Office, port_of, served

LETTERS = 300
KILLS = int(os.environ.get("SVCQ_KILLS", "6"))


def test_letters_arrive_once_or_are_asked_about_whenever_the_sending_is_killed(
    tmp_path: Path,
) -> None:
    office, random = Office(), Random(7)
    controller = served(office)
    command = [sys.executable, "-P", sending_process.__file__, str(port_of(controller))]
    command += [str(tmp_path / "信件"), str(LETTERS)]
    unclear = set[str]()
    try:
        killed = 0
        while killed < KILLS:
            running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            before, patience = len(office.taken), 200
            while len(office.taken) < before + random.randrange(1, 3) and patience:
                patience -= 1
                time.sleep(0.005)
                if running.poll() is not None:
                    break
            time.sleep(random.random() * 0.01)
            if running.poll() is None:
                running.kill()
            running.wait()
            killed += 1
        told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
        fates = dict(line.split(" ", 1) for line in told.stdout.splitlines())
    finally:
        controller.stop()
    unclear = {unit for unit, fate in fates.items() if fate == "unclear"}
    arrived = Counter(each.recipients[0].partition("@")[0] for each in office.taken)
    assert set(arrived.values()) == {1}
    assert {*fates.values()} <= {"sent", "sent before", "unclear"} and len(fates) == LETTERS
    sent = {f"u{int(unit[1:])}" for unit in fates if unit not in unclear}
    assert sent <= arrived.keys()
    assert len(unclear) <= KILLS
