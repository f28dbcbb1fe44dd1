"""One complete small round: its units, the forms that came back, and the script that made them."""
