"""What spreadsheet files hold: one module a format, behind one door."""
