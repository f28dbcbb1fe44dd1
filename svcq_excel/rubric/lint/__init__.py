"""What is wrong with a definition, in words and with its place."""
