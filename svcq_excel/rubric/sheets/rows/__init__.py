"""Reads the rows of a definition's sheets."""
