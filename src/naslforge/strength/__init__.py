"""Are the tests of a task worth passing? Mutants of its reference, impostors, and which tests notice them."""

from naslforge.strength.fates import Fate, Strength, mutants_of, strengths
from naslforge.strength.impostors import Impostor, fooled, impostors
from naslforge.strength.shape import Shape, posing_as, shape
from naslforge.strength.strengthening import Strengthened, strengthen, strengthened

__all__ = [
    "Fate", "Impostor", "Shape", "Strength", "Strengthened", "fooled", "impostors", "mutants_of", "posing_as", "shape",
    "strengthen", "strengthened", "strengths",
]  # fmt: skip
