"""Weights on this machine as a Chat: batches sorted by length, a kept key-value cache, sampling that repeats.

The random numbers of an answer come from (seed, messages, sample) alone, so neither the batch nor the order of the
requests changes them.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naslforge.llm.chat import Completion, Message, Request
from naslforge.llm.slots import Slots, link, slot_tokens
from naslforge.llm.weights import load, settings, tokenizer

if TYPE_CHECKING:
    import torch

OnAnswer = Callable[[int, Completion], None]


class LocalChat:
    """A model folder, with or without adapter, answering messages."""

    def __init__(
        self, model: str | Path, *, seed: int = 0, batch: int = 64, max_length: int = 4096, device: str | None = None,
        network: Any = None, name: str | None = None,
    ):  # fmt: skip
        self.name = name or f"local:{model}"
        self.settings = settings(model)
        self.style = self.settings.style
        self._seed, self._batch, self._max_length = seed, batch, max_length
        self._tokenizer = tokenizer(model)
        self._network = (network if network is not None else load(model, device)).eval()
        self._ends = _end_tokens(self._network, self._tokenizer)
        wanted = slot_tokens() if self.settings.slots else []
        self._slot_ids = dict(zip(wanted, self._tokenizer.convert_tokens_to_ids(wanted), strict=True))

    def complete_many(self, requests: Sequence[Request], on_answer: OnAnswer) -> None:
        """Answer every request; `on_answer(index, completion)` is called as each batch finishes."""
        prepared = [self._prepare(request) for request in requests]
        order = sorted(range(len(requests)), key=lambda i: -len(prepared[i][0]))
        for start in range(0, len(order), self._batch):
            chosen = order[start : start + self._batch]
            answers = self._generate([prepared[i] for i in chosen], [requests[i] for i in chosen])
            for i, ids in zip(chosen, answers, strict=True):
                text = self._tokenizer.decode(ids, skip_special_tokens=True)
                slots = prepared[i][1]
                usage = {"prompt_tokens": len(prepared[i][0]), "completion_tokens": len(ids)}
                on_answer(i, Completion(slots.decode(text) if slots else text, self.name, usage))

    def _prepare(self, request: Request) -> tuple[list[int], Slots | None]:
        messages: list[Message] = list(request.messages)
        slots = None
        if self.settings.slots:
            messages, slots = link(messages, self.settings.plain)
        ids = self._tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_dict=False)
        return list(ids)[-self._max_length :], slots

    def _generate(self, prepared: list[tuple[list[int], Slots | None]], requests: list[Request]) -> list[list[int]]:
        import torch

        closed = [self._undeclared(slots) for _, slots in prepared]
        with torch.inference_mode():
            return _decode(self._network, [ids for ids, _ in prepared], requests, closed, self._ends, self._seed)

    def _undeclared(self, slots: Slots | None) -> list[int]:
        """Slot tokens that stand for nothing in this prompt: never offered, as a name that is not in scope."""
        declared = slots.all() if slots else frozenset()
        return [number for token, number in self._slot_ids.items() if token not in declared]


def _decode(
    network: Any, prompts: list[list[int]], requests: list[Request], closed: list[list[int]], ends: frozenset[int],
    seed: int,
) -> list[list[int]]:  # fmt: skip
    """Token ids of each answer, none of them `closed`. Finished rows leave the batch, so that the rest goes faster."""
    import torch
    from transformers import DynamicCache

    device = network.device
    ids, mask = _left_padded(prompts, device)
    limits = [request.max_tokens for request in requests]
    draws = torch.stack([_draws(seed, request, max(limits)) for request in requests])
    heat = torch.tensor([request.temperature for request in requests], device=device).unsqueeze(1)
    bar = torch.zeros(len(prompts), network.config.vocab_size, device=device)
    for row, ids_closed in enumerate(closed):
        bar[row, ids_closed] = float("-inf")
    answers: list[list[int]] = [[] for _ in prompts]
    rows = list(range(len(prompts)))
    cache = DynamicCache(config=network.config)
    places = (mask.cumsum(1) - 1).clamp(min=0)
    for step in range(max(limits)):
        logits = network(
            input_ids=ids, attention_mask=mask, position_ids=places, past_key_values=cache, use_cache=True,
            logits_to_keep=1,
        ).logits[:, -1].float()  # fmt: skip
        chosen = _choose(logits + bar[rows], heat[rows], draws[rows, step].to(device))
        keep = []
        for at, (row, token) in enumerate(zip(rows, chosen.tolist(), strict=True)):
            if token in ends:
                continue
            answers[row].append(token)
            if len(answers[row]) < limits[row]:
                keep.append(at)
        if not keep:
            break
        if len(keep) < len(rows):
            index = torch.tensor(keep, device=device)
            cache.batch_select_indices(index)
            mask, chosen, places = mask[index], chosen[index], places[index]
            rows = [rows[at] for at in keep]
        ids, places = chosen.unsqueeze(1), places[:, -1:] + 1
        mask = torch.cat([mask, mask.new_ones(len(rows), 1)], 1)
    return answers


def _left_padded(prompts: list[list[int]], device: Any) -> "tuple[torch.Tensor, torch.Tensor]":
    import torch

    width = max(map(len, prompts))
    ids = torch.tensor([[0] * (width - len(p)) + p for p in prompts], device=device)
    mask = torch.tensor([[0] * (width - len(p)) + [1] * len(p) for p in prompts], device=device)
    return ids, mask


def _choose(logits: "torch.Tensor", heat: "torch.Tensor", draws: "torch.Tensor") -> "torch.Tensor":
    """The best token where the temperature is 0, else the one that the draw picks from the distribution."""
    best = logits.argmax(1)
    if not heat.any():
        return best
    steps = (logits / heat.clamp(min=1e-4)).softmax(1).cumsum(1)
    drawn = (steps < draws.unsqueeze(1) * steps[:, -1:]).sum(1).clamp(max=logits.shape[1] - 1)
    return best.where(heat.squeeze(1) == 0, drawn)


def _draws(seed: int, request: Request, count: int) -> "torch.Tensor":
    import torch

    key = json.dumps([seed, list(request.messages), request.sample], ensure_ascii=False, sort_keys=True)
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 1
    return torch.rand(count, generator=torch.Generator().manual_seed(number))


def _end_tokens(network: Any, tokenizer: Any) -> frozenset[int]:
    configured = getattr(network, "generation_config", None)
    ends = getattr(configured, "eos_token_id", None)
    listed = ends if isinstance(ends, list) else [ends]
    return frozenset(i for i in [*listed, tokenizer.eos_token_id] if i is not None)
