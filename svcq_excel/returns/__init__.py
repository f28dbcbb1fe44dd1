"""What goes back to a unit that has to correct something."""
