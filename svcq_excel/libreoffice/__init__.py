"""What LibreOffice does for us, where the computer has it."""
