"""A browser that the computer has, as a program that prints our pages."""
