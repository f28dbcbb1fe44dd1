"""Forms that came back, as office programs saved them."""

from __future__ import annotations

from pathlib import Path

import pytest

RETURNED = Path(__file__).parents[2] / "samples" / "returned"


def sample(start: str, suffix: str) -> Path:
    (path,) = RETURNED.glob(f"{start}*.{suffix}")
    return path


@pytest.fixture(scope="session")
def xlsx() -> bytes:
    return sample("A01", "xlsx").read_bytes()


@pytest.fixture(scope="session")
def ods() -> bytes:
    return sample("A02", "ods").read_bytes()


@pytest.fixture(scope="session")
def xls() -> bytes:
    return sample("A08", "xls").read_bytes()
