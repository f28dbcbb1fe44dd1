"""What changed between two definitions, in words as an official would write them."""
