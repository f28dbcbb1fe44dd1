"""Which letters an assessment's units are to get, and what stands in each."""
