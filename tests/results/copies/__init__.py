"""Copies of results: which there are, what they tell, and what they do not."""
