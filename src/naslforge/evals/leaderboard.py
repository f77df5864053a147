"""Runs of several models to one page: a row a model, a column a suite, and whether a lead is more than chance."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib import resources
from pathlib import Path
from string import Template

from naslforge.evals.metrics import detectable, paired_difference
from naslforge.evals.report import Run, read_run
from naslforge.journal import InputError, write_text

_MEASURE = "pass@1"


def leaderboard(folders: Iterable[Path], out: Path, title: str = "naslforge leaderboard") -> None:
    """Write the page. Raises InputError for what is no finished run, and for two runs of one name on one suite."""
    runs = [read_run(folder) for folder in folders]
    if not runs:
        raise InputError("there is no run to show")
    table: dict[str, dict[str, Run]] = {}
    for run in runs:
        row = table.setdefault(_name(run), {})
        if run.suite in row:
            raise InputError(f"{_name(run)} has two runs on {run.suite}", run.folder, hint="leave one of them out")
        row[run.suite] = run
    suites = sorted({run.suite for run in runs})
    names = sorted(table, key=lambda name: (-_mean(table[name], suites), name))
    body = [_overview(table, names, suites)]
    body += [_section(suite, [table[name][suite] for name in names if suite in table[name]]) for suite in suites]
    page = Template((resources.files("naslforge.evals") / "leaderboard.html").read_text(encoding="utf-8"))
    write_text(out, page.substitute(title=escape(title), body="\n".join(body)))


def _name(run: Run) -> str:
    """A model, and how it was asked where that was not the usual way."""
    rounds = f", {run.rounds} rounds" if run.rounds > 1 else ""
    return f"{run.model} ({run.style}{rounds})"


def _mean(row: Mapping[str, Run], suites: Sequence[str]) -> float:
    """Over all suites; what was not run counts nothing."""
    return sum(row[s].scores.pass_at[_MEASURE].value for s in suites if s in row) / len(suites)


def _overview(table: Mapping[str, Mapping[str, Run]], names: Sequence[str], suites: Sequence[str]) -> str:
    head = "".join(f"<th>{escape(suite)}</th>" for suite in suites)
    lines = []
    for name in names:
        cells = "".join(_cell(table[name].get(suite)) for suite in suites)
        lines.append(f"<tr><td>{escape(name)}</td>{cells}</tr>")
    table_text = f"<table><tr><th>model</th>{head}</tr>{''.join(lines)}</table>"
    return (
        f"<section><h2>{_MEASURE}</h2><div class=wide>{table_text}</div>"
        "<p class=quiet>Mean over tasks with its 95 % interval (bootstrap over tasks). "
        "均值与 95 % 置信区间（按题目自助法）。</p></section>"
    )


def _cell(run: Run | None) -> str:
    if run is None:
        return "<td class=quiet>not run</td>"
    if run.scores.invalid:
        return f"<td class=bad title='{escape(run.scores.invalid)}'>invalid</td>"
    estimate = run.scores.pass_at[_MEASURE]
    share = 100 * estimate.value
    return f'<td><span class=bar style="--share:{share:.1f}%"></span>{escape(estimate.percent())}</td>'


def _section(suite: str, runs: Sequence[Run]) -> str:
    """One suite: each run beside the one before it, with the smallest difference the suite could show."""
    rows = []
    for before, run in zip((None, *runs), runs, strict=False):
        cells = [run.model, str(run.scores.tasks), str(run.scores.samples)]
        cells += [run.scores.pass_at[k].percent() if k in run.scores.pass_at else "" for k in ("pass@1", "pass@5")]
        cells += _behind(before, run) if before else ["", ""]
        cells.append(", ".join(f"{c.name} {c.samples}" for c in run.scores.causes[:3]))
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    heads = ("model", "tasks", "samples", "pass@1", "pass@5", "to the one above", "could show", "most frequent causes")
    head = "".join(f"<th>{h}</th>" for h in heads)
    lines = "".join(rows)
    return f"<section><h2>{escape(suite)}</h2><div class=wide><table><tr>{head}</tr>{lines}</table></div></section>"


def _behind(before: Run, run: Run) -> list[str]:
    difference = paired_difference(before.scores.per_task, run.scores.per_task)
    least = detectable(before.scores.per_task, run.scores.per_task)
    told = f"{100 * difference.value:+.1f} [{100 * difference.low:+.1f}, {100 * difference.high:+.1f}]"
    return [told, f"{100 * least:.1f}" if least < 1 else ""]
