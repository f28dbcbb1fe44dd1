"""Workbooks in .xls: one stream of records inside an OLE file."""
