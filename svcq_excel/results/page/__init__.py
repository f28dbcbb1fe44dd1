"""How a sheet of results is laid out, styled and linked."""
