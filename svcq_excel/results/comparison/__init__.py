"""比較: this round beside earlier ones."""
