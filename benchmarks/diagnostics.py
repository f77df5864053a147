"""How well do the diagnostics teach? Faults put into right programs, and a model's recorded answers.

Prints the share of faults found, of faults with an edit, of faulty programs made clean by safe edits alone, and of
safe edits that broke something, with the aims of the project beside them. See README.md for how each is counted.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from faults import SEEN, UNSEEN, faulty
from faults.measure import Tally, measure, try_edits
from faults.references import recorded, references
from faults.view import Kind, Reference
from rich.console import Console
from rich.progress import track
from rich.table import Table

from naslforge.lang import check, fix

AIMS = {"found": 95.0, "with an edit": 60.0, "made clean": 45.0, "safe edits that broke": 0.5}
REFERENCES = 2000


def main() -> int:
    args = _arguments()
    seen = _measured(args, "first set", SEEN, references(args.seed, args.references), args.n)
    others = references(args.seed + 1, args.references // 4) + references(args.seed, args.references // 4, unseen=True)
    unseen = _measured(args, "second set", UNSEEN, others, args.n // 4)
    tallies = {"first set": seen, "second set": unseen}
    answers = _answers()
    if args.json:
        figures = {name: {**shares(tally), "kinds": tally.kinds} for name, tally in tallies.items()}
        print(json.dumps({**figures, "recorded answers": answers}, ensure_ascii=False))
    else:
        _show(Console(), tallies, answers, args.kinds)
    for line in look([seen, unseen], args.look):
        print(line)
    return 0


def _measured(
    args: argparse.Namespace, name: str, kinds: Sequence[Kind], right: Sequence[Reference], count: int
) -> Tally:
    tally = Tally()
    programs = faulty(right, kinds, count, args.seed)
    console = Console(stderr=True)
    for broken in track(programs, f"{name}: {len(kinds)} kinds", count, console=console, disable=args.json):
        measure(tally, broken)
    return tally


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=3000, help="faulty programs to make")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--references", type=int, default=REFERENCES, help="right programs of families to start from")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--kinds", action="store_true", help="one line for each kind of fault")
    parser.add_argument("--look", type=int, default=0, metavar="N", help="show N of what went wrong, of each sort")
    return parser.parse_args()


def share(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def shares(tally: Tally) -> dict[str, Any]:
    """The four shares and what they are shares of."""
    return {
        "programs": tally.programs,
        "equivalent, left out": tally.equivalent,
        "faults": tally.faults,
        "found": share(tally.found, tally.faults),
        "with an edit": share(tally.with_edit, tally.faults),
        "made clean": share(tally.clean, tally.programs),
        "safe edits": tally.safe_edits,
        "safe edits that broke": share(tally.broke, tally.safe_edits),
        "clean ones that pass the tests again": share(tally.right_again, tally.judged),
        "reports elsewhere, for each fault": round(tally.elsewhere / max(1, tally.faults), 3),
        "second reports, for each fault": round(tally.again / max(1, tally.faults), 3),
    }


def _answers() -> dict[str, Any]:
    """What the checker says of a model's answers that are wrong; where their faults stand nobody knows."""
    wrong = [answer for answer, passed in recorded() if not passed]
    broken = [(answer, errors) for answer in wrong if (errors := check(answer.sources()).errors)]
    said = [d for _, errors in broken for d in errors]
    clean = sum(not fix(answer.sources()).checked.errors for answer, _ in broken)
    tally = Tally()
    for answer, _ in broken:
        _alone(tally, answer)
    return {
        "answers that do not pass": len(wrong),
        "of these with errors": len(broken),
        "errors": len(said),
        "with an edit": share(sum(any(f.edits for f in d.fixes) for d in said), len(said)),
        "made clean": share(clean, len(broken)),
        "safe edits": tally.safe_edits,
        "safe edits that broke": share(tally.broke, tally.safe_edits),
    }


def _alone(tally: Tally, answer: Reference) -> None:
    sources = answer.sources()
    try_edits(tally, answer, sources, check(sources).errors)


def _show(console: Console, tallies: dict[str, Tally], answers: dict[str, Any], kinds: bool) -> None:
    table = Table("", *tallies, "recorded answers", "aim", title="Diagnostics", title_justify="left")
    columns = [*map(shares, tallies.values()), answers]
    for name in dict.fromkeys(name for column in columns for name in column):
        aim = f"{AIMS[name]:g} %" if name in AIMS else ""
        percent = " %" if name in AIMS or "pass the tests" in name else ""
        table.add_row(name, *(f"{data[name]}{percent}" if name in data else "" for data in columns), aim)
    console.print(table)
    for title, tally in tallies.items() if kinds else ():
        rows = Table("kind", "faults", "found", "with an edit", "alone", "alone made clean", title=title)
        for kind, row in sorted(
            tally.kinds.items(), key=lambda item: (item[1][1] / item[1][0], item[1][2] / item[1][0])
        ):
            rows.add_row(kind, *map(str, row))
        console.print(rows)


def look(tallies: Sequence[Tally], most: int) -> Iterator[str]:
    """What went wrong, to read."""
    for tally in tallies:
        yield from _look(tally, most)


def _look(tally: Tally, most: int) -> Iterator[str]:
    for broken, fault in tally.missed[:most]:
        places = ", ".join(f"{p.first}-{p.last}" for p in fault.places)
        yield f"\n=== missed: {fault.kind} at {places} in {broken.reference.id}; all: {[f.kind for f in broken.faults]}"
        yield numbered(broken.text)
        yield from said(broken.reference, broken.text)
    for reference, text, d, after in tally.breaking[:most]:
        yield f"\n=== broke: {d.rule.code} {d.rule.name}: {d.message}"
        yield numbered(text)
        yield "--- after"
        yield numbered(after)
        yield from said(reference, after)
    for broken in tally.wrong[:most]:
        yield f"\n=== clean but wrong: {[f.kind for f in broken.faults]}"
        yield numbered(broken.text)
        yield "--- after"
        yield fix(broken.reference.sources(broken.text)).texts[1]


def numbered(text: str) -> str:
    return "\n".join(f"{n:3} {line}" for n, line in enumerate(text.splitlines(), 1))


def said(reference: Reference, text: str) -> Iterator[str]:
    for d in check(reference.sources(text)).errors:
        at = d.span.source.position(d.span.start)
        edits = [(f.applicability, f.title) for f in d.fixes]
        yield f"  {at.line}:{at.column} {d.rule.code} {d.message} {edits}"


if __name__ == "__main__":
    sys.exit(main())
