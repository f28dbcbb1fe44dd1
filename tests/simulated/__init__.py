"""Systems that answer otherwise than the one that the tests run on: each a `sitecustomize` for
PYTHONPATH, so that the processes that the program starts meet it, too."""
