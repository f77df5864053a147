"""For all tests: what Hypothesis tries is the same in every run, so that a red test stays red."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")
