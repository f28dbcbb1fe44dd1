"""Formulas in cells, computed again: plain arithmetic on one sheet's own cells, and no more."""
