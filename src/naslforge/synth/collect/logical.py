"""The logical form of a WikiSQL question over a converted table: evaluated in Python, and written as a NASL query."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from naslforge.synth.collect.entities import Column, Entity

AGGREGATES = ("", "MAX", "MIN", "COUNT", "SUM", "AVG")
Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a column with a parameter; `IN` takes a list of texts."""

    column: int
    op: str
    param: str
    type: str

    def holds(self, row: Cells, value: Any) -> bool:
        """Whether a converted row satisfies it; null satisfies nothing."""
        cell = row[self.column]
        if cell is None:
            return False
        match self.op:
            case "=":
                return bool(cell == value)
            case "<":
                return bool(cell < value)
            case ">":
                return bool(cell > value)
        return cell in value

    def nasl(self, row_name: str, columns: Sequence[Column]) -> str:
        """The comparison as it stands in WHERE."""
        field = f"{row_name}.{columns[self.column].name}"
        if self.op == "IN":
            return f"IN({field}, {self.param})"
        return f"{field} {'==' if self.op == '=' else self.op} {self.param}"


@dataclass(frozen=True, slots=True)
class LogicalForm:
    """What a question asks of one table: an aggregate or none of one column, under conditions joined by AND."""

    function: str
    aggregate: str
    column: int
    conditions: tuple[Condition, ...]

    def evaluate(self, rows: Sequence[Cells], args: Sequence[Any]) -> Any:
        """The answer on these rows, worked out in Python apart from the sandbox."""
        found = [row for row in rows if all(c.holds(row, a) for c, a in zip(self.conditions, args, strict=True))]
        values = [row[self.column] for row in found]
        if not self.aggregate:
            return values
        if self.aggregate == "COUNT":
            return len(found)
        numbers = [v for v in values if v is not None]
        if not numbers:
            return None
        match self.aggregate:
            case "MAX":
                return max(numbers)
            case "MIN":
                return min(numbers)
            case "SUM":
                return sum(numbers)
        return Decimal(sum(numbers)) / len(numbers)

    def result_type(self, columns: Sequence[Column]) -> str:
        """The NASL type of the answer."""
        kind = columns[self.column].type
        return {"": f"List<{kind}>", "COUNT": "Long", "AVG": "Decimal"}.get(self.aggregate, kind)

    def signature(self, columns: Sequence[Column]) -> str:
        """The function line."""
        params = ", ".join(f"{c.param}: {c.type}" for c in self.conditions)
        return f"export function {self.function}({params}): {self.result_type(columns)}"

    def nasl(self, entity: Entity) -> str:
        """The reference solution in canonical form."""
        row = entity.name
        where = " && ".join(c.nasl(row, entity.columns) for c in self.conditions)
        selected = f".SELECT({self._selected(row, entity.columns)})"
        clauses = f"\n      .WHERE({where})\n      {selected}" if where else selected
        query = f"FROM({entity.source}, {row} => ${clauses})"
        result = self.result_type(entity.columns)
        lines = ["export namespace app.logics {", f"  {self.signature(entity.columns)} {{"]
        if self.aggregate:
            lines += ["    let rows;", f"    let result: {result};", f"    rows = {query};"]
            lines += ["    result = nasl.util.Get(rows, 0);"]
        else:
            lines += [f"    let result: {result};", f"    result = {query};"]
        return "\n".join([*lines, "    return result;", "  }", "}", ""])

    def _selected(self, row: str, columns: Sequence[Column]) -> str:
        field = f"{row}.{columns[self.column].name}"
        if not self.aggregate:
            return field
        return "COUNT()" if self.aggregate == "COUNT" else f"{self.aggregate}({field})"


def letters_and_digits(text: str) -> str:
    """What equality of texts goes by in this data: letters without accents, and digits."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if c.isalnum())


def number(text: str) -> Decimal | None:
    """The number a cell stands for (blanks, thousands commas and a percent sign aside), or None.

    >>> number("1,234"), number("- 9.5"), number("12.5%"), number("n / a")
    (Decimal('1234'), Decimal('-9.5'), Decimal('12.5'), None)
    """
    bare = text.replace(" ", "").replace(",", "").rstrip("%")
    return Decimal(bare) if re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)", bare) else None


def matches(cell: str, op: str, value: str) -> bool:
    """Whether a raw cell satisfies a condition as the data set's own answers were worked out."""
    a, b = number(cell), number(value)
    if op == "=":
        return letters_and_digits(cell) == letters_and_digits(value) or (a is not None and a == b)
    return a is not None and b is not None and (a < b if op == "<" else a > b)
