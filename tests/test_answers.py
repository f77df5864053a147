"""Code is taken out of answers of every make: each way of wrapping an answer with each of a set of programs."""

from collections.abc import Callable

import pytest

from naslforge.solve import extract_code

TWICE = """export namespace app.logics {
  export function twice(n: Long): Long {
    return n * 2;
  }
}"""
HELPER = """export namespace app.logics {
  export function share(part: Decimal, whole: Decimal): Decimal {
    return whole == 0 ? 0 : rounded(part / whole);
  }

  function rounded(value: Decimal): Decimal {
    return nasl.util.Round(value, 'TowardsInfinity');
  }
}"""
QUERY = """export namespace app.logics {
  export function names(floor: Long): List<String> {
    return FROM(app.dataSources.defaultDS.entities.RoomEntity, Room => $
      .WHERE(Room.floor == floor)
      .SELECT(Room.name)
    ).list;
  }
}"""
DOCUMENTED = """export namespace app.logics {
  /** 计算两倍 `n` 的值 */
  export function doubled(n: Long): Long {
    // 例如 3 得到 6
    let result: Long = n * 2;
    return result;
  }
}"""
STRUCTURE = """export namespace app.structures {
  export class Line {
    name: String;
    amount: Decimal;
  }
}

export namespace app.logics {
  export function total(lines: List<app.structures.Line>): Decimal {
    return nasl.util.ListSum(nasl.util.ListTransform(lines, (line) => line.amount));
  }
}"""
TEMPLATE = """export namespace app.logics {
  export function greeting(name: String): String {
    return `你好，${name}：{欢迎}`;
  }
}"""
BARE = """export function twice(n: Long): Long {
  return n * 2;
}"""
TRANSACTIONAL = """export namespace app.logics {
  /** @transactional */
  export function close(id: Long): Boolean {
    app.dataSources.defaultDS.entities.OrderEntity.delete(id);
    return true;
  }
}"""
ENUM = """export namespace app.enums {
  export enum Level {
    low = 'low',
    high = 'high',
  }
}

export namespace app.logics {
  export function level(n: Long): app.enums.Level {
    return n > 10 ? app.enums.Level.high : app.enums.Level.low;
  }
}"""
PAGE = """export namespace app.frontends.pc.frontends.views {
  export function home() {
    let count: Long = 0;

    return <UText text={`共 ${count} 条`}></UText>;
  }
}"""
PROGRAMS = {
    "twice": TWICE, "helper": HELPER, "query": QUERY, "documented": DOCUMENTED, "structure": STRUCTURE,
    "template": TEMPLATE, "bare": BARE, "transactional": TRANSACTIONAL, "enum": ENUM, "page": PAGE,
}  # fmt: skip
DRAFT = "export namespace app.logics {\n  export function draft(): Long { return 0; }\n}"

WRAPPINGS: dict[str, Callable[[str], str]] = {
    "nothing": lambda code: code,
    "blank lines": lambda code: f"\n\n{code}\n\n\n",
    "fence": lambda code: f"```ts\n{code}\n```",
    "fence named typescript": lambda code: f"```typescript\n{code}\n```",
    "fence named nasl": lambda code: f"```nasl\n{code}\n```",
    "fence without a name": lambda code: f"```\n{code}\n```",
    "fence with more words": lambda code: f'``` ts title="a.ts"\n{code}\n```',
    "fence of tildes": lambda code: f"~~~ts\n{code}\n~~~",
    "fence of four": lambda code: f"````ts\n{code}\n````",
    "indented fence": lambda code: f"  ```ts\n{code}\n  ```",
    "Windows line ends": lambda code: f"好的：\n```ts\n{code}\n```\n".replace("\n", "\r\n"),
    "prose before": lambda code: f"下面是按要求写的代码：\n\n```ts\n{code}\n```",
    "prose after": lambda code: f"```ts\n{code}\n```\n\n说明：先判断，再计算。如有问题请告诉我！",
    "prose on both sides": lambda code: f"Sure, here it is.\n```ts\n{code}\n```\nThis returns the result.",
    "fence that never closes": lambda code: f"代码如下：\n```ts\n{code}",
    "prose without a fence": lambda code: f"代码如下：\n\n{code}\n\n以上就是全部代码。",
    "thinking": lambda code: f"<think>也许要写\n```ts\n{DRAFT}\n```\n不对。</think>\n```ts\n{code}\n```",
    "thinking in capitals": lambda code: f"<THINKING>first idea</THINKING>\n{code}",
    "only the end of thinking": lambda code: f"先想一想 function x() {{}} 怎么写……\n</think>\n\n```ts\n{code}\n```",
    "usage after it": lambda code: f"```ts\n{code}\n```\n用法：\n```ts\nconst r = app.logics.twice(2);\n```",
    "shell before it": lambda code: f"```bash\nnaslforge check a.ts\n```\n然后：\n```ts\n{code}\n```",
    "a first try replaced": lambda code: (
        f"初稿：\n```ts\n{code.replace('return', 'return  ')}\n```\n改为：\n```ts\n{code}\n```"
    ),
    "result table after it": lambda code: f"```ts\n{code}\n```\n| 输入 | 输出 |\n|---|---|\n| 1 | 2 |",
    "list of points before it": lambda code: f"1. 取出数据\n2. 计算\n\n```ts\n{code}\n```",
    "heading": lambda code: f"### 答案\n\n```ts\n{code}\n```\n\n---",
}


def test_there_are_enough_cases() -> None:
    assert len(WRAPPINGS) * len(PROGRAMS) >= 200


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_the_program_is_found(program: str, wrapping: str) -> None:
    code = PROGRAMS[program]
    assert extract_code(WRAPPINGS[wrapping](code)) == code


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_half_finished_answer_keeps_what_is_there(program: str) -> None:
    """The judge says what is missing; nothing of what was written may be lost."""
    code = PROGRAMS[program]
    for share in (0.4, 0.6, 0.8):
        part = code[: int(len(code) * share)].rstrip()
        assert extract_code(f"好的。\n```ts\n{part}") == part


def test_several_blocks_that_belong_together_are_joined() -> None:
    first, second = STRUCTURE.split("\n\nexport namespace app.logics")
    second = "export namespace app.logics" + second
    answer = f"结构：\n```ts\n{first}\n```\n逻辑：\n```ts\n{second}\n```"
    assert extract_code(answer) == f"{first}\n\n{second}"


@pytest.mark.parametrize("answer", ["", "   \n", "```ts\n```", "抱歉，我不能回答。", "<think>还在想"])
def test_an_answer_without_code_is_no_crash(answer: str) -> None:
    assert "export" not in extract_code(answer)
