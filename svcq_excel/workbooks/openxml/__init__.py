"""Workbooks of the family of .xlsx: packages of parts that relations lead to."""
