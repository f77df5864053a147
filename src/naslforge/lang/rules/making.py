"""How rules are made: one function for each stage."""

from naslforge.lang.diagnostics import Rule, Severity


def syntax_rule(code: str, name: str, message: str, message_zh: str) -> Rule:
    """A fault of the text: it cannot be understood, or is another language's way."""
    return Rule(code, name, "syntax", "error", message, message_zh)


def type_rule(code: str, name: str, message: str, message_zh: str) -> Rule:
    """A fault of names and types."""
    return Rule(code, name, "types", "error", message, message_zh)


def practice_rule(code: str, name: str, message: str, message_zh: str, severity: Severity = "warning") -> Rule:
    """What is allowed, but should not be; an error only where it is sure to fail."""
    return Rule(code, name, "practice", severity, message, message_zh)


def run_rule(code: str, name: str, message: str, message_zh: str) -> Rule:
    """A fault that shows when a program is judged or runs."""
    return Rule(code, name, "run", "error", message, message_zh)
