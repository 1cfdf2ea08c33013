"""`leadstone bench NAME`: run one measurement and print its figures."""

import json
from importlib import import_module

from rich.console import Console
from rich.table import Table


def show(*, name: str, as_json: bool, seconds: float, **options: int) -> None:
    """Print what `bench/<name>.py` measured, as JSON or as a small table. `options`: what that one measurement also takes."""
    figures: dict[str, object] = import_module(f"leadstone.project.bench.{name}").measure(seconds=seconds, **options)
    if as_json:
        print(json.dumps(figures, indent=2))
        return
    table = Table(box=None, show_header=False, padding=(0, 2))
    table.add_column(justify="right")
    table.add_column()
    for what, figure in figures.items():
        table.add_row(f"{figure:,}" if isinstance(figure, (int, float)) else str(figure), what.replace("_", " "))
    Console().print(table)
