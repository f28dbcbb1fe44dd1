"""A second, independent computation of whole rounds, compared with every number of every sheet."""
