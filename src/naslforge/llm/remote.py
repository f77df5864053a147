"""An OpenAI-style HTTP endpoint as a Chat: many requests at once, rate limits kept, retries with backoff.

Whatever an endpoint does wrong ends as the `error` of one completion, after the retries; nothing raises. The key
comes from NASLFORGE_API_KEY or OPENAI_API_KEY and goes nowhere but into the request's header.
"""

import asyncio
import email.utils
import json
import os
import random
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import httpx

from naslforge.journal import InputError
from naslforge.llm.chat import Completion, OnAnswer, Request

KEYS = ("NASLFORGE_API_KEY", "OPENAI_API_KEY")
RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
HOPELESS = {
    401: "the endpoint refuses the key: set " + " or ".join(KEYS),
    403: "the endpoint forbids this: the key may not use the model",
    404: "the endpoint does not know this address or model",
}
LONGEST_WAIT = 120.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How an endpoint is treated; written behind the URL of a SPEC as `#concurrency=16&timeout=300`."""

    concurrency: int = 8
    timeout: float = 300.0  # of one try, from sending to the last byte
    retries: int = 6
    backoff: float = 1.0  # seconds before the first retry, doubled for each further one
    seed: int = 0


class Retry(Exception):
    """A try failed and another may succeed; `after` are the seconds the endpoint asks to wait."""

    def __init__(self, reason: str, after: float | None = None):
        self.reason, self.after = reason, after
        super().__init__(reason)


class GiveUp(Exception):
    """This request can never succeed."""


class RemoteChat:
    """A model behind a URL. `transport` and `sleep` are for tests."""

    def __init__(
        self, model: str, url: str, settings: Settings | None = None, *, key: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ):  # fmt: skip
        self.name = f"openai:{model}"
        self._model, self._settings = model, settings or Settings()
        self._url = url if url.endswith("/chat/completions") else url.rstrip("/") + "/chat/completions"
        self._key = key if key is not None else next((os.environ[k] for k in KEYS if os.environ.get(k)), "")
        self._transport, self._sleep = transport, sleep
        self._quiet_until = 0.0  # an endpoint that asks for patience asks it of all requests
        self._refused: str | None = None
        self._words = {"max_tokens": "max_tokens", "temperature": "temperature"}

    @classmethod
    def from_spec(cls, spec: str) -> Self:
        """The model of `MODEL@URL`. Raises InputError."""
        model, _, url = spec.partition("@http")
        parts = urlsplit("http" + url)
        if not model or not url or not parts.hostname:
            raise InputError(f"'openai:{spec}' is no model", hint="write openai:MODEL@https://host/v1")
        return cls(model, parts._replace(fragment="").geturl(), _settings(parts.fragment))

    def complete_many(self, requests: Sequence[Request], on_answer: OnAnswer) -> None:
        """Answer every request, several at a time; `on_answer` is called from this thread's loop as answers come."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            asyncio.run(self._all(requests, on_answer))
            return
        failed: list[BaseException] = []

        def apart() -> None:
            try:
                asyncio.run(self._all(requests, on_answer))
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=apart)
        thread.start()
        thread.join()
        if failed:
            raise failed[0]

    async def _all(self, requests: Sequence[Request], on_answer: OnAnswer) -> None:
        waiting = iter(enumerate(requests))
        limits = httpx.Limits(max_connections=self._settings.concurrency)
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        async with httpx.AsyncClient(
            transport=self._transport, limits=limits, timeout=self._settings.timeout, headers=headers
        ) as client:
            workers = [
                asyncio.create_task(self._work(client, waiting, on_answer))
                for _ in range(min(self._settings.concurrency, len(requests)))
            ]
            try:
                await asyncio.gather(*workers)
            finally:
                for worker in workers:
                    worker.cancel()

    async def _work(
        self, client: httpx.AsyncClient, waiting: Iterator[tuple[int, Request]], on_answer: OnAnswer
    ) -> None:
        for index, request in waiting:
            on_answer(index, await self._complete(client, index, request))

    async def _complete(self, client: httpx.AsyncClient, index: int, request: Request) -> Completion:
        dice = random.Random(f"{self._settings.seed}/{index}/{request.sample}")
        reason = ""
        for attempt in range(self._settings.retries + 1):
            if self._refused:
                return Completion("", self.name, error=self._refused)
            await self._patience()
            try:
                async with asyncio.timeout(self._settings.timeout):
                    return await self._try(client, request)
            except GiveUp as error:
                return Completion("", self.name, error=str(error))
            except Retry as error:
                reason = error.reason
                if error.after is not None:
                    self._quiet_until = max(self._quiet_until, time.monotonic() + min(error.after, LONGEST_WAIT))
                    continue
            except (TimeoutError, httpx.TimeoutException):
                reason = f"no answer within {self._settings.timeout:g} seconds"
            except (httpx.TransportError, httpx.DecodingError) as error:
                reason = f"the connection failed: {str(error) or type(error).__name__}"
            if attempt < self._settings.retries:
                wait = self._settings.backoff * 2**attempt * (0.5 + dice.random())
                await self._sleep(min(wait, LONGEST_WAIT))
        return Completion("", self.name, error=f"{reason} (after {self._settings.retries + 1} tries)")

    async def _patience(self) -> None:
        """Wait as long as the endpoint has asked for."""
        wait = self._quiet_until - time.monotonic()
        if wait > 0:
            await self._sleep(wait)

    async def _try(self, client: httpx.AsyncClient, request: Request) -> Completion:
        body: dict[str, Any] = {"model": self._model, "messages": list(request.messages)}
        values = {"max_tokens": request.max_tokens, "temperature": request.temperature}
        body |= {word: values[name] for name, word in self._words.items() if word}
        try:
            response = await client.post(self._url, json=body)
        except httpx.InvalidURL as error:
            raise GiveUp(f"the address is no URL: {error}") from error
        if response.status_code == 200:
            return _completion(response.text, self._model)
        raise self._failure(response)

    def _failure(self, response: httpx.Response) -> Exception:
        """What a bad status means for this request, and for all the others."""
        status, told = response.status_code, _message(response.text)
        if status in RETRIED:
            return Retry(f"status {status}: {told}", _retry_after(response.headers))
        if status in HOPELESS:
            self._refused = f"{HOPELESS[status]} (status {status}: {told})"
            return GiveUp(self._refused)
        if status == 400 and self._adapted(told):
            return Retry(f"status 400: {told}", 0.0)
        return GiveUp(f"status {status}: {told}")

    def _adapted(self, told: str) -> bool:
        """Newer models want other words for the same settings, or none: say it their way from now on."""
        if "max_completion_tokens" in told and self._words["max_tokens"] == "max_tokens":
            self._words["max_tokens"] = "max_completion_tokens"
            return True
        if "temperature" in told and self._words["temperature"]:
            self._words["temperature"] = ""
            return True
        return False


def _settings(fragment: str) -> Settings:
    kinds = {f.name: type(getattr(Settings(), f.name)) for f in fields(Settings)}
    values: dict[str, Any] = {}
    for name, text in parse_qsl(fragment, keep_blank_values=True):
        if name not in kinds:
            raise InputError(f"unknown setting {name!r} of an endpoint", hint="known: " + ", ".join(kinds))
        try:
            values[name] = kinds[name](text)
        except ValueError as error:
            raise InputError(f"{name}={text!r} is no {kinds[name].__name__}") from error
    return Settings(**values)


def _completion(text: str, model: str) -> Completion:
    """The answer in a response that claims success. Raises Retry for one that is none."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise Retry(f"the endpoint answered with something else than JSON: {text.strip()[:60]!r}") from error
    if not isinstance(data, dict) or data.get("error"):
        raise Retry(f"the endpoint answered with an error: {_message(text)}")
    choices = data.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise Retry("the endpoint's answer has no choices")
    message = choices[0].get("message")
    content = _content(message.get("content")) if isinstance(message, dict) else ""
    ended = choices[0].get("finish_reason")
    if not content.strip():
        raise Retry("the answer is empty" + (": max_tokens was used up by thinking" if ended == "length" else ""))
    usage = {k: v for k, v in (data.get("usage") or {}).items() if isinstance(v, int)}
    if ended == "length":
        usage["cut"] = True
    return Completion(content, str(data.get("model") or model), usage)


def _content(content: Any) -> str:
    """The text of a message; some endpoints send it in parts."""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _message(text: str) -> str:
    """What an error response says, in a line."""
    try:
        data = json.loads(text)
        error = data.get("error", data)
        told = error.get("message") if isinstance(error, dict) else error
    except (ValueError, AttributeError):
        told = text
    return " ".join(str(told or "no reason given").split())[:300]


def _retry_after(headers: httpx.Headers) -> float | None:
    """The seconds that an endpoint asks to wait, told as a number or as a date."""
    told = headers.get("retry-after", "")
    try:
        return max(0.0, float(told))
    except ValueError:
        date = email.utils.parsedate_tz(told)
        return max(0.0, email.utils.mktime_tz(date) - time.time()) if date else None
