"""The scoring form (附表1): one layout, and the writer, stamper and reader that walk it."""
