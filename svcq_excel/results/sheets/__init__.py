"""The sheets of the statistics workbook, one module each."""
