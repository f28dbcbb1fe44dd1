"""`python -m svcq_excel` is the command `svcq`."""

from svcq_excel.cli.main import main

if __name__ == "__main__":
    main()
