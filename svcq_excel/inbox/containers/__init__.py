"""Archives and mails: the files inside them."""
