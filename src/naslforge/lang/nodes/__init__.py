"""The syntax tree: frozen, typed nodes with a span. What later passes find lies beside the tree, keyed by node.

Habits of TypeScript that lowering recognises (`a[i]`, `c ? a : b`) have nodes of their own, so that the checker can
go on behind them; they are always reported and never run.
"""

from naslforge.lang.nodes.base import *  # noqa: F403
from naslforge.lang.nodes.declarations import *  # noqa: F403
from naslforge.lang.nodes.exprs import *  # noqa: F403
from naslforge.lang.nodes.pages import *  # noqa: F403
from naslforge.lang.nodes.statements import *  # noqa: F403
from naslforge.lang.nodes.written import *  # noqa: F403
