"""What `check` accepts never fails at run time with an error of types or names, and right programs are accepted."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typed_expressions import FromSeed
from typed_programs import CERTAIN, made, tried

SEEDS = 240
REFUSED_AT_MOST = 0.04  # of the programs, those refused because a literal is certain to fail left out


class Drawn:
    """Choices that Hypothesis makes, and shrinks when something fails."""

    def __init__(self, draw: Any) -> None:
        self._draw = draw

    def below(self, count: int) -> int:
        return int(self._draw(st.integers(0, count - 1)))


@st.composite
def programs(draw: Any) -> str:
    return made(Drawn(draw))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(programs())
def test_what_is_accepted_does_not_fail_on_types(text: str) -> None:
    fault = tried(text).fault
    assert not fault, f"{fault}\n{text}"


@pytest.mark.parametrize("part", range(4))
def test_many_from_seeds(part: int) -> None:
    """The same for programs from seeds; nearly all of them are accepted."""
    trials = [tried(made(FromSeed(seed))) for seed in range(part, SEEDS, 4)]
    assert [trial.fault for trial in trials if trial.fault] == []
    refused = [trial.errors for trial in trials if trial.errors and not trial.refused_for(CERTAIN)]
    assert len(refused) <= REFUSED_AT_MOST * len(trials), refused
    assert sum("passed" in trial.outcomes for trial in trials) > len(trials) / 4
