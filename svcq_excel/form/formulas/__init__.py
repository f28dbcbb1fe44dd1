"""What the form itself computes and advises while it is filled in."""
