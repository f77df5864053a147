"""Model folders on this machine: what a folder says about itself (naslforge.json), and loading it with its adapter.

A folder is a transformers model, or a PEFT adapter that names its base. `embedded` is the small base model that
comes with the package.
"""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from naslforge.journal import InputError, write_text

EMBEDDED = "embedded"
_FILE = "naslforge.json"
_GENERIC = ("TokenizersBackend", "PreTrainedTokenizerFast")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model wants to be talked to. `base` is set in adapter folders."""

    style: str = "manual"  # which prompt solve.py writes: manual or compact
    slots: bool = False  # name slots and schema linking around the tokenizer, see slots.py
    plain: tuple[str, ...] = ()  # names that keep their spelling under slots
    base: str | None = None
    made: dict[str, Any] | None = None  # what made this folder: recipe, data, seeds

    def write(self, folder: str | Path) -> None:
        data = {k: v for k, v in asdict(self).items() if v is not None}
        write_text(Path(folder) / _FILE, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def settings(model: str | Path) -> Settings:
    """The settings of a model folder or hub name; a folder without the file is an ordinary chat model."""
    file = resolve(model) / _FILE
    if not file.exists():
        return Settings()
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        known = {f.name for f in fields(Settings)}
        values: dict[str, Any] = {k: tuple(v) if k == "plain" else v for k, v in data.items() if k in known}
        found = Settings(**values)
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(f"is not a model description: {error}", file) from error
    if found.base is None:
        return found
    return replace(settings(found.base), base=found.base, made=found.made)


def resolve(model: str | Path) -> Path:
    """The folder of a model: a path, or the one in the package for `embedded`."""
    if str(model) == EMBEDDED:
        return Path(__file__).parent.parent / "train" / "embedded"
    return Path(model)


def is_adapter(model: str | Path) -> bool:
    return (resolve(model) / "adapter_config.json").exists()


def load(model: str | Path, device: str | None = None, dtype: str | None = None, trainable: bool = False) -> Any:
    """A causal language model with its adapter, on the device given or the best there is. Needs the extra `train`."""
    import torch
    from transformers import AutoModelForCausalLM

    quiet()
    folder = resolve(model)
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    if is_adapter(folder):
        from peft import PeftModel

        base = load(adapter_base(folder), device, dtype)
        return PeftModel.from_pretrained(base, str(folder), is_trainable=trainable)
    _must_exist(model)
    kind = dtype or ("bfloat16" if device.startswith("cuda") else "float32")
    try:
        network = AutoModelForCausalLM.from_pretrained(str(folder), dtype=getattr(torch, kind))
    except (OSError, ValueError) as error:
        raise InputError(f"is not a model that transformers can open: {error}", str(model)) from error
    return network.to(device)  # type: ignore[arg-type]


def quiet() -> None:
    """Silence the libraries' own bars and notes: whoever runs a model shows progress in one place."""
    import warnings

    import transformers

    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    warnings.filterwarnings("ignore", category=FutureWarning, module="transformers")


def adapter_base(folder: str | Path) -> str:
    """The base that an adapter folder stands on."""
    named = settings(folder).base
    if named:
        return named
    config = json.loads((resolve(folder) / "adapter_config.json").read_text(encoding="utf-8"))
    return str(config["base_model_name_or_path"])


def tokenizer(model: str | Path) -> Any:
    """The tokenizer of a model folder, an adapter's base included."""
    from transformers import AutoTokenizer, PreTrainedTokenizerFast

    folder = resolve(model)
    if is_adapter(folder) and not (folder / "tokenizer_config.json").exists():
        return tokenizer(adapter_base(folder))
    _must_exist(model)
    config = folder / "tokenizer_config.json"
    kind = json.loads(config.read_text(encoding="utf-8")).get("tokenizer_class") if config.exists() else None
    if kind in _GENERIC:  # AutoTokenizer would go by the architecture and cut the text another way
        return PreTrainedTokenizerFast.from_pretrained(str(folder))
    return AutoTokenizer.from_pretrained(str(folder))


def _must_exist(model: str | Path) -> None:
    """A path that is written as one must be there; anything else may be a hub name."""
    text, folder = str(model), resolve(model)
    if not folder.is_dir() and (text == EMBEDDED or text.startswith(("/", ".", "~")) or text.count("/") != 1):
        raise InputError("no such model folder", text, hint="a transformers folder, an adapter folder or a hub name")
