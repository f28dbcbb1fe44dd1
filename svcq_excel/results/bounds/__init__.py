"""邊界清單: whose grade or reward hangs on a point, an assessor, a decimal."""
