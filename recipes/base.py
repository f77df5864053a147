"""Makes the embedded base model again: sister-dialect examples from our families, then training from scratch.

    python recipes/base.py data DIR [--count 60000]    examples of the known families and domains, nothing held out
    python recipes/base.py train DIR                   about an hour on two cores; goes on after a kill
    python recipes/base.py install DIR                 put the result into the package

The model never sees NASL. The tokenizer does: NASL's words are tokens from the start, so that a fine-tuning can learn
them without changing the vocabulary.
"""

import argparse
import shutil
from dataclasses import replace
from pathlib import Path

from naslforge.llm import compact
from naslforge.records import Example, Task
from naslforge.synth import families, typescript
from naslforge.synth.families import heldout
from naslforge.train.base import BaseRecipe, train_base

SEED = 7


def known_tasks(count: int) -> list[Task]:
    """Tasks of the families and domains that are not held out."""
    names = [f.name for f in families.FAMILIES if f.name not in heldout.HELD_OUT_FAMILIES]
    places = [d for d in families.DOMAINS if d not in heldout.HELD_OUT_DOMAINS]
    return list(families.generate(names, places, SEED, count))


def write_data(folder: Path, count: int) -> None:
    """examples.jsonl in plain TypeScript for the model, words.jsonl in NASL for the tokenizer alone."""
    examples, words = [], []
    for number, task in enumerate(known_tasks(count)):
        made = typescript.example(task)
        if made is None:
            continue
        examples.append(made)
        if number % 10 == 0:
            answer = compact.answer(task.meta["reference"], task.signature)
            words.append(Example(task.id, [made.messages[0], {"role": "assistant", "content": answer}]))
    Example.write(folder / "examples.jsonl", examples)
    Example.write(folder / "words.jsonl", words)
    print(f"{len(examples)} examples of {count} tasks")


def show(step: int, steps: int, word: str) -> None:
    """One line a point of the curve."""
    print(f"{step}/{steps} {word}", flush=True)


def install(folder: Path) -> None:
    """Copy the finished model into the package, without checkpoints."""
    target = Path(__file__).parent.parent / "src" / "naslforge" / "train" / "embedded"
    target.mkdir(exist_ok=True)
    for file in ("config.json", "generation_config.json", "model.safetensors", "tokenizer.json",
                 "tokenizer_config.json", "chat_template.jinja", "naslforge.json", "curve.jsonl"):  # fmt: skip
        shutil.copy(folder / file, target / file)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("data", "train", "install"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=60_000)
    given = parser.parse_args()
    if given.step == "data":
        write_data(given.folder, given.count)
    elif given.step == "train":
        recipe = BaseRecipe.read(Path(__file__).with_name("base.toml"))
        data = {"data": (str(given.folder / "examples.jsonl"),), "words": (str(given.folder / "words.jsonl"),)}
        train_base(replace(recipe, out=str(given.folder), **data), show)
    else:
        install(given.folder)
