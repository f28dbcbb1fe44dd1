"""The browser that prints pages."""
