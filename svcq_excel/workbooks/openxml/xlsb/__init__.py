"""Workbooks in .xlsb: records, one after the other, in parts like those of .xlsx."""
