"""Bad news over HTTP, in the one shape of RFC 9457; every problem says what, where and the way out."""

from dataclasses import dataclass, field
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from naslforge.journal import dump_line

MEDIA_TYPE = "application/problem+json"
# By short name: status, title. The `type` of a problem is a URN made of the name.
KINDS: dict[str, tuple[int, str]] = {
    "not-json": (400, "The body is no JSON"),
    "token-missing": (401, "A token is needed"),
    "not-found": (404, "There is nothing here"),
    "method-not-allowed": (405, "This place takes other methods"),
    "too-slow": (408, "The body did not arrive in time"),
    "other-task": (409, "The solution answers another task"),
    "same-name": (409, "Two files have the same name"),
    "too-large": (413, "The request is too large"),
    "media-type": (415, "The body has another media type"),
    "invalid": (422, "The request has another shape"),
    "queue-full": (429, "The queue is full"),
    "our-failure": (500, "Our own failure"),
    "closing": (503, "The service is closing"),
    "deadline": (504, "The answer took too long"),
}


@dataclass
class Problem(Exception):
    """Ends a request; `more` are further members of its body, `headers` those of the answer."""

    kind: str
    detail: str
    more: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return KINDS[self.kind][0]

    def to_json(self) -> dict[str, Any]:
        status, title = KINDS[self.kind]
        told = {"type": f"urn:naslforge:problem:{self.kind}", "title": title, "status": status, "detail": self.detail}
        return told | self.more

    def response(self) -> Response:
        return Response(dump_line(self.to_json()).encode(), self.status, self.headers, MEDIA_TYPE)


def invalid(pointer: str, detail: str) -> Problem:
    """A fault of a request, at a JSON pointer."""
    return Problem("invalid", detail, {"pointer": pointer})


async def told(_: Request, error: Exception) -> Response:
    """The answer to a request that ended in a problem, in one of the framework's own, or in a bug of ours."""
    if isinstance(error, Problem):
        return error.response()
    if isinstance(error, HTTPException):
        kind = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "our-failure")
        return Problem(kind, error.detail, headers=dict(error.headers or {})).response()
    return Problem("our-failure", f"{type(error).__name__}; the log of the service says more").response()
