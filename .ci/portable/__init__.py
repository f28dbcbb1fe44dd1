"""The portable zip for Windows: Python's embeddable package, the wheels, a batch file.

Nothing is fetched and nothing of it is run, so it is made on any system; equal inputs give equal
bytes. Its layout, licences and hashes are tested; that it runs on Windows is untried as yet.
"""
