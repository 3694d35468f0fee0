"""Rows of the result, for people and for programs."""

from dataclasses import dataclass


@dataclass
class Row:
    name: str
    unit: str
    value: float
    baseline: float | None = None
    baseline_name: str | None = None
    ratio: float | None = None
    command: str = ""

    def as_json(self) -> dict:
        rounded = {key: round(value, 3) if isinstance(value, float) else value for key, value in vars(self).items()}
        return rounded


def figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.2f}"


def print_table(rows: list[Row]) -> None:
    header = ["", "unit", "value", "baseline", "", "ratio"]
    body = [[row.name, row.unit, figure(row.value), figure(row.baseline), row.baseline_name or "", f"{row.ratio:.1f} ×" if row.ratio else ""] for row in rows]
    widths = [max(len(line[column]) for line in [header, *body]) for column in range(len(header))]
    for line in [header, ["-" * width for width in widths], *body]:
        cells = [cell.ljust(width) if column in (0, 1, 4) else cell.rjust(width) for column, (cell, width) in enumerate(zip(line, widths))]
        print("  ".join(cells).rstrip())
