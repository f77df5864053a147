"""Base model plus LoRA adapter: open for training, save, merge, and prove that the merge changed nothing."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from naslforge.llm import Settings, adapter_base, is_adapter, load, resolve, settings, tokenizer
from naslforge.train.recipe import TrainRecipe


def open_for_training(recipe: TrainRecipe) -> Any:
    """The recipe's model with a trainable adapter: its own where `model` is an adapter folder, else a fresh one."""
    import torch
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(recipe.seed)
    network = load(recipe.model, dtype=recipe.dtype, trainable=True)
    if not is_adapter(recipe.model):
        targets = recipe.targets if isinstance(recipe.targets, str) else list(recipe.targets)
        config = LoraConfig(
            r=recipe.rank, lora_alpha=recipe.alpha, lora_dropout=recipe.dropout, target_modules=targets,
            modules_to_save=list(recipe.modules_to_save) or None, task_type="CAUSAL_LM",
            ensure_weight_tying=bool(recipe.modules_to_save and network.config.tie_word_embeddings),
        )  # fmt: skip
        network = get_peft_model(network, config)
    if recipe.gradient_checkpointing:
        network.enable_input_require_grads()  # checkpointed blocks need an input that carries a gradient
    return network


def save(network: Any, recipe: TrainRecipe, made: dict[str, Any]) -> None:
    """Write the adapter folder; its naslforge.json comes last and says that the folder is complete."""
    out = Path(recipe.out)
    network.save_pretrained(str(out), selected_adapters=["default"])
    base = adapter_base(recipe.model) if is_adapter(recipe.model) else recipe.model
    Settings(base=base, made=made).write(out)


def merge(adapter: str | Path, out: str | Path) -> None:
    """Write the adapter's base with the adapter's weights worked in, as a plain model folder."""
    merged = load(adapter).merge_and_unload()
    out = Path(out)
    merged.save_pretrained(str(out))
    tokenizer(adapter).save_pretrained(str(out))
    kept = settings(adapter)
    Settings(kept.style, kept.slots, kept.plain, made={"merged": str(adapter)}).write(out)
    for licence in resolve(kept.base or "").glob("LICENSE*"):
        shutil.copy(licence, out)


@dataclass(frozen=True, slots=True)
class Parity:
    """How far a merged model is from base plus adapter, over all positions of the texts."""

    largest: float  # absolute difference of a log probability
    agreement: float  # share of positions with the same most likely token

    @property
    def holds(self) -> bool:
        return self.agreement > 0.99 and self.largest < 0.05


def parity(adapter: str | Path, merged: str | Path, texts: Sequence[str]) -> Parity:
    """Compare the next-token distributions of adapter and merged model on the given texts."""
    import torch

    tokens = tokenizer(adapter)
    models = [load(folder, dtype="float32").eval() for folder in (adapter, merged)]
    largest, same, total = 0.0, 0, 0
    with torch.inference_mode():
        for text in texts:
            ids = tokens(text, return_tensors="pt")["input_ids"].to(models[0].device)
            one, other = (model(input_ids=ids).logits.log_softmax(-1) for model in models)
            largest = max(largest, float((one - other).abs().max()))
            same += int((one.argmax(-1) == other.argmax(-1)).sum())
            total += ids.shape[1]
    return Parity(largest, same / max(total, 1))
