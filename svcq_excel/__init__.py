"""Service-quality assessments in Excel: forms out, filled forms back, checked, one result."""

__version__ = "0.1.0"
