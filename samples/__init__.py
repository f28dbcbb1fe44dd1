"""A small round of each assessment: its lists, the forms that came back, and what made them."""
