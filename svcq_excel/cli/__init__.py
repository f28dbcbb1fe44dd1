"""The command `svcq`: options to one call of the pipeline, its outcome to the screen."""

from svcq_excel.cli import click_texts

click_texts.install()  # before click says anything: it does so where options are declared
