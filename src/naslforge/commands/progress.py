"""Progress at the terminal: a function (done, total, word) that moves a bar."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Tell = Callable[..., None]


@contextmanager
def bars(console: Console) -> Iterator[Tell]:
    """One bar that is gone in the end; without a terminal nothing is drawn."""
    columns = (TextColumn("{task.fields[word]}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        line = progress.add_task("", total=None, word="")

        def tell(done: int, total: int | None, word: str = "") -> None:
            progress.update(line, completed=done, total=total, word=word)

        yield tell
