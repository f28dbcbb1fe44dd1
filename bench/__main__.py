"""`python -m bench`; no more stands here, for the processes that read files load it anew."""

if __name__ == "__main__":
    from bench.running import main

    main()
