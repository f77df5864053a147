"""Text processing with business words: codes, masks, lists in text, slugs, key-value text, notices."""

import re
from random import Random

from naslforge.synth.families.context import Unfit, choose
from naslforge.synth.families.frame import Draft, Family, camel, cases, plural
from naslforge.synth.families.values import CITIES, day, draw, half_up, person
from naslforge.synth.vocabulary import Domain, Field


def field_of(rng: Random, domain: Domain, need: str) -> Field:
    """Any field of the domain that fills the need, composed ones included."""
    return choose(rng, domain, (need,))[1][0]


def sample_words(rng: Random, field: Field, domain: Domain, count: int, least: int = 3) -> list[str]:
    """Different values of a text field, up to `count` of them. Raises Unfit when it has fewer than `least`."""
    words = dict.fromkeys(str(draw(field, rng, domain)) for _ in range(count * 4))
    if len(words) < least:
        raise Unfit(f"{field.name} has too few words")
    return list(words)[:count]


def serial_code(rng: Random, domain: Domain) -> Draft:
    code = field_of(rng, domain, "code")
    prefix, width = code.limits[0], rng.randint(3, 6)
    pattern, strf = rng.choice((("yyyyMMdd", "%Y%m%d"), ("yyyyMM", "%Y%m"), ("yyyy", "%Y")))
    mark = rng.choice(("", "-", "_", "/"))
    said = f"用“{mark}”连接，" if mark else "直接拼接，"

    def oracle(on, number):
        return mark.join((prefix, on.strftime(strf), str(number).rjust(width, "0")))

    join = f" + '{mark}'" if mark else ""
    return Draft(
        zh=(
            f"根据日期 day 和流水号 number 生成{code.label}：前缀“{prefix}”、按“{pattern}”格式化的日期、"
            f"左侧补 0 到 {width} 位的流水号，三部分{said}返回结果",
            f"生成{code.label}，由“{prefix}”、day 的“{pattern}”格式和 number "
            f"补零到 {width} 位组成，{said}超过 {width} 位的流水号保持原样",
            f"{code.label}的规则是：“{prefix}”开头，接着是“{pattern}”格式的 day，"
            f"最后是不足 {width} 位时左补 0 的 number，"
            f"{said}请返回{code.label}",
            f"传入日期 day 与序号 number，返回{code.label}，"
            f"三段依次为“{prefix}”、“{pattern}”日期、{width} 位序号（不足左补 0），{said}"
            "不做其他处理",
        ),
        en=f"build the {code.english} from '{prefix}', the day as {pattern} and the number padded with 0 to {width} "
        f"digits, joined with '{mark}'",
        name=camel(rng.choice(("build", "make", "create")), code.name),
        params=(("day", "Date"), ("number", "Long")),
        returns="String",
        lets=("result: String",),
        body=(
            f"result = '{prefix}'{join} + nasl.util.FormatDate(day, '{pattern}'){join} + "
            f"nasl.util.PadStart(nasl.util.ToString(number), {width}, '0');",
        ),
        tests=cases(
            oracle, [day(rng), rng.randint(1, 9)], [day(rng), rng.randint(10, 99)], [day(rng), 10**width - 1],
            [day(rng), 10**width + rng.randrange(900)],
        ),
    )  # fmt: skip


def mask(rng: Random, domain: Domain) -> Draft:
    what, name, low = rng.choice((("手机号", "phone", 11), ("身份证号", "idNumber", 18), ("银行卡号", "cardNo", 16),
                                  ("邮政编号", "postalNo", 10)))  # fmt: skip
    person_field = field_of(rng, domain, "person")
    head, tail = rng.randint(1, 3), rng.randint(2, 4)
    sign, times = rng.choice("*#x"), rng.randint(3, 6)

    def oracle(text):
        return text if len(text) <= head + tail else text[:head] + sign * times + text[-tail:]

    def digits(count):
        return "".join(rng.choice("0123456789") for _ in range(count))

    owner = person_field.label
    return Draft(
        zh=(
            f"对{owner}的{what} {name} 脱敏：保留前 {head} 位和后 {tail} 位，中间用 {times} 个“{sign}”代替；"
            f"长度不超过 {head + tail} 时原样返回",
            f"返回脱敏后的{owner}{what}（{name}），前 {head} 位、{times} 个“{sign}”、后 {tail} 位依次拼接，"
            f"长度小于等于 {head + tail} 的不处理",
            f"展示{owner}的{what}时要隐藏中间部分：开头留 {head} 位，结尾留 {tail} 位，中间固定写 {times} 个“{sign}”。"
            f"若 {name} 的长度不大于 {head + tail}，直接返回 {name}",
            f"隐藏{what} {name} 的中间内容，只露出前 {head} 位与后 {tail} 位，中间替换成 {times} 个“{sign}”，"
            f"不超过 {head + tail} 位的{what}保持不变",
        ),
        en=f"mask {name}: keep the first {head} and last {tail} characters with {times} '{sign}' between; texts of at "
        f"most {head + tail} characters stay",
        name=camel("mask", person_field.name, name),
        params=((name, "String"),),
        returns="String",
        lets=(f"result: String = {name}",),
        body=(
            f"if (nasl.util.Length({name}) > {head + tail}) {{",
            f"  result = nasl.util.SubString({name}, 0, {head}) + '{sign * times}' + "
            f"nasl.util.SubString({name}, nasl.util.Length({name}) - {tail}, {tail});",
            "}",
        ),
        tests=cases(oracle, [digits(low)], [digits(low + 1)], [digits(head + tail)], [digits(head + tail + 1)], [""]),
    )


def split_clean(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "word")
    separator = rng.choice((",", ";", "|", "/", "，", "、"))
    words = sample_words(rng, field, domain, 5)

    def oracle(text):
        return [part.strip() for part in text.split(separator) if part.strip()]

    def messy(count):
        parts = [" " * rng.randint(0, 2) + rng.choice(words) + " " * rng.randint(0, 2) for _ in range(count)]
        parts.insert(rng.randint(0, count), rng.choice(("", "  ")))
        return separator.join(parts)

    return Draft(
        zh=(
            f"把文本 text 按“{separator}”拆成{field.label}列表，去掉每项两端空格，丢弃空项",
            f"text 里是用“{separator}”分隔的{field.label}，请返回去除首尾空白且不含空文本的列表",
            f"解析用户输入的{field.label}（text，以“{separator}”分隔），每一项去首尾空格，空的不要，顺序不变",
            f"将 text 用“{separator}”切开得到各个{field.label}，去掉空格后为空的忽略，返回文本列表",
        ),
        en=f"split text at '{separator}' into {field.english} values, trimmed, empty ones dropped",
        name=camel(rng.choice(("split", "parse")), field.name),
        params=(("text", "String"),),
        returns="List<String>",
        lets=("result: List<String>",),
        body=(
            f"result = nasl.util.ListTransform(nasl.util.Split(text, '{separator}'), (item) => nasl.util.Trim(item));",
            "result = nasl.util.ListFilter(result, (item) => item != '');",
        ),
        tests=cases(oracle, [messy(3)], [messy(2)], [words[0]], [""], [separator + words[-1] + separator]),
    )


def has_keyword(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "text")
    words = rng.sample(("VIP", "Test", "urgent", "ERP", "Demo", "Alpha", "hot"), 3)
    case_free = rng.random() < 0.7

    def oracle(text, keyword):
        if text is None or keyword is None:
            return False
        return (keyword.lower() in text.lower()) if case_free else keyword in text

    how = "不区分大小写" if case_free else "区分大小写"
    call = "nasl.util.IndexOf(text, keyword, 0, true)" if case_free else "nasl.util.IndexOf(text, keyword)"
    base = str(draw(field, rng, domain))
    return Draft(
        zh=(
            f"判断{field.label} text 中是否包含关键词 keyword，{how}",
            f"{field.label}（text）里出现 keyword 时返回 true，否则返回 false，{how}，任一为空时返回 false",
            f"检查 text（{field.label}）是否含有 keyword，匹配时{how}",
            f"给定{field.label} text 与关键词 keyword，返回 text 是否包含 keyword（{how}）",
        ),
        en=f"tell whether text holds keyword, {'ignoring case' if case_free else 'case-sensitive'}",
        name=camel(rng.choice(("has", "contains", "match")), field.name, "Keyword"),
        params=(("text", "String"), ("keyword", "String")),
        returns="Boolean",
        lets=("result: Boolean",),
        body=(f"result = {call} >= 0;",),
        tests=cases(
            oracle, [words[0] + base, words[0]], [base + words[1].upper(), words[1].lower()],
            [base + words[2], words[2].swapcase()], [base, words[0]], [None, words[1]],
        ),
    )  # fmt: skip


def last_segment(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "text")
    mark = rng.choice((".", "/", "-", ":", "_"))
    fallback = rng.choice(("", "无", "未知", "none"))
    said = f"“{fallback}”" if fallback else "空文本"
    words = sample_words(rng, field, domain, 4)

    def oracle(path):
        return path.rsplit(mark, 1)[1] if mark in path else fallback

    def glue(count):
        return mark.join(rng.choice(words) + rng.choice(("", "1", "x")) for _ in range(count))

    return Draft(
        zh=(
            f"取{field.label}路径 path 中最后一个“{mark}”之后的内容，没有“{mark}”时返回{said}",
            f"返回 path（{field.label}）最后一个“{mark}”后面的部分；找不到“{mark}”则返回{said}",
            f"从 path 末尾查找“{mark}”，截取其后的{field.label}，若不存在“{mark}”返回{said}",
            f"{field.label}按“{mark}”分级写在 path 里，请给出最末一级；不含“{mark}”的返回{said}",
        ),
        en=f"give what follows the last '{mark}' of path, '{fallback}' when there is none",
        name=camel("last", field.name, rng.choice(("Segment", "Part", "Level"))),
        params=(("path", "String"),),
        returns="String",
        lets=("position: Long", f"result: String = '{fallback}'"),
        body=(
            f"position = nasl.util.LastIndexOf(path, '{mark}');",
            "if (position >= 0) {",
            "  result = nasl.util.SubString(path, position + 1);",
            "}",
        ),
        tests=cases(oracle, [glue(3)], [glue(2)], [words[0].replace(mark, "")], [glue(2) + mark], [mark + words[-1]]),
    )


def replace_words(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "word")
    words = sample_words(rng, field, domain, 5)
    stars = rng.choice(("***", "**", "[屏蔽]", "□", "--"))

    def oracle(text, words):
        for word in words:
            text = text.replace(word, stars)
        return text

    def sentence(count):
        return rng.choice(("关于", "本次", "请看")) + "和".join(rng.choice(words) for _ in range(count)) + "的说明"

    return Draft(
        zh=(
            f"把文本 text 中出现的所有{field.label}（列表 words）替换为“{stars}”",
            f"逐个处理 words 里的{field.label}，将 text 中的每一处都换成“{stars}”，返回处理后的文本",
            f"屏蔽 text 里的{field.label}：words 中任意一项出现的地方都写成“{stars}”",
            f"依次用“{stars}”替换 text 中与 words（{field.label}列表）各项相同的片段，全部替换",
        ),
        en=f"replace every occurrence of the words in text with '{stars}'",
        name=camel(rng.choice(("hide", "screen", "cover")), plural(field.name)),
        params=(("text", "String"), ("words", "List<String>")),
        returns="String",
        lets=("result: String = text",),
        body=(
            "for (const [index, word] of ListEntries(words)) {",
            f"  result = nasl.util.Replace(result, word, '{stars}');",
            "}",
        ),
        tests=cases(oracle, [sentence(3), words[:2]], [sentence(2), words[2:]], [sentence(2), []],
                    [words[0] * 2, words[:1]]),
    )  # fmt: skip


def digits_total(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "count")
    entity = rng.choice(domain.entities).label
    unit = rng.choice(("件", "次", "个", "项"))
    least = rng.randint(5, 60)

    def oracle(text):
        return sum(n for n in map(int, re.findall(r"\d+", text)) if n >= least)

    def note(count):
        return "，".join(
            f"{rng.choice(CITIES)}{rng.choice((least, least - 1, rng.randrange(1, 99)))}{unit}" for _ in range(count)
        )

    return Draft(
        zh=(
            f"从{entity}备注 note 中提取所有整数，返回其中大于等于 {least} 的数之和，没有则返回 0",
            f"备注 note 里写着若干{field.label}，请用正则提取全部数字，把不小于 {least} 的相加返回，没有则为 0",
            f"{entity}备注 note 中出现的每段连续数字都是一个{field.label}，"
            f"只累加不低于 {least} 的，返回合计（没有则为 0）",
            f"统计 note 里的{field.label}合计：提取每段连续数字，小于 {least} 的忽略，其余求和，没有则返回 0",
        ),
        en=f"sum the whole numbers in note that are at least {least}",
        name=camel("sum", field.name, "InNote"),
        params=(("note", "String"),),
        returns="Long",
        lets=("result: Long = 0", "value: Long"),
        body=(
            "for (const [index, digits] of ListEntries(nasl.util.MatchRegex(note, "
            "new nasl.util.Regex({ pattern: '\\\\d+', flags: 'g' })))) {",
            "  value = nasl.util.FromString<Long>(digits);",
            f"  if (value >= {least}) {{",
            "    result = result + value;",
            "  }",
            "}",
        ),
        tests=cases(oracle, [note(3)], [note(4)], [f"共{least}{unit}"], [f"只有{least - 1}{unit}"], ["没有数字"]),
    )


def normalise_code(rng: Random, domain: Domain) -> Draft:
    code = field_of(rng, domain, "code")
    upper = rng.random() < 0.6
    old, new = rng.choice(((" ", "-"), (" ", ""), ("_", "-"), (".", "-"), ("-", "")))
    said = {" ": "空格"}.get(old, f"“{old}”")
    become = f"替换为“{new}”" if new else "全部去掉"

    def oracle(text):
        if text is None:
            return None
        done = text.strip().replace(old, new)
        return done.upper() if upper else done.lower()

    letters = "大写" if upper else "小写"
    prefix = code.limits[0]
    raw = [f" {prefix.lower()}{old}{rng.randrange(99)}{old}b ", f"{prefix}{rng.randrange(999)}", f"  a{old}{old}B",
           ""]  # fmt: skip
    tool = "ToUpper" if upper else "ToLower"
    return Draft(
        zh=(
            f"规范化{code.label} text：去掉首尾空白，把{said}{become}，再转成{letters}",
            f"用户录入的{code.label}（text）不统一，请先去首尾空白，再将其中的{said}{become}，最后全部转为{letters}",
            f"返回标准形式的{code.label}：text 去除两端空白后{said}{become}，"
            f"字母{letters}；text 为空（null）时返回 null",
            f"清洗{code.label} text，步骤依次为去首尾空白、{said}{become}、字母转{letters}",
        ),
        en=f"normalise text: trim, replace '{old}' by '{new}', then {'upper' if upper else 'lower'} case",
        name=camel(rng.choice(("clean", "normalize")), code.name),
        params=(("text", "String"),),
        returns="String",
        lets=("result: String",),
        body=(f"result = nasl.util.{tool}(nasl.util.Replace(nasl.util.Trim(text), '{old}', '{new}'));",),
        tests=cases(oracle, *([text] for text in raw), [None]),
    )


def fixed_line(rng: Random, domain: Domain) -> Draft:
    text, number = field_of(rng, domain, "word"), field_of(rng, domain, "count")
    left, right = rng.randint(8, 14), rng.randint(5, 9)
    fill = rng.choice((".", "-", " ", "_"))
    said = {" ": "空格"}.get(fill, f"“{fill}”")

    def oracle(name, value):
        return name.ljust(left, fill) + str(value).rjust(right, fill)

    return Draft(
        zh=(
            f"打印一行：{text.label} name 右侧用{said}补到 {left} 个字符，"
            f"{number.label} value 左侧用{said}补到 {right} 个字符，拼在一起",
            f"生成小票行，左边是{text.label}（name，右补{said}至 {left} 位），"
            f"右边是{number.label}（value，左补{said}至 {right} 位）",
            f"返回对齐的文本：name（{text.label}）左对齐占 {left} 位，"
            f"value（{number.label}）右对齐占 {right} 位，空位填{said}",
            f"把{text.label} name 和{number.label} value 排成一行，"
            f"前者在右边填充{said}到 {left} 位，后者在左边填充{said}到 {right} 位",
        ),
        en=f"a line with name padded right to {left} and value padded left to {right} with '{fill}'",
        name=camel("print", text.name, rng.choice(("Line", "Row"))),
        params=(("name", "String"), ("value", "Long")),
        returns="String",
        lets=("result: String",),
        body=(
            f"result = nasl.util.PadEnd(name, {left}, '{fill}') + "
            f"nasl.util.PadStart(nasl.util.ToString(value), {right}, '{fill}');",
        ),
        tests=cases(oracle, *([str(draw(text, rng, domain)), draw(number, rng, domain)] for _ in range(3)),
                    ["长" * left, 10**right], ["", 0]),
    )  # fmt: skip


def parse_pairs(rng: Random, domain: Domain) -> Draft:
    key, value = field_of(rng, domain, "word"), field_of(rng, domain, "count")
    outer, inner = rng.choice(((";", "="), (",", ":"), ("|", "="), ("&", "="), ("；", "：")))
    keys = sample_words(rng, key, domain, 4)

    def oracle(text):
        found = {}
        for part in text.split(outer):
            bits = part.split(inner)
            if len(bits) == 2:
                found[bits[0]] = int(bits[1])
        return found

    def pairs(count):
        return outer.join(f"{rng.choice(keys)}{inner}{draw(value, rng, domain)}" for _ in range(count))

    return Draft(
        zh=(
            f"把 text 解析成{key.label}到{value.label}的映射：各组用“{outer}”分隔，组内用“{inner}”分开，"
            f"不是正好两段的组忽略，重复的{key.label}以后面的为准",
            f"text 形如“甲{inner}1{outer}乙{inner}2”，返回以{key.label}为键、{value.label}（整数）为值的 Map，"
            "格式不对（不是两段）的跳过，键重复时后者覆盖前者",
            f"读取配置文本 text，按“{outer}”拆组，"
            f"再按“{inner}”拆出{key.label}和{value.label}，存入 Map；拆出的段数不为 2 时跳过，"
            "后出现的覆盖先出现的",
            f"将“{outer}”与“{inner}”格式的 text 转为 Map，键为{key.label}，"
            f"值为整数{value.label}；段数不等于 2 的组丢弃，同键后者优先",
        ),
        en=f"parse text such as 'a{inner}1{outer}b{inner}2' into a map; groups without exactly two parts are skipped, "
        "later keys win",
        name=camel("parse", key.name, "Map"),
        params=(("text", "String"),),
        returns="Map<String, Long>",
        lets=("result: Map<String, Long>", "parts: List<String>"),
        body=(
            f"for (const [index, group] of ListEntries(nasl.util.Split(text, '{outer}'))) {{",
            f"  parts = nasl.util.Split(group, '{inner}');",
            "  if (nasl.util.Length(parts) == 2) {",
            "    nasl.util.MapPut(result, nasl.util.Get(parts, 0),"
            " nasl.util.FromString<Long>(nasl.util.Get(parts, 1)));",
            "  }",
            "}",
        ),
        tests=cases(oracle, [pairs(2)], [pairs(4)], [pairs(1) + outer + "备注"], [""],
                    [f"{keys[0]}{inner}1{outer}{keys[0]}{inner}2"]),
    )  # fmt: skip


def notice(rng: Random, domain: Domain) -> Draft:
    who, on = field_of(rng, domain, "person"), field_of(rng, domain, "date")
    money = field_of(rng, domain, "money")
    digits = rng.choice((0, 1, 2))
    hello, after = rng.choice(("尊敬的", "您好，", "致")), rng.choice(("请及时处理", "请知悉", "请尽快确认"))
    pattern, strf = rng.choice((("yyyy-MM-dd", "%Y-%m-%d"), ("yyyy年MM月dd日", "%Y年%m月%d日"), ("MM/dd", "%m/%d")))

    def oracle(name, amount, on_day):
        return f"{hello}{name}：{on.label}{on_day.strftime(strf)}，{money.label}{half_up(amount, digits):,}元，{after}"

    shape = f"“{hello}{{name}}：{on.label}{{dueDay}}，{money.label}{{amount}}元，{after}”"
    return Draft(
        zh=(
            f"生成通知文本，模板为{shape}，其中 dueDay 按“{pattern}”显示，amount 保留 {digits} 位小数并带千分位",
            f"按模板{shape}返回提醒内容；金额 amount 四舍五入到 {digits} "
            f"位小数、显示千分位，日期 dueDay 的格式是“{pattern}”",
            f"给{who.label}发消息：{shape}，{{name}}、{{amount}}、{{dueDay}} "
            f"换成参数，amount 用千分位、{digits} 位小数，dueDay 用“{pattern}”",
            f"用参数 name（{who.label}）、amount（{money.label}）、dueDay（{on.label}）填充{shape}，"
            f"日期格式“{pattern}”，金额 {digits} 位小数、带千分位",
        ),
        en=f"fill the notice template, the day as {pattern}, the amount with {digits} digits and thousands commas",
        name=camel(rng.choice(("build", "compose")), money.name, "Notice"),
        params=(("name", "String"), ("amount", "Decimal"), ("dueDay", "Date")),
        returns="String",
        lets=("result: String",),
        body=(
            f"result = `{hello}${{name}}：{on.label}${{nasl.util.FormatDate(dueDay, '{pattern}')}}，"
            f"{money.label}${{nasl.util.FormatNumber(amount, {digits}, false, true)}}元，{after}`;",
        ),
        tests=cases(oracle, *([person(rng), draw(money, rng, domain) * rng.choice((1, 37, 100)), day(rng)]
                              for _ in range(4))),
    )  # fmt: skip


FAMILIES = (
    Family("text-serial-code", "base", "easy", ("FormatDate", "PadStart", "ToString", "+"), serial_code),
    Family("text-mask", "base", "easy", ("Length", "SubString", "if", "+"), mask),
    Family("text-split-clean", "base", "easy", ("Split", "Trim", "ListTransform", "ListFilter", "lambda"), split_clean),
    Family("text-has-keyword", "base", "easy", ("IndexOf",), has_keyword),
    Family("text-last-segment", "base", "easy", ("LastIndexOf", "SubString", "if"), last_segment),
    Family("text-replace-words", "base", "easy", ("Replace", "for"), replace_words),
    Family("text-digits-total", "base", "medium", ("MatchRegex", "Regex", "FromString", "for", "if"), digits_total),
    Family("text-normalise-code", "base", "easy", ("Trim", "Replace", "ToUpper", "ToLower"), normalise_code),
    Family("text-fixed-line", "base", "easy", ("PadEnd", "PadStart", "ToString"), fixed_line),
    Family("text-parse-pairs", "base", "medium",
           ("Split", "Length", "Get", "FromString", "MapPut", "for", "if"), parse_pairs),
    Family("text-notice", "base", "medium", ("FormatDate", "FormatNumber", "template"), notice),
)  # fmt: skip
