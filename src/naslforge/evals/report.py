"""Runs to one self-contained HTML page: stage tables with intervals, curves, every failure with its evidence."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib import resources
from pathlib import Path
from string import Template
from typing import Any

from naslforge.evals.evaluate import load_run
from naslforge.evals.metrics import FUNNEL, Scores, detectable, paired_difference
from naslforge.journal import InputError, read_jsonl, write_text
from naslforge.records import Task, Verdict
from naslforge.solve import program

CURVE_COLOURS = ("#2563eb", "#d97706", "#059669", "#9333ea", "#dc2626", "#0891b2")


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run, ready to be shown."""

    label: str
    suite: str
    model: str
    style: str
    tasks: list[Task]
    verdicts: list[Verdict]
    scores: Scores
    folder: Path
    rounds: int = 1


@dataclass(frozen=True, slots=True)
class Extras:
    """What stands in the page besides runs: plain tables by title, and loss curves as (step, loss) by name."""

    title: str = "naslforge report"
    tables: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    curves: Mapping[str, Sequence[tuple[float, float]]] = field(default_factory=dict)
    notes: Sequence[str] = ()


def read_run(folder: Path, label: str | None = None) -> Run:
    """Load a run folder and score it again. Raises InputError where it is no finished run."""
    run, tasks, verdicts, scores = load_run(folder)
    return Run(
        label or folder.name,
        run["suite"],
        run["model"],
        run["config"]["style"],
        tasks,
        verdicts,
        scores,
        folder,
        run["config"].get("rounds", 1),
    )


def write_report(folders: Iterable[Path | Run], out: Path, extras: Extras | None = None) -> None:
    """Write the page for some runs; runs of one suite stand together, in the order given, and are compared."""
    runs = [f if isinstance(f, Run) else read_run(f) for f in folders]
    if not runs:
        raise InputError("there is no run to report")
    extras = extras or Extras()
    suites: dict[str, list[Run]] = {}
    for run in runs:
        suites.setdefault(run.suite, []).append(run)
    body = [f"<p>{escape(note)}</p>" for note in extras.notes]
    body += [_suite_section(name, group) for name, group in suites.items()]
    if extras.curves:
        body.append("<section><h2>Loss 损失曲线</h2>" + _curves(extras.curves) + "</section>")
    for title, rows in extras.tables.items():
        body.append(f"<section><h2>{escape(title)}</h2>{_table_of(rows)}</section>")
    page = Template((resources.files("naslforge.evals") / "report.html").read_text(encoding="utf-8"))
    data = json.dumps([_failures(run) for run in runs], ensure_ascii=False).replace("<", "\\u003c")
    write_text(out, page.substitute(title=escape(extras.title), body="\n".join(body), data=data))


def stage_rows(runs: Sequence[Run]) -> list[dict[str, str]]:
    """The stage table of one suite: pass@k, difference to the run before and to the first, and the funnel."""
    rows = []
    for i, run in enumerate(runs):
        scores = run.scores
        row = {"run": run.label, "tasks": str(scores.tasks), "samples": str(scores.samples)}
        row |= {name: estimate.percent() for name, estimate in scores.pass_at.items()}
        row["to the run before"] = _difference(runs[i - 1], run) if i else ""
        row["could show"] = _detectable(runs[i - 1], run) if i else ""
        row["to the first"] = _difference(runs[0], run) if i > 1 else ""
        row |= {name.replace("_", " "): f"{100 * scores.funnel[name]:.1f} %" for name in FUNNEL}
        if scores.invalid:
            row["run"] += f" INVALID: {scores.invalid}"
        rows.append(row)
    return rows


def _difference(before: Run, after: Run) -> str:
    d = paired_difference(before.scores.per_task, after.scores.per_task)
    return f"{100 * d.value:+.1f} [{100 * d.low:+.1f}, {100 * d.high:+.1f}]"


def _detectable(before: Run, after: Run) -> str:
    """The smallest true difference between two runs that their tasks would show."""
    least = detectable(before.scores.per_task, after.scores.per_task)
    return f"{100 * least:.1f}" if least < 1 else ""


def _causes(runs: Sequence[Run]) -> str:
    """Failed samples by class of causes, and what the first of each class look like."""
    names = list(dict.fromkeys(c.name for run in runs for c in run.scores.causes))
    counts = [{c.name: c.samples for c in run.scores.causes} for run in runs]
    rows = [{"": n} | {run.label: found.get(n, 0) for run, found in zip(runs, counts, strict=True)} for n in names]
    examples = [{"run": run.label, "cause": c.name} | e for run in runs for c in run.scores.causes for e in c.examples]
    return _table_of(rows) + _details("examples 例子", _table_of(examples))


def _rounds(runs: Sequence[Run]) -> str:
    names = list(dict.fromkeys(name for run in runs for name in run.scores.rounds))
    rows = [
        {"": name} | {r.label: r.scores.rounds[name].percent() for r in runs if name in r.scores.rounds}
        for name in names
    ]
    return _table_of(rows)


def _suite_section(name: str, runs: Sequence[Run]) -> str:
    parts = [f"<section><h2>{escape(name)}</h2>", _bars(runs), _table_of(stage_rows(runs))]
    parts.append(_details("causes of failures 失败原因", _causes(runs)))
    parts.append(_details("by round, with and without safe fixes 各轮与安全修复", _rounds(runs)))
    for title, pick in (("statuses 判定", "statuses"), ("rules behind failures 失败规则", "rules")):
        names = list(dict.fromkeys(key for run in runs for key in getattr(run.scores, pick)))[:30]
        rows = [{"": key} | {run.label: getattr(run.scores, pick).get(key, 0) for run in runs} for key in names]
        parts.append(_details(title, _table_of(rows)))
    for group in ("sublanguage", "difficulty", "family"):
        names = list(dict.fromkeys(key for run in runs for key in run.scores.groups[group]))
        rows = [{group: k} | {r.label: r.scores.groups[group][k].percent() for r in runs} for k in names]
        parts.append(_details(f"pass@1 by {group}", _table_of(rows)))
    return "".join(parts) + "</section>"


def _details(title: str, content: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{content}</details>"


def _table_of(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return "<p class=quiet>nothing</p>"
    columns = list(dict.fromkeys(key for row in rows for key in row))
    head = "".join(f"<th>{escape(str(c))}</th>" for c in columns)
    lines = ("".join(f"<td>{escape(str(row.get(c, '')))}</td>" for c in columns) for row in rows)
    return f"<div class=wide><table><tr>{head}</tr>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table></div>"


def _bars(runs: Sequence[Run]) -> str:
    """pass@1 of each run as a bar with its interval."""
    rows = []
    for i, run in enumerate(runs):
        if not (estimate := run.scores.pass_at.get("pass@1")):
            continue
        y, scale = 8 + 26 * i, 5.0
        low, high, value = (200 + scale * 100 * x for x in (estimate.low, estimate.high, estimate.value))
        rows.append(
            f'<text x="192" y="{y + 13}" text-anchor="end">{escape(run.label)}</text>'
            f'<rect x="200" y="{y}" width="{value - 200:.1f}" height="18" rx="2"/>'
            f'<path d="M{low:.1f} {y + 9}H{high:.1f}M{low:.1f} {y + 4}v10M{high:.1f} {y + 4}v10"/>'
            f'<text x="{high + 8:.1f}" y="{y + 13}">{escape(estimate.percent())}</text>'
        )
    height = 12 + 26 * len(rows)
    return f'<svg class="bars" viewBox="0 0 900 {height}" role="img" aria-label="pass@1">{"".join(rows)}</svg>'


def _curves(curves: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    drawn = {name: points for name, points in curves.items() if len(points) > 1}
    if not drawn:
        return "<p class=quiet>no curve has two points</p>"
    right = max(x for points in drawn.values() for x, _ in points)
    top = max(y for points in drawn.values() for _, y in points) or 1.0
    lines = []
    for i, (name, points) in enumerate(drawn.items()):
        colour = CURVE_COLOURS[i % len(CURVE_COLOURS)]
        path = " ".join(f"{50 + 700 * x / right:.1f},{230 - 210 * max(y, 0) / top:.1f}" for x, y in points)
        lines.append(f'<polyline points="{path}" stroke="{colour}"/>')
        lines.append(f'<text x="770" y="{24 + 20 * i}" fill="{colour}">{escape(name)}</text>')
    axis = (
        f'<path d="M50 20V230H750"/><text x="44" y="26" text-anchor="end">{top:.2f}</text>'
        f'<text x="44" y="234" text-anchor="end">0</text>'
        f'<text x="750" y="248" text-anchor="end">step {right:.0f}</text>'
    )
    return f'<svg class="curves" viewBox="0 0 900 256" role="img" aria-label="loss">{axis}{"".join(lines)}</svg>'


def _failures(run: Run) -> dict[str, Any]:
    """What the page needs to open every failure of a run: prompt, code, diagnostics, the failing tests."""
    tasks = {task.id: task for task in run.tasks}
    prompts = {p["task"]: p["messages"] for p in read_jsonl(run.folder / "prompts.jsonl", dict)}
    answers = {(a["task"], a["sample"]): a["text"] for a in read_jsonl(run.folder / "answers.jsonl", dict)}
    failures = [
        {
            "task": v.task,
            "sample": v.sample,
            "status": v.status,
            "code": program(tasks[v.task], answers.get((v.task, v.sample), ""), run.style),
            "diagnostics": [_diagnostic_line(d) for d in v.diagnostics],
            "tests": [t.to_json() for t in v.tests if t.status != "passed"][:3],
        }
        for v in run.verdicts
        if not v.passed
    ]
    failed = {f["task"] for f in failures}
    shown = {task: _prompt_text(messages) for task, messages in prompts.items() if task in failed}
    return {"label": f"{run.suite} / {run.label}", "prompts": shown, "failures": failures}


def _diagnostic_line(diagnostic: Mapping[str, Any]) -> str:
    start = diagnostic["span"]["start"]
    fixes = "".join(f"\n    → {fix['title']}" for fix in diagnostic["fixes"])
    place = f"{start['line']}:{start['column']}"
    return f"{place} {diagnostic['code']} {diagnostic['message']} {diagnostic['message_zh']}{fixes}"


def _prompt_text(messages: Sequence[Mapping[str, str]]) -> str:
    return "\n\n".join(f"[{m['role']}]\n{m['content']}" for m in messages)
