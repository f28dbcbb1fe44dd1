"""Folders to candidate files to opened workbooks, whatever came back."""
