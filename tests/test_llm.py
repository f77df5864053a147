"""Endpoints that behave and misbehave, recordings, and models by their SPEC. The transport is fake, the client real."""

import asyncio
import json
import logging

import httpx
import pytest

from naslforge.journal import InputError, write_jsonl
from naslforge.llm import (
    Completion,
    ListChat,
    RecordedChat,
    Request,
    messages_sha256,
    open_model,
    recording,
)
from naslforge.llm.remote import RemoteChat, Settings

OTHER = [{"role": "user", "content": "?"}]
HELLO = [{"role": "user", "content": "你好"}]


def answer(text="好", **more):
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {"model": "m-1", "choices": [choice], "usage": {"prompt_tokens": 3, "completion_tokens": 1}, **more}


class Endpoint:
    """Plays the responses in order, the last one for ever; keeps what it was asked."""

    def __init__(self, *responses):
        self.responses, self.bodies, self.headers, self.waits = list(responses), [], [], []
        self.open = self.most_open = 0

    async def __call__(self, request):
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        await asyncio.sleep(0)
        self.bodies.append(json.loads(request.content))
        self.headers.append(request.headers)
        self.open -= 1
        response = self.responses[min(len(self.bodies), len(self.responses)) - 1]
        if isinstance(response, Exception):
            raise response
        return response if isinstance(response, httpx.Response) else httpx.Response(200, json=response)

    async def sleep(self, seconds):
        self.waits.append(seconds)
        await asyncio.sleep(0)

    def chat(self, **settings):
        transport = httpx.MockTransport(self)
        given = Settings(**{"retries": 2, "concurrency": 1, **settings})
        return RemoteChat("m", "http://host/v1", given, key="secret", transport=transport, sleep=self.sleep)


def ask(chat, *requests):
    answers = {}
    chat.complete_many(requests or [Request(HELLO)], answers.__setitem__)
    return [answers[i] for i in sorted(answers)]


def test_an_answer_comes_with_model_and_usage():
    endpoint = Endpoint(answer())
    assert ask(endpoint.chat()) == [Completion("好", "m-1", {"prompt_tokens": 3, "completion_tokens": 1})]
    assert endpoint.bodies == [{"model": "m", "messages": HELLO, "max_tokens": 2048, "temperature": 0.0}]
    assert endpoint.headers[0]["authorization"] == "Bearer secret"


def test_many_requests_run_at_once_within_the_limit():
    endpoint = Endpoint(answer())
    requests = [Request([{"role": "user", "content": str(i)}]) for i in range(40)]
    assert len(ask(endpoint.chat(concurrency=5), *requests)) == 40
    assert 1 < endpoint.most_open <= 5
    assert sorted(int(body["messages"][0]["content"]) for body in endpoint.bodies) == list(range(40))


def test_a_rate_limit_is_waited_out_as_long_as_asked():
    limited = httpx.Response(429, headers={"retry-after": "7"}, json={"error": {"message": "slow down"}})
    endpoint = Endpoint(limited, answer())
    assert ask(endpoint.chat())[0].text == "好"
    assert len(endpoint.waits) == 1 and 6 < endpoint.waits[0] <= 7


def test_backoff_grows_and_repeats_with_the_seed():
    endpoint, again = Endpoint(httpx.Response(503)), Endpoint(httpx.Response(503))
    assert ask(endpoint.chat(retries=4)) == ask(again.chat(retries=4))
    assert endpoint.waits == again.waits and len(endpoint.waits) == 4
    assert all(0.5 * 2**i <= wait <= 1.5 * 2**i for i, wait in enumerate(endpoint.waits))


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (httpx.Response(200, text="<html>gateway</html>"), "something else than JSON"),
        (httpx.Response(200, text=""), "something else than JSON"),
        ({"choices": []}, "no choices"),
        ([1], "an error"),
        ({"error": {"message": "overloaded"}}, "overloaded"),
        (answer(text=None), "empty"),
        (answer(text="  "), "empty"),
        ({"choices": [{"message": "x"}]}, "empty"),
        (httpx.RemoteProtocolError("peer closed connection"), "the connection failed: peer closed"),
        (httpx.ConnectError("refused"), "the connection failed: refused"),
        (httpx.ReadTimeout("late"), "no answer within"),
        (httpx.Response(500, text="oops"), "status 500: oops"),
    ],
)
def test_a_misbehaving_endpoint_is_tried_again_and_then_told(bad, told):
    failing = Endpoint(bad)
    completion = ask(failing.chat())[0]
    assert told in completion.error and "after 3 tries" in completion.error and completion.text == ""
    assert len(failing.bodies) == 3
    assert ask(Endpoint(bad, answer()).chat())[0].error is None


def test_a_refused_key_stops_all_requests_and_is_not_shown():
    endpoint = Endpoint(httpx.Response(401, json={"error": {"message": "bad key"}}))
    completions = ask(endpoint.chat(), *[Request(HELLO)] * 10)
    assert len(endpoint.bodies) == 1
    assert all("NASLFORGE_API_KEY" in c.error and "secret" not in c.error for c in completions)


def test_a_bad_request_is_not_repeated():
    endpoint = Endpoint(httpx.Response(400, json={"error": {"message": "context too long"}}))
    assert ask(endpoint.chat())[0].error == "status 400: context too long"
    assert len(endpoint.bodies) == 1


def test_settings_that_a_model_does_not_know_are_said_its_way():
    words = "use max_completion_tokens instead"
    endpoint = Endpoint(httpx.Response(400, json={"error": {"message": words}}), answer())
    assert ask(endpoint.chat())[0].error is None
    assert "max_completion_tokens" in endpoint.bodies[-1] and "max_tokens" not in endpoint.bodies[-1]


def test_an_answer_in_parts_and_one_that_was_cut():
    parts = answer(text=[{"type": "text", "text": "a"}, {"type": "text", "text": "b"}])
    assert ask(Endpoint(parts).chat())[0].text == "ab"
    cut = answer()
    cut["choices"][0]["finish_reason"] = "length"
    assert ask(Endpoint(cut).chat())[0].usage["cut"] is True


def test_a_full_disk_while_storing_ends_the_work():
    def store(index, completion):
        raise InputError("cannot be written: No space left on device")

    with pytest.raises(InputError, match="No space"):
        Endpoint(answer()).chat(concurrency=3).complete_many([Request(HELLO)] * 9, store)


def test_it_works_inside_a_running_loop():
    async def inside():
        return ask(Endpoint(answer()).chat())

    assert asyncio.run(inside())[0].text == "好"


def test_models_by_spec():
    chat = open_model("openai:org/m@2@https://host/v1#concurrency=16&timeout=9.5")
    assert chat.name == "openai:org/m@2"
    for wrong in ("openai:m", "openai:@http://host", "gpt", "openai:m@http://h#speed=9", "openai:m@http://h#retries=x"):
        with pytest.raises(InputError):
            open_model(wrong)


# --- recordings


def line(task="t/1", round=1, sample=0, text="A", messages=HELLO):
    request = Request(messages, sample, task=task, round=round)
    return recording(request, Completion(text, "teacher"), "2026-11-23")


def test_recordings_answer_by_task_round_and_sample(tmp_path):
    write_jsonl(tmp_path / "r.jsonl", [line(), line(round=2, text="B"), line(sample=1, text="C")])
    chat = open_model(f"recorded:{tmp_path / 'r.jsonl'}")
    requests = [Request(HELLO, task="t/1", round=2), Request(HELLO, 1, task="t/1"), Request(OTHER, task="t/9")]
    second, other, missing = ask(chat, *requests)
    assert (second.text, other.text, second.model) == ("B", "C", "teacher")
    assert missing.error == "no answer is recorded for t/9, round 1, sample 0"


def test_recordings_answer_by_messages_where_no_task_is_told(tmp_path):
    write_jsonl(tmp_path / "r.jsonl", [{"messages_sha256": messages_sha256(HELLO), "text": "hi"}])
    assert ask(RecordedChat(tmp_path / "r.jsonl"))[0].text == "hi"


def test_recordings_tell_when_prompts_have_changed(tmp_path, caplog):
    write_jsonl(tmp_path / "r.jsonl", [line()])
    chat = RecordedChat(tmp_path / "r.jsonl")
    with caplog.at_level(logging.WARNING):
        ask(chat, Request(HELLO, task="t/1"))
        assert not caplog.records
        assert ask(chat, Request(OTHER, task="t/1"))[0].text == "A"
    assert chat.changed == 1 and "prompts have changed" in caplog.text


@pytest.mark.parametrize("broken", ["[]", '{"text": "x"}', '{"messages_sha256": "0", "text": 1}', "{"])
def test_a_broken_recording_names_file_and_line(tmp_path, broken):
    (tmp_path / "r.jsonl").write_text(json.dumps(line()) + "\n" + broken + "\n")
    with pytest.raises(InputError, match=r"r\.jsonl:2"):
        RecordedChat(tmp_path / "r.jsonl")


def test_a_list_of_answers_runs_out_with_an_error():
    first, failed, past = ask(ListChat(["a", None]), *[Request(HELLO)] * 3)
    assert first.text == "a" and failed.error and past.error
