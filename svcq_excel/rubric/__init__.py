"""Rubrics: their model, their readers, their linter and the ones that ship."""
