"""Lists that people keep, in a workbook or a CSV file: found, read as text, told apart."""
