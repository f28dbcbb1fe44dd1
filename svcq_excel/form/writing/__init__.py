"""The form as a workbook: what is printed, entered, locked and helped."""
