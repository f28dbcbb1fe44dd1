"""What shows once it is known which forms count: late ones, halves, steps that are carried."""
