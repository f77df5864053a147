"""Dates and times: due days, overdue fines, working days, quarters, months, reply deadlines, worked minutes."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from naslforge.synth.families.frame import Draft, Family, camel, cases, plural
from naslforge.synth.families.texts import field_of
from naslforge.synth.families.values import ZONE, day, moment, plain
from naslforge.synth.vocabulary import Domain

UNITS = {"day": "天", "week": "周", "month": "个月", "quarter": "个季度", "year": "年"}
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def add_months(value: date, count: int) -> date:
    """Move by months; a day that does not exist becomes the month's last."""
    month = value.month - 1 + count
    year, month = value.year + month // 12, month % 12 + 1
    return value.replace(year=year, month=month, day=min(value.day, monthrange(year, month)[1]))


def moved(value: date, count: int, unit: str) -> date:
    """Move by a unit of UNITS."""
    if unit in MONTHS:
        return add_months(value, count * MONTHS[unit])
    return value + timedelta(days=count * (7 if unit == "week" else 1))


def shifted_date(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "date")
    unit, back = rng.choice(tuple(UNITS)), rng.random() < 0.4
    count = rng.randint(1, {"day": 60, "week": 9, "month": 18, "quarter": 6, "year": 4}[unit])
    name = field.name
    if unit == "day":
        call = f"nasl.util.{'SubDays' if back else 'AddDays'}({name}, {count})"
    elif unit == "month":
        call = f"nasl.util.AddMonths({name}, {'-' if back else ''}{count})"
    else:
        call = f"nasl.util.AlterDateTime({name}, '{'Decrease' if back else 'Increase'}', {count}, '{unit}')"
    said = f"{count} {UNITS[unit]}"

    def oracle(value):
        return moved(value, -count if back else count, unit)

    return Draft(
        zh=(
            f"返回{field.label} {name} {'之前' if back else '之后'} {said}的日期",
            f"把 {name}（{field.label}）向{'前' if back else '后'}推 {said}，返回得到的日期",
            f"{field.label}为 {name}，{'提前' if back else '延后'} {said}是哪一天",
            f"计算比{field.label} {name} {'早' if back else '晚'} {said}的日期，月末不存在的日期取当月最后一天",
        ),
        en=f"the day {count} {unit}(s) {'before' if back else 'after'} {name}",
        name=camel(field.name, "Before" if back else "After"),
        params=((name, "Date"),),
        returns="Date",
        lets=("result: Date",),
        body=(f"result = {call};",),
        tests=cases(oracle, [date(2024, 1, 31)], [date(2024, 2, 29)], [day(rng)], [date(2023, 12, 31)]),
    )


def overdue_fine(rng: Random, domain: Domain) -> Draft:
    due, money = field_of(rng, domain, "date"), field_of(rng, domain, "money")
    grace, rate = rng.randint(0, 7), Decimal(rng.randint(1, 30)) / 1000
    percent = plain(rate * 100)
    free = f"宽限 {grace} 天，超过宽限的天数" if grace else "逾期天数"

    def oracle(due_date, today, amount):
        late = (today - due_date).days - grace
        return amount * rate * late if late > 0 else Decimal(0)

    on = day(rng)
    amount = Decimal(rng.randint(10, 900) * 10)
    minus = f" - {grace}" if grace else ""
    return Draft(
        zh=(
            f"按{due.label} {due.name} 和当前日期 today 计算滞纳金："
            f"{free}每天收{money.label} amount 的 {percent}%，未超期返回 0",
            f"{due.label}为 {due.name}，今天是 today，{free}乘以 "
            f"{money.label} amount 乘以 {percent}% 即为罚款，没有超期则为 0",
            f"返回罚款金额：{free}（today 减 {due.name}）× amount × {percent}%，"
            f"不为正时返回 0；amount 是{money.label}，{due.name} 是{due.label}",
            f"计算截至 today 的违约金，{due.label} {due.name}，"
            f"{money.label} amount，日费率 {percent}%，{free}才计费，否则 0",
        ),
        en=f"the fine at today: {percent}% of amount for each day after {due.name}"
        + (f" beyond {grace} days of grace" if grace else "")
        + ", otherwise 0",
        name=camel(due.name, rng.choice(("Fine", "Penalty"))),
        params=((due.name, "Date"), ("today", "Date"), ("amount", "Decimal")),
        returns="Decimal",
        lets=("days: Long", "result: Decimal = 0"),
        body=(
            f"days = nasl.util.DateDiff({due.name}, today, 'd', false){minus};",
            "if (days > 0) {",
            f"  result = amount * {plain(rate)} * days;",
            "}",
        ),
        tests=cases(oracle, [on, on + timedelta(days=grace + rng.randint(2, 40)), amount],
                    [on, on + timedelta(days=grace + 1), amount], [on, on + timedelta(days=grace), amount],
                    [on, on - timedelta(days=9), amount]),
    )  # fmt: skip


def chosen_weekdays(rng: Random, domain: Domain) -> Draft:
    first, second = field_of(rng, domain, "date"), rng.choice(("endDate", "finishDate", "lastDate"))
    start = first.name
    label, days = rng.choice((("工作日（周一至周五）", [1, 2, 3, 4, 5]), ("周末（周六和周日）", [6, 7]),
        ("周一、周三和周五", [1, 3, 5]),
                              ("周二和周四", [2, 4])))  # fmt: skip
    as_list = rng.random() < 0.3
    what = "日期列表（升序）" if as_list else "天数"

    def oracle(low, high):
        span = [low + timedelta(days=n) for n in range((high - low).days + 1)]
        kept = [d for d in span if d.isoweekday() in days]
        return kept if as_list else len(kept)

    call = f"nasl.util.GetSpecificDaysOfWeek({start}, {second}, [{', '.join(map(str, days))}])"
    low = day(rng)
    return Draft(
        zh=(
            f"返回{first.label} {start} 到 {second} 之间（含两端）{label}的{what}",
            f"统计从 {start}（{first.label}）到 {second} 的{label}，两端都算，返回{what}",
            f"求 {start} 至 {second} 闭区间内{label}的{what}，{start} 是{first.label}，晚于 {second} 时按没有处理",
            f"{first.label}从 {start} 算起直到 {second}（包含），其中{label}的{what}是什么",
        ),
        en=f"the {'days' if as_list else 'number of days'} from "
        f"{start} to {second} inclusive whose weekday is in {days}",
        name=camel(rng.choice(("list", "find")) if as_list else "count", start, "Days"),
        params=((start, "Date"), (second, "Date")),
        returns="List<Date>" if as_list else "Long",
        lets=(f"result: {'List<Date>' if as_list else 'Long'}",),
        body=(f"result = {call if as_list else f'nasl.util.Length({call})'};",),
        tests=cases(oracle, [low, low + timedelta(days=6)], [low, low + timedelta(days=rng.randint(8, 30))],
            [low, low + timedelta(days=1)],
                    [low + timedelta(days=2), low + timedelta(days=4)], [low, low - timedelta(days=1)]),
    )  # fmt: skip


def period_label(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "date")
    name, kind = field.name, rng.choice(("quarter", "week", "month", "weekday"))
    mark = rng.choice(("-", "年", "/", ""))
    if kind == "quarter":
        said, body = f"“年份{mark}Q季度”（如 2024{mark}Q1）", f"nasl.util.FormatDate({name}, 'yyyy{mark}QQ')"
    elif kind == "month":
        said, body = f"“四位年份{mark}两位月份”", f"nasl.util.FormatDate({name}, 'yyyy{mark}MM')"
    elif kind == "week":
        said = f"“四位年份{mark}W月内周次”（周一为一周开始，不满一周的首周算第 1 周）"
        body = f"nasl.util.FormatDate({name}, 'yyyy{mark}') + 'W' + " + \
            f"nasl.util.ToString(nasl.util.GetDateCount({name}, 'week-month'))"  # fmt: skip
    else:
        said = f"“MM-dd{mark}周序号”（周一为 1，周日为 7）"
        body = f"nasl.util.FormatDate({name}, 'MM-dd{mark}') + " \
            f"nasl.util.ToString(nasl.util.GetDateCount({name}, 'day-week'))"  # fmt: skip

    def oracle(value):
        if kind == "quarter":
            return f"{value.year}{mark}Q{(value.month + 2) // 3}"
        if kind == "month":
            return f"{value.year}{mark}{value.month:02d}"
        if kind == "week":
            return f"{value.year}{mark}W{(value.day + value.replace(day=1).isoweekday() - 2) // 7 + 1}"
        return f"{value:%m-%d}{mark}{value.isoweekday()}"

    return Draft(
        zh=(
            f"将{field.label} {name} 转成{said}形式的文本",
            f"返回 {name}（{field.label}）的标签，格式为{said}",
            f"按{said}的格式输出{field.label} {name}",
            f"报表需要{field.label}的标签，请把 {name} 写成{said}",
        ),
        en=f"the {kind} label of {name}",
        name=camel(field.name, kind, "Label"),
        params=((name, "Date"),),
        returns="String",
        lets=("result: String",),
        body=(f"result = {body};",),
        tests=cases(oracle, [date(2024, 3, 31)], [date(2024, 4, 1)], [day(rng)], [day(rng)], [date(2023, 10, 1)]),
    )


def month_counts(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "date")
    name = plural(field.name)
    pattern, strf, said = rng.choice((("yyyy-MM", "%Y-%m", "年月（yyyy-MM）"), ("yyyy", "%Y", "年份（yyyy）"),
                                      ("MM", "%m", "月份（MM）"), ("yyyyMM", "%Y%m", "年月（yyyyMM）")))  # fmt: skip

    def oracle(days):
        counts: dict[str, int] = {}
        for value in days:
            key = value.strftime(strf)
            counts[key] = counts.get(key, 0) + 1
        return counts

    def some(count):
        return [day(rng, span=200) for _ in range(count)]

    return Draft(
        zh=(
            f"统计{field.label}列表 {name} 中每个{said}出现的次数，返回以其文本为键的 Map",
            f"把 {name}（{field.label}）按{said}计数，键为格式化文本，值为数量",
            f"返回 Map：键是{field.label}的{said}，值是 {name} 里落在该期间的个数",
            f"对 {name} 里的每个{field.label}取{said}，累计各自的数量并返回 Map",
        ),
        en=f"how many of {name} fall in each {pattern}",
        name=camel("count", field.name, rng.choice(("ByPeriod", "Periods"))),
        params=((name, "List<Date>"),),
        returns="Map<String, Long>",
        lets=("key: String", "result: Map<String, Long>"),
        body=(
            f"for (const [index, item] of ListEntries({name})) {{",
            f"  key = nasl.util.FormatDate(item, '{pattern}');",
            "  nasl.util.MapPut(result, key, nasl.util.MapGet(result, key) + 1);",
            "}",
        ),
        tests=cases(oracle, [some(5)], [some(1)], [[]], [[day(rng)] * 2 + some(3)]),
    )


def reply_deadline(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "datetime")
    hours, inclusive = rng.randint(2, 72), rng.random() < 0.5
    unit, code = rng.choice((("小时", "h"), ("分钟", "m")))
    limit = hours if code == "h" else hours * 10
    word, op = ("不超过", "<=") if inclusive else ("少于", "<")
    good, bad = rng.choice((("按时", "超时"), ("达标", "未达标"), ("正常", "逾期")))
    size = timedelta(hours=1) if code == "h" else timedelta(minutes=1)

    def oracle(begin, finish):
        if finish is None:
            return "未完成"
        whole = (finish - begin) // size
        return good if (whole <= limit if inclusive else whole < limit) else bad

    begin = moment(rng)
    name = field.name
    return Draft(
        zh=(
            f"{field.label} {name} 到完成时间 finishedAt 的整{unit}数{word} {limit} 时返回“{good}”，否则返回“{bad}”；"
            "finishedAt 为空返回“未完成”",
            f"判断时效：finishedAt 为 null 返回“未完成”；从 {name}（{field.label}）"
            f"到 finishedAt 经过的整{unit}{word} {limit} 返回“{good}”，"
            f"不满足返回“{bad}”",
            f"以{field.label} {name} 为起点，finishedAt 为终点，"
            f"用时（取整{unit}）{word} {limit} 为“{good}”，其他为“{bad}”，"
            "没有完成时间时为“未完成”",
            "返回处理结果文本，规则：未填 finishedAt 为“未完成”，"
            f"{name}（{field.label}）与 finishedAt 相差整{unit}数{word} {limit} 为“{good}”，"
            f"其余“{bad}”",
        ),
        en=f"'{good}' when the whole {unit} from {name} to finishedAt are {op} {limit}, else '{bad}'; "
        "'未完成' while finishedAt is null",
        name=camel(field.name, rng.choice(("Result", "Timeliness"))),
        params=((name, "DateTime"), ("finishedAt", "DateTime")),
        returns="String",
        lets=(f"result: String = '{bad}'",),
        body=(
            "if (finishedAt == null) {",
            "  result = '未完成';",
            f"}} else if (nasl.util.DateDiff({name}, finishedAt, '{code}') {op} {limit}) {{",
            f"  result = '{good}';",
            "}",
        ),
        tests=cases(oracle, [begin, begin + size * limit], [begin, begin + size * limit - timedelta(seconds=1)],
                    [begin, begin + size * (limit + 1)], [begin, None], [begin, begin + size * 9]),
        tags=("null",),
    )  # fmt: skip


def worked_minutes(rng: Random, domain: Domain) -> Draft:
    entity = rng.choice(domain.entities)
    rest = rng.choice((30, 45, 60, 90))
    most = rng.choice((240, 300, 360))

    def oracle(begin, finish):
        whole = (finish.hour - begin.hour) * 60 + finish.minute - begin.minute
        return whole - rest if whole > most else whole

    def pair(minutes):
        begin = datetime.combine(day(rng), time(rng.randint(7, 9), rng.randrange(60)))
        return [begin.time(), (begin + timedelta(minutes=minutes)).time()]

    return Draft(
        zh=(
            f"计算办理{entity.label}的工时：beginTime 到 endTime 的分钟数，超过 {most} 分钟时扣除 {rest} 分钟休息",
            f"{entity.label}作业从 beginTime 到 endTime，返回有效分钟数；"
            f"总时长大于 {most} 分钟的要减去休息 {rest} 分钟",
            f"返回 beginTime 与 endTime 之间的分钟数（{entity.label}工时），若多于 {most} 则减 {rest}",
            f"{entity.label}当日工时按分钟计：endTime 减 beginTime，超出 {most} 分钟的扣 {rest} 分钟午休",
        ),
        en=f"minutes from beginTime to endTime, less {rest} when more than {most}",
        name=camel(entity.name, "Minutes"),
        params=(("beginTime", "Time"), ("endTime", "Time")),
        returns="Long",
        lets=("result: Long",),
        body=(
            "result = nasl.util.DateDiff(beginTime, endTime, 'm');",
            f"if (result > {most}) {{",
            f"  result = result - {rest};",
            "}",
        ),
        tests=cases(oracle, pair(most), pair(most + 1), pair(most - 60), pair(most + 100)),
    )


def days_left(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "date")
    soon, name = rng.randint(3, 30), field.name
    today = day(rng)
    words = rng.choice((("已过期", "即将到期", "正常"), ("超期", "临期", "未到期"), ("过期", "预警", "有效")))

    def oracle(value):
        left = (value - today).days
        return words[0] if left < 0 else words[1] if left <= soon else words[2]

    noon = datetime.combine(today, time(12, 30), tzinfo=ZONE)
    return Draft(
        zh=(
            f"根据当前日期判断{field.label} {name}：早于今天返回“{words[0]}”，"
            f"距今不超过 {soon} 天（含今天）返回“{words[1]}”，否则返回“{words[2]}”",
            f"{field.label} {name} 在今天之前为“{words[0]}”，今天起 {soon} "
            f"天以内（含第 {soon} 天）为“{words[1]}”，更晚为“{words[2]}”，请返回文本",
            f"返回{field.label} {name} 的提醒文本，今天取系统当前日期："
            f"已在今天之前“{words[0]}”，剩余天数小于等于 {soon} “{words[1]}”，其余“{words[2]}”",
            f"以系统日期为准，{name}（{field.label}）剩余天数小于 0 为“{words[0]}”，"
            f"0 到 {soon} 为“{words[1]}”，大于 {soon} 为“{words[2]}”",
        ),
        en=f"'{words[0]}' when {name} is before today, '{words[1]}' within {soon} days, else '{words[2]}'",
        name=camel(field.name, rng.choice(("Alert", "Notice", "Remind"))),
        params=((name, "Date"),),
        returns="String",
        lets=("days: Long", f"result: String = '{words[2]}'"),
        body=(
            f"days = nasl.util.DateDiff(nasl.util.CurrDate(), {name}, 'd', false);",
            "if (days < 0) {",
            f"  result = '{words[0]}';",
            f"}} else if (days <= {soon}) {{",
            f"  result = '{words[1]}';",
            "}",
        ),
        tests=cases(oracle, *([today + timedelta(days=n)] for n in (-1, 0, soon, soon + 1, soon + 40))),
        world={"now": noon},
    )


def latest_text_date(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "date")
    name, latest = plural(field.name) + "Text", rng.random() < 0.5
    pattern, strf = rng.choice((("yyyy年MM月dd日", "%Y年%m月%d日"), ("yyyy/MM/dd", "%Y/%m/%d"), ("yyyyMMdd", "%Y%m%d")))
    which, tool = ("最晚", "Max") if latest else ("最早", "Min")

    def oracle(texts):
        return (max if latest else min)(map(date.fromisoformat, texts)).strftime(strf) if texts else "-"

    def texts(count):
        return [day(rng).isoformat() for _ in range(count)]

    return Draft(
        zh=(
            f"{name} 是 yyyy-MM-dd 格式的{field.label}文本列表，"
            f"返回其中{which}的一个，格式为“{pattern}”，空列表返回“-”",
            f"从文本列表 {name}（{field.label}，形如 2024-01-31）"
            f"中找出{which}的日期，以“{pattern}”格式返回，没有数据返回“-”",
            f"把 {name} 里的文本解析成日期，取{which}的{field.label}并格式化为“{pattern}”；列表为空时返回“-”",
            f"返回{which}的{field.label}：解析 {name} 中的 yyyy-MM-dd 文本后比较，结果写成“{pattern}”，为空则“-”",
        ),
        en=f"the {'latest' if latest else 'earliest'} of the date texts as {pattern}, '-' for an empty list",
        name=camel("latest" if latest else "earliest", field.name),
        params=((name, "List<String>"),),
        returns="String",
        lets=("days: List<Date>", "result: String"),
        body=(
            f"days = nasl.util.ListTransform({name}, (item) => nasl.util.FromString<Date>(item));",
            f"result = nasl.util.FormatDate(nasl.util.List{tool}(days), '{pattern}');",
        ),
        tests=cases(oracle, [texts(4)], [texts(2)], [[]], [texts(3)]),
    )


def within_window(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "date")
    name, low_in, high_in = plural(field.name), rng.random() < 0.7, rng.random() < 0.5
    low_op, high_op = (">=" if low_in else ">"), ("<=" if high_in else "<")
    said = f"{'不早于' if low_in else '晚于'} start 且{'不晚于' if high_in else '早于'} finish"

    def oracle(days, start, finish):
        kept = (d for d in days if (d >= start if low_in else d > start) and (d <= finish if high_in else d < finish))
        return sorted(kept)

    low = day(rng)
    high = low + timedelta(days=rng.randint(5, 40))
    pool = [
        low,
        high,
        low - timedelta(days=1),
        high + timedelta(days=1),
        low + timedelta(days=2),
        low + timedelta(days=4),
    ]

    def mixed():
        return rng.sample(pool, len(pool))

    return Draft(
        zh=(
            f"从{field.label}列表 {name} 中取出{said}的日期，按升序返回",
            f"返回 {name}（{field.label}）里{said}的日期，由早到晚排列",
            f"筛选{field.label} {name}，要求{said}，结果升序",
            f"只要{said}的{field.label}，数据在 {name} 中，返回从早到晚的列表",
        ),
        en=f"those of {name} that are {low_op} start and {high_op} finish, ascending",
        name=camel(plural(field.name), "Within"),
        params=((name, "List<Date>"), ("start", "Date"), ("finish", "Date")),
        returns="List<Date>",
        lets=("result: List<Date>",),
        body=(
            f"result = nasl.util.ListFilter({name}, (item) => item {low_op} start && item {high_op} finish);",
            "nasl.util.ListSort(result, (item) => ({ by: item, asc: true }));",
        ),
        tests=cases(oracle, [mixed(), low, high], [mixed(), low, low + timedelta(days=4)], [[], low, high],
                    [mixed(), high, low]),
    )  # fmt: skip


def moment_text(rng: Random, domain: Domain) -> Draft:
    field = field_of(rng, domain, "datetime")
    name = field.name
    pattern, strf = rng.choice((("yyyy-MM-dd HH:mm", "%Y-%m-%d %H:%M"), ("yyyy年MM月dd日 HH:mm:ss",
        "%Y年%m月%d日 %H:%M:%S"),
                                ("HH:mm:ss", "%H:%M:%S"), ("MM-dd HH:mm", "%m-%d %H:%M")))  # fmt: skip
    count, unit, word = rng.choice(((30, "minute", "分钟"), (2, "hour", "小时"), (90, "minute", "分钟"), (12,
        "hour", "小时"),
                                    (3, "day", "天"), (1, "week", "周")))  # fmt: skip
    back = rng.random() < 0.4
    delta = timedelta(**{f"{unit}s": count}) * (-1 if back else 1)

    def oracle(value):
        return "-" if value is None else (value + delta).strftime(strf)

    way, tool = ("提前", "Decrease") if back else ("推迟", "Increase")
    return Draft(
        zh=(
            f"把{field.label} {name} {way} {count} {word}后，按“{pattern}”格式返回文本，{name} 为空返回“-”",
            f"返回 {name}（{field.label}）{way} {count} {word}的时间，格式“{pattern}”；null 时返回“-”",
            f"{field.label} {name} 需要{way} {count} {word}展示，格式为“{pattern}”，没有值显示“-”",
            f"将{field.label}（{name}）{way} {count} {word}，再格式化成“{pattern}”，如果是 null 就返回“-”",
        ),
        en=f"{name} moved {'back' if back else 'on'} by {count} {unit}(s), as {pattern}; '-' for null",
        name=camel(field.name, "Text"),
        params=((name, "DateTime"),),
        returns="String",
        lets=("result: String = '-'",),
        body=(
            f"if ({name} != null) {{",
            f"  result = nasl.util.FormatDateTime(nasl.util.AlterDateTime({name},"
            f" '{tool}', {count}, '{unit}'), '{pattern}');",
            "}",
        ),
        tests=cases(
            oracle, [moment(rng)], [moment(rng).replace(hour=23, minute=50)], [None], [moment(rng).replace(hour=0)]
        ),
        tags=("null",),
    )


FAMILIES = (
    Family("date-shift", "base", "easy", ("AddDays", "SubDays", "AddMonths", "AlterDateTime"), shifted_date),
    Family("date-overdue-fine", "base", "easy", ("DateDiff", "if"), overdue_fine),
    Family("date-weekdays", "base", "easy", ("GetSpecificDaysOfWeek", "Length"), chosen_weekdays),
    Family("date-period-label", "base", "easy", ("FormatDate", "GetDateCount", "ToString"), period_label),
    Family("date-month-counts", "base", "medium", ("FormatDate", "MapPut", "MapGet", "for"), month_counts),
    Family("date-reply-deadline", "base", "medium", ("DateDiff", "if", "else"), reply_deadline),
    Family("date-worked-minutes", "base", "easy", ("DateDiff", "if"), worked_minutes),
    Family("date-days-left", "base", "medium", ("CurrDate", "DateDiff", "if", "else"), days_left),
    Family("date-latest-text", "base", "easy",
           ("ListTransform", "FromString", "ListMax", "ListMin", "FormatDate", "lambda"), latest_text_date),
    Family("date-within-window", "base", "easy", ("ListFilter", "ListSort", "lambda", "&&"), within_window),
    Family("date-moment-text", "base", "medium", ("AlterDateTime", "FormatDateTime", "if"), moment_text),
)  # fmt: skip
