"""Results that are frozen, and worked out again."""
