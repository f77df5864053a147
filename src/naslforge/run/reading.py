"""Jobs of the worker that only read a program: `check` and `format`, under the same limits as a run."""

from collections.abc import Callable
from typing import Any

from naslforge.lang import Checked, Source, check, fix, format_source, parse
from naslforge.run.execute import processor_time
from naslforge.run.limits import LimitReached, Limits

STAGES = {"syntax": "syntax_error", "types": "type_error", "practice": "practice_error"}
TOO_DEEP = "the program is nested too deeply"

Json = dict[str, Any]


def sources_of(job: Json) -> list[Source]:
    """The texts of a job: `sources` with `name`, `text` and perhaps `context`, for declarations that are given."""
    return [Source(one["name"], one["text"], context=one.get("context", False)) for one in job["sources"]]


def status_of(checked: Checked) -> str:
    """The status of a program that was only checked: `passed`, or that of the first stage with an error."""
    stages = {diagnostic.rule.stage for diagnostic in checked.errors}
    return next((status for stage, status in STAGES.items() if stage in stages), "passed")


def read_program(job: Json) -> Checked | Json:
    """The checked sources of a job; where they have errors or pass a limit, its answer."""
    checked: list[Checked] = []

    def read() -> Json:
        checked.append(check(sources_of(job)))
        return _told(checked[0])

    told = within_limits(job, read)
    return checked[0] if told["status"] == "passed" else told


def check_program(job: Json) -> Json:
    """Do a job of kind `check`: sources to diagnostics; with `fix`, those after the safe fixes, and the new texts."""

    def read() -> Json:
        sources = sources_of(job)
        if not job.get("fix"):
            return _told(check(sources))
        fixed = fix(sources)
        texts = {source.name: text for source, text in zip(sources, fixed.texts, strict=True) if not source.context}
        return _told(fixed.checked) | {"applied": fixed.applied, "texts": texts}

    return within_limits(job, read)


def format_program(job: Json) -> Json:
    """Do a job of kind `format`: a source to its canonical text, or to the diagnostics of one that does not parse."""

    def read() -> Json:
        (source,) = sources_of(job)
        broken = [found for found in parse([source]).diagnostics if found.is_error]
        if broken:
            return {"status": "syntax_error", "diagnostics": [found.to_json() for found in broken]}
        return {"status": "passed", "text": format_source(source.text)}

    return within_limits(job, read)


def within_limits(job: Json, act: Callable[[], Json]) -> Json:
    """The answer of an act that reads or translates, or the limit that it passed."""
    try:
        with processor_time(Limits.from_json(job.get("limits", {})).seconds):
            return act()
    except RecursionError:
        return {"status": "syntax_error", "diagnostics": [], "message": TOO_DEEP}
    except LimitReached as reached:
        return {"status": reached.kind, "diagnostics": [], "message": reached.message}


def _told(checked: Checked) -> Json:
    return {"status": status_of(checked), "diagnostics": [found.to_json() for found in checked.diagnostics]}
