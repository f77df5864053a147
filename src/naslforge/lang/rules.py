"""Every rule of the language in one place: code, name, severity and its sentence in two languages.

Codes: NF1xx syntax and habits of other languages, NF2xx names, NF3xx types, NF4xx calls, NF5xx queries and entities,
NF6xx practice, NF9xx faults when a program runs. A sentence takes {facts} from the place that reports it.
"""

from naslforge.lang.diagnostics import Rule, Severity, Stage


def _rule(
    code: str, name: str, message: str, message_zh: str, *, stage: Stage = "types", severity: Severity = "error"
) -> Rule:
    return Rule(code, name, stage, severity, message, message_zh)


def _syntax(code: str, name: str, message: str, message_zh: str) -> Rule:
    return _rule(code, name, message, message_zh, stage="syntax")


def _practice(code: str, name: str, message: str, message_zh: str, severity: Severity = "warning") -> Rule:
    return _rule(code, name, message, message_zh, stage="practice", severity=severity)


# --- NF1xx: syntax and habits of other languages

# --- NF2xx: names

# --- NF3xx: types

# --- NF4xx: calls

# --- NF5xx: queries and entities

# --- NF6xx: practice


def rules() -> dict[str, Rule]:
    """All rules by code, in order."""
    found = {rule.code: rule for rule in globals().values() if isinstance(rule, Rule)}
    return dict(sorted(found.items()))
