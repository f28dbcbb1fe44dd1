"""Mutated forms by the thousand: `python -m tests.fuzz`."""
