"""Letters to units: texts from templates, drafts that a mail program opens, and their sending."""
