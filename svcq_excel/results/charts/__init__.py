"""Charts of results: one model, drawn as native charts of a workbook and as SVG."""
