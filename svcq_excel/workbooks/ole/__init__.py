"""OLE2 files, such as .xls and .msg: their streams, their properties, their count of time."""
