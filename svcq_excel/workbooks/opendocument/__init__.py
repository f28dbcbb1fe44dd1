"""Workbooks in .ods: one document of XML whose order says where everything stands."""
