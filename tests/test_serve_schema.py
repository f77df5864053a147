"""Requests made from the published description, right and wrong ones: every answer is one that it promises."""

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("starlette", reason="sandbox serve needs the extra: pip install 'naslforge[serve]'")
uvicorn = pytest.importorskip("uvicorn", reason="sandbox serve needs the extra: pip install 'naslforge[serve]'")
schemathesis = pytest.importorskip("schemathesis", reason="a development package: pip install 'naslforge[dev]'")

from hypothesis import HealthCheck, settings  # noqa: E402

from naslforge.run import Limits  # noqa: E402
from naslforge.serve import Settings, application  # noqa: E402


@schemathesis.serializer("application/x-ndjson")
def lines(_: Any, value: Any) -> bytes:
    """The requests of a stream, as lines; whatever else is made stays as it is."""
    values = value if isinstance(value, list) else [value]
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in values).encode(errors="replace")


TOKEN = "0123456789abcdef"
SMALL = Settings(workers=1, queue=64, max_batch=4, max_tests=4, token=TOKEN, limits=Limits(steps=20_000, seconds=2.0))
APP = application(SMALL)
schema = schemathesis.openapi.from_dict(APP.state.service.document)
seen: Counter[tuple[str, int]] = Counter()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The service in a thread of its own."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(APP, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    assert server.started
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(30)


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_promised(case: Any, address: str) -> None:
    token = {"Authorization": f"Bearer {TOKEN}"}
    response = case.call(base_url=address, headers=token)
    seen[case.path, response.status_code] += 1
    # A line of a stream that is no request costs that line, which is told inside an answer of 200.
    without = [schemathesis.checks.negative_data_rejection] if case.path == "/v1/judge/stream" else []
    case.validate_response(response, headers=token, excluded_checks=without)


def test_the_requests_were_of_both_kinds() -> None:
    """So that the test above is not content with refusals."""
    if not seen:
        pytest.skip("runs after the others of this file")
    for path in ("/v1/judge", "/v1/judge/batch", "/v1/judge/stream", "/v1/check", "/v1/format", "/v1/run"):
        statuses = {status: count for (where, status), count in seen.items() if where == path}
        assert any(status >= 400 for status in statuses), statuses
        assert any(status == 200 for status in statuses) or path in ("/v1/judge", "/v1/judge/batch", "/v1/run"), (
            statuses
        )
        assert not any(status >= 500 for status in statuses), statuses
    print(f"{sum(seen.values())} requests", dict(sorted(seen.items())))
