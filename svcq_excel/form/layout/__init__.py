"""What stands where on a form, and how much room it needs."""
