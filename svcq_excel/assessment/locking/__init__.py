"""定案: a result is frozen with all that it follows from, and worked out again."""
