"""Tasks and a model to scores and a report."""

from naslforge.evals.audit import Audited, audit
from naslforge.evals.audit import summary as audit_summary
from naslforge.evals.evaluate import evaluate, load_run, rejudge
from naslforge.evals.leaderboard import leaderboard
from naslforge.evals.metrics import Estimate, Scores, bootstrap, detectable, paired_difference, pass_at_k, score
from naslforge.evals.report import Extras, Run, read_run, stage_rows, write_report
from naslforge.evals.suite import Suite, evaluation_tasks, from_tasks, load_suite, named, part, suite_names
from naslforge.evals.turns import FEEDBACKS, EvalConfig

__all__ = [
    "FEEDBACKS", "Audited", "Estimate", "EvalConfig", "Extras", "Run", "Scores", "Suite", "audit", "audit_summary",
    "bootstrap", "detectable", "evaluate", "evaluation_tasks", "from_tasks", "leaderboard", "load_run", "load_suite",
    "named", "paired_difference", "part", "pass_at_k", "read_run", "rejudge", "score", "stage_rows", "suite_names",
    "write_report",
]  # fmt: skip
