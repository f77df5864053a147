"""Our suites in the harnesses of others: they ask, our gate decides.

Inspect AI finds `inspect` through an entry point; lm-evaluation-harness reads the folder `lm_eval` by --include_path.
"""

from naslforge.evals.adapters.asking import Question, questions, verdict_on

__all__ = ["Question", "questions", "verdict_on"]
