"""One assessment in one folder: what lies where, what step it is at, and what is next."""
