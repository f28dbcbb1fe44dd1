"""What every room needs of words: dates, safe names, what cannot be seen."""
