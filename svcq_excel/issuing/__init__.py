"""Blank forms by the hundred, and what is sent out with them."""
