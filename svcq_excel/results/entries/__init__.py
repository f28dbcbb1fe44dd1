"""Which sheets a workbook of results has: what each is for, where it exists, who writes it."""
