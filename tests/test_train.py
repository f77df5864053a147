"""The training code on tiny, randomly initialised models of the architectures that the real recipes name."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers  # noqa: E402
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM  # noqa: E402

import naslforge  # noqa: E402
from naslforge.journal import InputError  # noqa: E402
from naslforge.llm import slots  # noqa: E402
from naslforge.llm.chat import Completion, Request  # noqa: E402
from naslforge.llm.local import LocalChat  # noqa: E402
from naslforge.llm.weights import Settings, settings, tokenizer  # noqa: E402
from naslforge.records import Attempt, Example, Pair, Task, Test  # noqa: E402
from naslforge.train import DpoRecipe, RejectRecipe, SftRecipe, data, dpo, lora, reject, sft, watch  # noqa: E402

TEMPLATE = (
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
SHAPE = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4,
         "num_key_value_heads": 2, "max_position_embeddings": 512,
         "initializer_range": 0.1}  # fmt: skip
PACKAGED = Path(naslforge.__file__).parent / "train" / "recipes"
QUESTION = "返回参数 x 的两倍\n函数 twice(x 整数) 整数"
ANSWER = "let result: Long;\nresult = x * 2;\nreturn result;"


def small_tokenizer() -> PreTrainedTokenizerFast:
    inner = Tokenizer(models.BPE())
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    special = ["<|end|>", "<|pad|>", "<|user|>", "<|assistant|>", "<|system|>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=400, special_tokens=special, initial_alphabet=alphabet)
    inner.train_from_iterator([QUESTION, ANSWER], trainer)
    inner.add_tokens(slots.slot_tokens())
    made = PreTrainedTokenizerFast(tokenizer_object=inner, eos_token="<|end|>", pad_token="<|pad|>")
    made.chat_template = TEMPLATE
    return made


@pytest.fixture(params=["qwen2", "llama"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A model folder as Qwen2.5-Coder (Qwen2) and DeepSeek-Coder (Llama) have it, a few thousand parameters large."""
    torch.manual_seed(0)
    tokens = small_tokenizer()
    ends = {"eos_token_id": tokens.eos_token_id, "pad_token_id": tokens.pad_token_id, "bos_token_id": None}
    if request.param == "qwen2":
        network = Qwen2ForCausalLM(Qwen2Config(**SHAPE, **ends, vocab_size=len(tokens)))
    else:
        network = LlamaForCausalLM(LlamaConfig(**SHAPE, **ends, vocab_size=len(tokens)))
    folder = tmp_path / "base"
    network.save_pretrained(folder)
    tokens.save_pretrained(folder)
    return folder


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    messages = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": ANSWER}]
    Example.write(tmp_path / "examples.jsonl", [Example(f"twice/{i}", messages) for i in range(8)])
    return tmp_path / "examples.jsonl"


def sft_recipe(base: Path, examples: Path, **more: object) -> SftRecipe:
    values = {"max_steps": 40, "batch": 4, "rank": 8, "learning_rate": 2e-2, "log_steps": 5, "save_steps": 20,
              "modules_to_save": ("embed_tokens", "lm_head"), "gradient_checkpointing": True}  # fmt: skip
    return SftRecipe(str(base), str(base.parent / "sft"), data=(str(examples),), **(values | more))  # type: ignore[arg-type]


def answers(chat: LocalChat, *requests: Request) -> list[Completion]:
    found: dict[int, Completion] = {}
    chat.complete_many(requests, found.__setitem__)
    return [found[i] for i in range(len(requests))]


def ask(temperature: float = 0.0, sample: int = 0, question: str = QUESTION) -> Request:
    return Request([{"role": "user", "content": question}], sample, temperature, 60)


def test_sft_learns_and_dpo_follows(base: Path, examples: Path, tmp_path: Path) -> None:
    """Coarse SFT from the base learns the answer, DPO goes on from its adapter, a merge changes nothing."""
    adapter = sft(sft_recipe(base, examples))
    curve = watch.read_curve(adapter / "curve.jsonl")
    assert curve[0]["loss"] > 3 and curve[-1]["loss"] < 0.5
    assert settings(adapter).made["recipe"]["rank"] == 8
    assert answers(LocalChat(adapter), ask())[0].text == ANSWER

    prompt = [{"role": "user", "content": QUESTION}]
    good, bad = ({"role": "assistant", "content": text} for text in (ANSWER, "return x;"))
    Pair.write(tmp_path / "pairs.jsonl", [Pair(f"twice/{i}", prompt, [good], [bad]) for i in range(4)])
    recipe = DpoRecipe(str(adapter), str(tmp_path / "dpo"), data=(str(tmp_path / "pairs.jsonl"),), max_steps=6, batch=2,
                       log_steps=1, learning_rate=1e-3, sft_weight=0.1)  # fmt: skip
    preferred = dpo(recipe)
    curve = watch.read_curve(preferred / "curve.jsonl")
    assert curve[-1]["rewards/margins"] > curve[0]["rewards/margins"]
    assert answers(LocalChat(preferred), ask())[0].text == ANSWER

    lora.merge(preferred, tmp_path / "merged")
    assert lora.parity(preferred, tmp_path / "merged", [QUESTION, ANSWER]).holds
    assert not lora.parity(adapter, base, [QUESTION, ANSWER]).holds


def test_resume_after_a_kill(base: Path, examples: Path) -> None:
    """A run that was killed after a checkpoint goes on there and ends where an unbroken one ends."""
    recipe = sft_recipe(base, examples)

    class Killed(Exception):
        pass

    def kill(step: int, steps: int, word: str) -> None:
        if step == 25:
            raise Killed

    with pytest.raises(Killed):
        sft(recipe, kill)
    assert not watch.finished(recipe)
    seen: list[int] = []
    adapter = sft(recipe, lambda step, steps, word: seen.append(step))
    assert seen[0] == 21 and seen[-1] == 40
    assert [point["step"] for point in watch.read_curve(adapter / "curve.jsonl")] == list(range(5, 41, 5))
    seen.clear()
    sft(recipe, lambda step, steps, word: seen.append(step))
    assert watch.finished(recipe) and not seen


def test_sampling_repeats_whatever_the_batch(base: Path) -> None:
    many = [ask(1.0, sample, QUESTION + "。" * (sample % 3)) for sample in range(6)]
    together = answers(LocalChat(base, batch=6), *many)
    alone = [answers(LocalChat(base, batch=1), one)[0] for one in many]
    assert [c.text for c in together] == [c.text for c in alone]
    assert len({c.text for c in together}) > 1
    assert together[0].usage["completion_tokens"] > 0


def test_slots_around_a_model(base: Path, examples: Path) -> None:
    """Under slots the model is trained on and asked in slots, and answers in names it never saw."""
    Settings("compact", True, ("result",)).write(base)
    rows = data.sft_rows(data.examples([examples]), settings(base))
    shown = rows[0]["prompt"][0]["content"], rows[0]["completion"][0]["content"]
    assert "twice" not in shown[0] and "<p" in shown[0] and "<p" in shown[1] and "result" in shown[1]
    adapter = sft(sft_recipe(base, examples, max_steps=80, learning_rate=1e-2))
    other = QUESTION.replace("twice", "doubled").replace("x", "price")
    assert answers(LocalChat(adapter), ask(question=other))[0].text == ANSWER.replace("x", "price")


def test_loss_is_on_the_answer_only(base: Path) -> None:
    tokens = tokenizer(base)
    prompt = [{"role": "user", "content": QUESTION}]
    row = data.tokens({"prompt": prompt, "completion": [{"role": "assistant", "content": ANSWER}]}, tokens, 500)
    assert row
    trained = [i for i, on in zip(row["input_ids"], row["completion_mask"], strict=True) if on]
    assert tokens.decode(trained) == ANSWER + "<|end|>"
    assert data.tokens({"prompt": prompt, "completion": [{"role": "assistant", "content": ANSWER}]}, tokens, 10) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('model = "m"\nout = "o"\nrnak = 3', "unknown key 'rnak'"),
        ('model = "m"', "missing key 'out'"),
        ('model = "m"\nout = "o"\nrank = "3"', "rank = '3' is not a int"),
        ("model = ", "is not TOML"),
    ],
)
def test_broken_recipes(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "r.toml").write_text(text)
    with pytest.raises(InputError, match=message):
        SftRecipe.read(tmp_path / "r.toml")


def test_recipe_paths_are_beside_the_recipe(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text(
        'model = "Qwen/Qwen2.5-Coder-7B-Instruct"\nout = "o"\ndata = ["a.jsonl"]\nepochs = 2'
    )
    recipe = SftRecipe.read(tmp_path / "r.toml", seed=3)
    assert recipe.data == (str(tmp_path / "a.jsonl"),) and recipe.out == str(tmp_path / "o") and recipe.seed == 3
    assert recipe.model == "Qwen/Qwen2.5-Coder-7B-Instruct"
    assert json.dumps(recipe.to_json())


def test_missing_model_and_data(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such model folder"):
        LocalChat(tmp_path / "nowhere")
    with pytest.raises(InputError, match="no such file"):
        data.examples([tmp_path / "none.jsonl"])


class Scripted:
    """Answers the right body to even samples, and different wrong ones to odd samples."""

    name = "scripted"

    def complete_many(self, requests: list[Request], on_answer: object) -> None:
        for i, request in enumerate(requests):
            wrong = ("let result: Long;\nresult = x * 3;\nreturn result;", "return undeclared;")[
                request.sample // 2 % 2
            ]
            on_answer(i, Completion(wrong if request.sample % 2 else ANSWER, self.name))


def twice_task(number: int) -> Task:
    tests = [Test(args=[n], expect=2 * n) for n in (1, 2, 5)]
    signature = "export function twice(x: Long): Long"
    return Task(f"twice/{number}", "base", "返回参数 x 的两倍", "app.logics.twice", tests, signature=signature)


def test_rejection_keeps_what_passes(base: Path, tmp_path: Path) -> None:
    """Passing answers become examples, pairs hold a good and a bad answer, a second call does nothing."""
    Settings("compact").write(base)
    Task.write(tmp_path / "tasks.jsonl", [twice_task(n) for n in range(2)])
    recipe = RejectRecipe(str(base), str(tmp_path / "reject"), tasks=(str(tmp_path / "tasks.jsonl"),), samples=4)
    found = reject(recipe, chat=Scripted())
    assert (found.tasks, found.answers, found.passed, found.tasks_passed) == (2, 8, 4, 2)
    examples = Example.read(tmp_path / "reject" / "examples.jsonl")
    assert [e.messages[-1]["content"] for e in examples] == [ANSWER, ANSWER]
    pairs = Pair.read(tmp_path / "reject" / "pairs.jsonl")
    assert len(pairs) == 4 and pairs[0].chosen[0]["content"] == ANSWER
    assert pairs[0].meta["status"] == "wrong_answer"
    assert len(Attempt.read(tmp_path / "reject" / "attempts.jsonl")) == 8
    assert reject(recipe) == found
    with pytest.raises(InputError, match="another sampling"):
        reject(replace(recipe, samples=2))


@pytest.mark.parametrize("file", sorted(Path("recipes").glob("*-*.toml")) + sorted(PACKAGED.glob("*.toml")), ids=str)
def test_recipes_are_whole(file: Path) -> None:
    """Every recipe in the repository fits its record."""
    method = re.search(r'^method = "(\w+)"', file.read_text(), re.M)[1]
    kind = {"sft": SftRecipe, "dpo": DpoRecipe, "reject": RejectRecipe}[method]
    assert kind.read(file).out
