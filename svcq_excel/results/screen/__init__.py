"""Results as one page that a browser shows and prints."""
