"""前期結果: what an earlier round came to, read from its statistics workbook."""
