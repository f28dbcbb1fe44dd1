"""The gallery: every sheet that the four samples come to, printed (make gallery)."""
