"""Forms filled in as people fill them: makes what came back, for samples and for tests."""
