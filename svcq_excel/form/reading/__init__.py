"""Returned forms back to facts, wherever their cells have moved."""
