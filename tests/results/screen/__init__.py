"""The page of results: what it tells, how it is used, and how it is printed."""
