"""成績說明: for each unit, why its figure is what it is."""
