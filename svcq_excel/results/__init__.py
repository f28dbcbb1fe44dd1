"""From accepted forms to totals, grades, ranks and the statistics workbook."""
