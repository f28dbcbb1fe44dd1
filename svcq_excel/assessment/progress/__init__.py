"""Where an assessment stands, shown: on the console, as JSON, as a sheet and as a page."""
