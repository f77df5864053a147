"""Where each open data set comes from and under which licence: facts that every collected record carries."""

from typing import Any

ORIGINS: dict[str, dict[str, str]] = {
    "mbpp": {
        "source": "OpenCoder-llm/OpenCoder-llm@6131c472 OpenCodeEval/src/data/mbpp.jsonl",
        "license": "CC-BY-4.0",
    },
    "mbpp_sanitized": {
        "source": "OpenCoder-llm/OpenCoder-llm@6131c472 OpenCodeEval/src/data/mbpp_sanitized.jsonl",
        "license": "CC-BY-4.0",
    },
    "mbpp_plus": {"source": "evalplus/evalplus@767efcc3 MbppPlus.jsonl", "license": "Apache-2.0"},
    "wikisql": {
        "source": "jkkummerfeld/text2sql-data@5050bad2 data/wikisql.json.bz2; "
        "rows from wenhuchen/Table-Fact-Checking@2ab782ba data/all_csv",
        "license": "BSD-3-Clause (questions), MIT (tables; text from Wikipedia, CC-BY-SA)",
    },
    "chase": {
        "source": "xjtu-intsoft/chase@d0916cf1 data/Chase.zip chase_train.json",
        "license": "MIT (built on SParC, CC-BY-SA-4.0, and on DuSQL databases)",
    },
    "retqa": {"source": "jensenw1/RETQA@f8f015d9 datasets/datasets.zip", "license": "MIT"},
}


def origin_meta(name: str, original_id: Any, text: str, difficulty: str, tags: list[str]) -> dict[str, Any]:
    """The part of `Task.meta` that every collected record has."""
    return {
        **ORIGINS[name],
        "difficulty": difficulty,
        "tags": tags,
        "original": {"id": original_id, "text": text},
    }
