"""Counts how often right programs use each library function: the manual drops the least used first.

    python recipes/uses.py

The programs are the answers of the packaged recordings and, as many again, the references of our families. The
result is src/naslforge/lang/uses.json: how many of them use a function, the most used first.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from naslforge import lang, solve
from naslforge.synth.families import generate

TARGET = Path(__file__).parent.parent / "src" / "naslforge" / "lang" / "uses.json"
_CALLED = re.compile(r"\b(nasl\.\w+\.\w+)")


def recorded() -> list[str]:
    """The programs in the recorded answers."""
    lines = files("naslforge").joinpath("synth/recorded/answers.jsonl").read_text("utf-8").splitlines()
    return [solve.extract_code(json.loads(line)["text"]) for line in lines]


def uses(programs: Iterable[str]) -> dict[str, int]:
    """How many programs use each function of the library that is used at all."""
    known = lang.catalogue()
    count: Counter[str] = Counter()
    for program in programs:
        count.update(name for name in set(_CALLED.findall(program)) if name in known)
    return dict(sorted(count.items(), key=lambda item: (-item[1], item[0])))


if __name__ == "__main__":
    answers = recorded()
    references = [task.meta["reference"] for task in generate(seed=1, count=len(answers))]
    TARGET.write_text(json.dumps(uses([*answers, *references]), indent=2) + "\n", "utf-8")
