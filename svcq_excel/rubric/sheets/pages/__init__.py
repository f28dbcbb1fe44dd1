"""Writes the sheets of a definition, one module a kind of sheet."""
