"""The command `svcq`: options to one call of the pipeline, its outcome to the screen."""
