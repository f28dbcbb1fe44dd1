"""The plan around a rubric: units, assessors, and the names and dates that forms carry."""
