"""Are the tests of a task worth passing? Mutants of its reference, and which tests notice them."""

from naslforge.strength.fates import Fate, Strength, mutants_of, strengths

__all__ = ["Fate", "Strength", "mutants_of", "strengths"]
