"""Interchange with the platform's JSON AST (REFERENCE 9), both ways."""

from naslforge.lang.interchange.same import differences
from naslforge.lang.interchange.to_ast import to_ast
from naslforge.lang.interchange.to_text import Text, to_text

__all__ = ["Text", "differences", "to_ast", "to_text"]
