"""What the original Python program of a problem says about generated inputs: the opinion of another hand.

Only where our arguments are those of the source (`adapt.args` is not given). The solutions are run in a process of
their own with a limit of time; they are data of the open set, nothing of them goes into the package.
"""

import gzip
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "data" / "humaneval" / "HumanEval.jsonl.gz"
_SECONDS = 60
_RUN = """
import json, sys
row, inputs = json.loads(sys.stdin.read())
space = {}
exec(row["prompt"] + row["canonical_solution"], space)
def listed(value):
    if isinstance(value, (list, tuple)):
        return [listed(v) for v in value]
    return {str(k): listed(v) for k, v in value.items()} if isinstance(value, dict) else value
said = []
for args in inputs:
    try:
        said.append([listed(space[row["entry_point"]](*args))])
    except Exception:
        said.append(None)
print(json.dumps(said))
"""


def opinions(number: int, inputs: list[list[Any]]) -> list[list[Any] | None]:
    """By input the result as a list of one, None where the solution fails or does not end."""
    row = _solutions()[number]
    given = json.dumps([row, inputs])
    try:
        done = subprocess.run([sys.executable, "-I", "-c", _RUN], input=given, capture_output=True, text=True,
                              timeout=_SECONDS, check=True)  # fmt: skip
        return list(json.loads(done.stdout.strip().splitlines()[-1]))
    except (subprocess.SubprocessError, ValueError, IndexError):
        return [None] * len(inputs)


@cache
def _solutions() -> dict[int, dict[str, str]]:
    with gzip.open(SHARED, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {int(row["task_id"].rpartition("/")[2]): row for row in rows}
