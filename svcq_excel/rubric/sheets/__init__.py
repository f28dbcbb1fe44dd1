"""A definition as sheets of a workbook, written and read by one table of columns."""
