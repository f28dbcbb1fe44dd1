"""Mutations of forms: what may go wrong with bytes, by a number that gives the same again."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.faults.forms import Family, packed, unpacked

Mutation = Callable[[bytes, Random], bytes]

_KILOBYTE = 1024
_NOTABLE = (0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF)
_READ = (".xml", ".rels")


def bits_flipped(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 8, 32))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def bytes_set(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        any_byte = chance.randrange(256)
        changed[chance.randrange(len(changed))] = chance.choice((*_NOTABLE, any_byte))
    return bytes(changed)


def number_set(data: bytes, chance: Random) -> bytes:
    """Four bytes in a row that make a number: where something is, or how long it is."""
    at = chance.randrange(len(data) - 3) & ~3
    value = chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, chance.randrange(len(data))))
    return data[:at] + value.to_bytes(4, "little") + data[at + 4 :]


def run_deleted(data: bytes, chance: Random) -> bytes:
    start, end = _run(data, chance)
    return data[:start] + data[end:]


def run_duplicated(data: bytes, chance: Random) -> bytes:
    start, end = _run(data, chance)
    return data[:end] + data[start:end] + data[end:]


def run_blanked(data: bytes, chance: Random) -> bytes:
    start, end = _run(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def noise_inserted(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 2, 16, 512))) + data[at:]


def chunks_swapped(data: bytes, chance: Random) -> bytes:
    size = min(chance.choice((16, 512, 4096)), len(data) // 2)
    first, second = sorted(chance.randrange(len(data) - size + 1) for _ in range(2))
    if second < first + size:
        return data
    one, other = data[first : first + size], data[second : second + size]
    return data[:first] + other + data[first + size : second] + one + data[second + size :]


def truncated(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


IN_BYTES: tuple[Mutation, ...] = (
    bits_flipped,
    bits_flipped,
    bytes_set,
    number_set,
    run_deleted,
    run_duplicated,
    run_blanked,
    noise_inserted,
    chunks_swapped,
    truncated,
)


def mutated(form: bytes, family: Family, seed: int, number: int) -> tuple[bytes, bool]:
    """A form, mutated; and whether its checksums are right again, so that it says something else.

    The first mutations cut it off, at every kilobyte.
    """
    if number * _KILOBYTE < len(form):
        return form[: number * _KILOBYTE], False
    chance = Random(f"{seed} {family} {number}")
    if family != "xls" and chance.random() < 0.25:
        return _mutated_inside(form, chance), True
    return chance.choice(IN_BYTES)(form, chance), False


def _mutated_inside(form: bytes, chance: Random) -> bytes:
    """A part of the form, mutated and packed again."""
    members = unpacked(form)
    name = chance.choice([name for name, part in members.items() if name.endswith(_READ) and part])
    return packed({**members, name: chance.choice(IN_BYTES)(members[name], chance)})


def _run(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 2, 4, 16, 64, 512, 4096)))
