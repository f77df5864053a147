from naslforge.lang.diagnostics import Report
from naslforge.lang.grammar import CST, parse_text
from naslforge.lang.lower.prepare import Prepared
from naslforge.lang.source import Source


def readable(source: Source, report: Report) -> tuple[Prepared, CST]:
    prepared = Prepared(source)
    return prepared, parse_text(prepared.data)
