"""Tests of the plan around a rubric."""
