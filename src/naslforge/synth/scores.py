"""Scores of an instruction: clarity and relevance to business software from 1 to 5, and difficulty.

A model gives them where there is one (rewrite.py). These are the rules for where there is none:

- clarity starts at 3; +1 when the instruction names a parameter or is 40 to 400 characters of Latin text (6 to 200 of
  Chinese); +1 when it says what comes out; -1 when it is much shorter, leans on a link, or says how instead of what;
- relevance starts at 3 (4 for queries and entities); +1 for one business word, +2 for several; -1 for one puzzle word,
  -2 for several; +1 for text, map or structure values; -1 for functions from whole numbers to a whole number;
- difficulty is what the collector measured on the reference, else grows with the types in the signature.
"""

import re
from dataclasses import dataclass

from naslforge.records import DIFFICULTIES, Task

_RESULT = re.compile(
    r"\breturn|whether|how many|number of|count|find|check|convert|get|extract|remove|sort|calculate|compute|sum|list"
    r"|返回|得到|是否|多少|结果|求出|统计|列出|查询|判断|计算|找出|哪|什么|几|谁|显示|给出|吗",
    re.IGNORECASE,
)
_METHOD = re.compile(
    r"https?://|using (lambda|regex|recursion|heap|binary search|dynamic|map|filter|itertools|list comprehension"
    r"|dictionary comprehension|the re module|bisect)|lambda function|heap queue|in python",
    re.IGNORECASE,
)
_BUSINESS = re.compile(
    r"e-?mail|date|month|year|time|week|price|cost|amount|salary|age|name|student|marks|item|order|profit|loss|phone"
    r"|address|record|word|sentence|text|string|duplicate|split|replace|remove|sort|merge|group|filter|percentage|average"
    r"|maximum|minimum|unique|frequency|occurrence|dictionary|key|value|url|password|valid|format|decimal|currency"
    r"|日期|月|金额|价格|订单|名单|客户|员工|库存|编号|邮箱|电话|统计|汇总|查询|去重|排序|筛选|校验|格式|平均|百分",
    re.IGNORECASE,
)
_PUZZLE = re.compile(
    r"\b(prime|palindrom|bell number|catalan|carol|woodall|lucas|fibonacci|jacobsthal|newman|stirling|euler|lobb"
    r"|delannoy|smart number|polite|amicable|abundant|harshad|armstrong|dudeney|hexagonal|octagonal|nonagonal"
    r"|tetrahedral|centered|pell|perrin|ludic|rencontres|entringer|zigzag|bit(s|wise)?|xor|binary|octal"
    r"|hexadecimal|subsequence|subarray|substring|sub-string|permutation|combination|factorial|gcd|lcm|divisor"
    r"|modulo|parabola|ellipse|cone|cylinder|sphere|cube|prism|tetrahedron|torus|trapezium|rhombus|circle"
    r"|triangle|pentagon|geometric|arithmetic progression|matrix|knapsack|coin|path|heap|tree|inversion"
    r"|rotation|eulerian|parity|undulating|woodball|magic square|power of|digit|natural|perfect|polynomial"
    r"|series|sequence|triplet|equilibrium)"
    r"|素数|质数|回文|斐波那契|卡特兰|阶乘|二进制|异或|子序列|子数组|排列|公约数|公倍数|幻方|数列",
    re.IGNORECASE,
)
_WHOLE_NUMBERS_ONLY = re.compile(r"\((\w+: Long(, )?)+\): (Long|Boolean|Decimal)$")


@dataclass(frozen=True, slots=True)
class Scores:
    """What is thought of one instruction, and by whom (`rules` or the model's name)."""

    clarity: int
    relevance: int
    difficulty: str
    by: str = "rules"


@dataclass(frozen=True, slots=True)
class Bar:
    """The least that an instruction must reach to be kept."""

    clarity: int = 3
    relevance: int = 2

    def below(self, scores: Scores) -> str | None:
        """Why the scores do not reach the bar, or None when they do."""
        if scores.clarity < self.clarity:
            return f"clarity below {self.clarity}"
        if scores.relevance < self.relevance:
            return f"relevance below {self.relevance}"
        return None


def score_by_rules(task: Task) -> Scores:
    """The scores that the rules above give."""
    return Scores(_clarity(task), _relevance(task), _difficulty(task))


def _clarity(task: Task) -> int:
    text = task.instruction
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    low, high = (6, 200) if chinese > len(text) / 4 else (40, 400)
    params = re.findall(r"(\w+):", (task.signature or "").partition("(")[2])
    score = 3
    score += any(p in text for p in params) or low <= len(text) <= high
    score += bool(_RESULT.search(text))
    score -= len(text) < low
    score -= bool(_METHOD.search(text))
    return _bounded(score)


def _relevance(task: Task) -> int:
    text, signature = task.instruction, task.signature or ""
    score = 4 if task.sublanguage in ("query", "entity", "page", "process") else 3
    score += min(2, len({m.lower() for m in _BUSINESS.findall(text)}))
    score -= min(2, len(_PUZZLE.findall(text)))
    score += any(word in signature for word in ("String", "Map<", "{ ", "Date"))
    score -= bool(_WHOLE_NUMBERS_ONLY.search(signature))
    return _bounded(score)


def _difficulty(task: Task) -> str:
    measured = task.meta.get("difficulty")
    if measured in DIFFICULTIES:
        return str(measured)
    nested = len(re.findall(r"List<|Map<|\{", task.signature or ""))
    return DIFFICULTIES[min(2, nested // 2)]


def _bounded(score: int) -> int:
    return max(1, min(5, score))
