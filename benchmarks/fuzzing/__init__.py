"""Broken, foreign and extreme inputs, and what must hold for each of them."""

from fuzzing.inputs import KINDS, Input, made
from fuzzing.trial import Broken, Result, examine

__all__ = ["KINDS", "Broken", "Input", "Result", "examine", "made"]
