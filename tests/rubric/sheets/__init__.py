"""A definition as a workbook."""
