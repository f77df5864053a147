"""The embedded base model from scratch: a byte-level tokenizer and a small Qwen2, trained on sister-dialect examples.

Muon moves the matrices, AdamW the rest; the loss is on the answers only. Runs by
itself in an hour or so on two cores, and goes on from its last checkpoint after a kill.
"""

import os
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

from naslforge.journal import dump_line
from naslforge.llm import Settings, slot_tokens
from naslforge.records import Example
from naslforge.train import data
from naslforge.train.recipe import Recipe
from naslforge.train.watch import OnProgress

TEMPLATE = (
    "{% for m in messages %}{% if m.role == 'assistant' %}<|answer|>{{ m.content }}<|end|>"
    "{% else %}{{ m.content }}\n{% endif %}{% endfor %}{% if add_generation_prompt %}<|answer|>{% endif %}"
)
SPECIAL = ("<|end|>", "<|pad|>", "<|answer|>")


@dataclass(frozen=True, slots=True)
class BaseRecipe(Recipe):
    """How the base is made. `words` are example files that only teach the tokenizer its words, not the model."""

    data: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()  # texts that are one token each
    vocabulary: int = 2048
    width: int = 192
    layers: int = 6
    heads: int = 6
    kv_heads: int = 2
    inner: int = 512
    tokens: int = 4096  # of a batch
    steps: int = 4000
    warmup: int = 100
    cooldown: float = 0.4  # share of the steps over which the rates fall to zero
    matrix_rate: float = 0.02
    other_rate: float = 3e-3
    weight_decay: float = 0.01
    log_steps: int = 20
    save_minutes: float = 4.0
    workers: int = 2


def make_tokenizer(texts: Sequence[str], recipe: BaseRecipe) -> PreTrainedTokenizerFast:
    """A byte-level BPE over the texts, with the slots and the recipe's whole words as single tokens."""
    inner = Tokenizer(models.BPE())
    inner.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False),
    ])  # fmt: skip
    inner.decoder = decoders.ByteLevel()
    single = [*slot_tokens(), *recipe.whole]
    trainer = trainers.BpeTrainer(
        vocab_size=recipe.vocabulary - len(single), special_tokens=list(SPECIAL), show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), min_frequency=3, max_token_length=24,
    )  # fmt: skip
    without = _splitter(single)
    inner.train_from_iterator((part for text in texts for part in without(text)), trainer)
    inner.add_tokens([AddedToken(word, normalized=False, special=False) for word in single])
    made = PreTrainedTokenizerFast(tokenizer_object=inner, eos_token=SPECIAL[0], pad_token=SPECIAL[1])
    made.chat_template = TEMPLATE
    return made


def _splitter(single: Sequence[str]) -> Any:
    cut = re.compile("|".join(re.escape(word) for word in sorted(single, key=len, reverse=True)))
    return lambda text: [part for part in cut.split(text) if part]


def train_base(recipe: BaseRecipe, on_progress: OnProgress | None = None) -> Path:
    """Train the base into the recipe's folder and give it. Goes on from the last checkpoint.

    With several workers each process computes a batch of its own on one core and the gradients are averaged: on a
    machine that others use too, that is far faster than threads that wait for each other at every operation.
    """
    out = Path(recipe.out)
    out.mkdir(parents=True, exist_ok=True)
    told = {key: value for key, value in recipe.to_json().items() if key not in ("model", "out", "data", "words")}
    settings = Settings("compact", True, recipe.plain, made={"script": "recipes/base.py", "recipe": told})
    rows = data.sft_rows(data.examples(recipe.data), settings)
    tokens = _tokenizer(recipe, rows, settings, out)
    coded = _coded(rows, tokens)
    if recipe.workers > 1:
        torch.multiprocessing.spawn(_worker, (recipe, coded, tokens, on_progress), recipe.workers)
    else:
        _run(0, recipe, coded, tokens, on_progress)
    network = _network(recipe, tokens)
    _restore(out, network, [])
    export(network, tokens, settings, out)
    return out


def _worker(rank: int, recipe: BaseRecipe, rows: list[data.Row], tokens: Any, on_progress: OnProgress | None) -> None:
    meeting = (Path(recipe.out) / f".meeting-{os.getppid()}").resolve()
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", f"file://{meeting}", rank=rank, world_size=recipe.workers)
    try:
        _run(rank, recipe, rows, tokens, on_progress)
    finally:
        torch.distributed.destroy_process_group()
        meeting.unlink(missing_ok=True)


def _run(rank: int, recipe: BaseRecipe, rows: list[data.Row], tokens: Any, on_progress: OnProgress | None) -> None:
    out = Path(recipe.out)
    network = _network(recipe, tokens)
    optimizers = _optimizers(network, recipe)
    step = _restore(out, network, optimizers)
    batches = _Batches(rows, tokens, recipe)
    started = saved = time.monotonic()
    seen, losses = 0, list[float]()
    while step < recipe.steps:
        batch = batches.at(step * recipe.workers + rank)
        losses.append(_step(network, optimizers, batch, _rate(step, recipe), recipe.workers))
        seen += int(batch["mask"].sum())
        step += 1
        if rank:
            continue
        if step % recipe.log_steps == 0:
            seconds = time.monotonic() - started
            point = {"step": step, "loss": round(sum(losses) / len(losses), 4), "seconds": round(seconds, 1),
                     "tokens_per_second": round(seen * recipe.workers / seconds)}  # fmt: skip
            with (out / "curve.jsonl").open("a", encoding="utf-8") as curve:
                curve.write(dump_line(point) + "\n")
            losses.clear()
            if on_progress:
                on_progress(step, recipe.steps, f"loss {point['loss']:.3f}")
        if time.monotonic() - saved > recipe.save_minutes * 60:
            _save(out, network, optimizers, step)
            saved = time.monotonic()
    if not rank:
        _save(out, network, optimizers, step)


def export(network: Any, tokens: Any, settings: Settings, out: Path) -> None:
    """Write the model folder, weights as bfloat16."""
    network.to(torch.bfloat16).save_pretrained(str(out))
    tokens.save_pretrained(str(out))
    settings.write(out)


def _coded(rows: list[data.Row], tokens: Any) -> list[data.Row]:
    """What data.tokens gives under TEMPLATE, for all rows at once."""
    prompts = ["".join(m["content"] + "\n" for m in row["prompt"]) + SPECIAL[2] for row in rows]
    answers = [row["completion"][0]["content"] + SPECIAL[0] for row in rows]
    pairs = zip(tokens(prompts)["input_ids"], tokens(answers)["input_ids"], strict=True)
    return [{"input_ids": p + a, "completion_mask": [0] * len(p) + [1] * len(a)} for p, a in pairs]


def _tokenizer(recipe: BaseRecipe, rows: list[data.Row], settings: Settings, out: Path) -> PreTrainedTokenizerFast:
    if (out / "tokenizer.json").exists():
        return PreTrainedTokenizerFast.from_pretrained(str(out))
    other = data.sft_rows([e for file in recipe.words for e in Example.read(file)], settings)
    texts = [m["content"] for row in [*rows, *other] for m in (*row["prompt"], *row["completion"])]
    made = make_tokenizer(texts, recipe)
    made.save_pretrained(str(out))
    return made


def _network(recipe: BaseRecipe, tokens: Any) -> Any:
    torch.manual_seed(recipe.seed)
    config = Qwen2Config(
        vocab_size=len(tokens), hidden_size=recipe.width, intermediate_size=recipe.inner,
        num_hidden_layers=recipe.layers, num_attention_heads=recipe.heads, num_key_value_heads=recipe.kv_heads,
        max_position_embeddings=2048, tie_word_embeddings=False, bos_token_id=None,
        eos_token_id=tokens.eos_token_id, pad_token_id=tokens.pad_token_id,
    )  # fmt: skip
    return Qwen2ForCausalLM(config).train()


def _optimizers(network: Any, recipe: BaseRecipe) -> list[torch.optim.Optimizer]:
    inner = [p for name, p in network.named_parameters() if p.ndim == 2 and ".layers." in name]
    chosen = {id(p) for p in inner}
    rest = [p for p in network.parameters() if id(p) not in chosen]
    return [
        torch.optim.Muon(inner, lr=recipe.matrix_rate, momentum=0.95, weight_decay=recipe.weight_decay),
        torch.optim.AdamW(rest, lr=recipe.other_rate, betas=(0.9, 0.95), weight_decay=0.0),
    ]


def _rate(step: int, recipe: BaseRecipe) -> float:
    """Up over the warm-up, flat, then down to zero."""
    down = max(1, int(recipe.steps * recipe.cooldown))
    return min((step + 1) / recipe.warmup, 1.0, max(recipe.steps - step, 1) / down)


def _step(
    network: Any, optimizers: list[torch.optim.Optimizer], batch: dict[str, Any], rate: float, workers: int
) -> float:
    """One update; the head is computed at answer positions only. Padding stands behind the answer: no mask needed."""
    wanted = batch["answer"][:, 1:]
    with torch.autocast("cpu", torch.bfloat16):
        hidden = network.model(input_ids=batch["ids"]).last_hidden_state[:, :-1]
        logits = network.lm_head(hidden[wanted])
    loss = torch.nn.functional.cross_entropy(logits.float(), batch["ids"][:, 1:][wanted])
    loss.backward()
    if workers > 1:
        _average(network, workers)
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group.setdefault("full_rate", group["lr"])
            group["lr"] = group["full_rate"] * rate
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    return float(loss.detach())


def _average(network: Any, workers: int) -> None:
    gradients = [p.grad for p in network.parameters()]
    flat = torch.cat([g.flatten() for g in gradients])
    torch.distributed.all_reduce(flat)
    flat /= workers
    for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(part.view_as(gradient))


class _Batches:
    """Batches of like length, the same ones for the same recipe and step."""

    def __init__(self, rows: list[data.Row], tokens: Any, recipe: BaseRecipe):
        self._rows, self._recipe = rows, recipe
        self._pad = tokens.pad_token_id
        self._plan = self._epochs()
        self._next = 0

    def at(self, step: int) -> dict[str, Any]:
        """The batch of a step; steps are asked for in rising order."""
        while self._next <= step:
            chosen = next(self._plan)
            self._next += 1
        return self._tensors(chosen)

    def _epochs(self) -> Iterator[list[int]]:
        epoch = 0
        while True:
            rng = random.Random(f"{self._recipe.seed}/epoch/{epoch}")
            order = list(range(len(self._rows)))
            rng.shuffle(order)
            batches = []
            for start in range(0, len(order), 4096):
                batches += self._cut(sorted(order[start : start + 4096], key=lambda i: len(self._rows[i]["input_ids"])))
            rng.shuffle(batches)
            yield from batches
            epoch += 1

    def _cut(self, order: list[int]) -> list[list[int]]:
        batches: list[list[int]] = [[]]
        for i in order:  # rising length: the newest row is the longest
            if (len(batches[-1]) + 1) * len(self._rows[i]["input_ids"]) > self._recipe.tokens and batches[-1]:
                batches.append([])
            batches[-1].append(i)
        return batches

    def _tensors(self, chosen: list[int]) -> dict[str, Any]:
        rows = [self._rows[i] for i in chosen]
        width = max(len(row["input_ids"]) for row in rows)
        ids = torch.full((len(rows), width), self._pad)
        answer = torch.zeros(len(rows), width, dtype=torch.bool)
        mask = torch.zeros(len(rows), width, dtype=torch.long)
        for at, row in enumerate(rows):
            length = len(row["input_ids"])
            ids[at, :length] = torch.tensor(row["input_ids"])
            answer[at, :length] = torch.tensor(row["completion_mask"], dtype=torch.bool)
            mask[at, :length] = 1
        return {"ids": ids, "answer": answer, "mask": mask}


def _save(out: Path, network: Any, optimizers: list[torch.optim.Optimizer], step: int) -> None:
    part = out / "checkpoint.part"
    state = {"network": network.state_dict(), "optimizers": [o.state_dict() for o in optimizers], "step": step}
    torch.save(state, part)
    part.replace(out / "checkpoint.pt")


def _restore(out: Path, network: Any, optimizers: list[torch.optim.Optimizer]) -> int:
    file = out / "checkpoint.pt"
    if not file.exists():
        return 0
    state = torch.load(file, weights_only=True)
    network.load_state_dict(state["network"])
    for optimizer, saved in zip(optimizers, state["optimizers"], strict=False):  # none are given for an export
        optimizer.load_state_dict(saved)
    return int(state["step"])
