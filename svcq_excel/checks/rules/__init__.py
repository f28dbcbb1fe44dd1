"""The rules, a file for each kind of thing they look at."""
