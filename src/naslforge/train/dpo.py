"""Preference optimisation through TRL: good and bad answers to the same task, the starting model as reference."""

from pathlib import Path

from datasets import Dataset
from transformers import PrinterCallback, enable_full_determinism
from trl import DPOConfig, DPOTrainer

from naslforge.llm import settings, tokenizer
from naslforge.train import data, lora, watch
from naslforge.train.recipe import DpoRecipe
from naslforge.train.sft import common, made


def dpo(recipe: DpoRecipe, on_progress: watch.OnProgress | None = None) -> Path:
    """Train on the recipe's pairs and give the adapter's folder. Resumes; a finished one is kept."""
    out = Path(recipe.out)
    if watch.finished(recipe):
        return out
    rows = data.dpo_rows(data.pairs(recipe.data), settings(recipe.model))
    enable_full_determinism(recipe.seed, warn_only=True)
    losses = {"sigmoid": 1.0, "sft": recipe.sft_weight} if recipe.sft_weight else {"sigmoid": 1.0}
    config = DPOConfig(
        **common(recipe), max_length=recipe.max_length, beta=recipe.beta, loss_type=list(losses),
        loss_weights=list(losses.values()),
    )  # fmt: skip
    trainer = DPOTrainer(
        model=lora.open_for_training(recipe), args=config, train_dataset=Dataset.from_list(rows),
        processing_class=tokenizer(recipe.model), callbacks=[watch.Watch(recipe, on_progress)],
    )  # fmt: skip
    trainer.remove_callback(PrinterCallback)
    trainer.train(resume_from_checkpoint=watch.checkpoint(recipe))
    lora.save(trainer.model, recipe, made(recipe, trainer, pairs=len(rows)))
    return out
