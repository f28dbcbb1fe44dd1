"""From accepted forms to totals, grades, ranks and completion."""
