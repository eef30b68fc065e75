#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Draw the heat map of a statistic over two axes of a sweep beside its standard error, as one PNG.

    plot_sweep.py out/sweep.h5 --outcome loss --statistic es_0.99 --x volatility --y correlation
    plot_sweep.py out/sweep.h5 --outcome liquidated --statistic prob --difference
"""

import argparse
import pathlib
import sys

import numpy as np

from brink_results import open_result
from plot_result import import_pyplot

NOT_AXES = {"scope", "outcome", "statistic"}
USAGE, DATA = 64, 65  # exit codes of the program too
MOST_CELLS_WITH_NUMBERS = 64


def axes_of(sweep):
    """Names of the sweep's axes, in the order of the config."""
    return [name for name in sweep.value.dims if name not in NOT_AXES]


def choose_axes(sweep, x, y, fixed):
    """The two axes to draw; every other one must be in `fixed`, a dict of axis and value as text."""
    axes = axes_of(sweep)
    if axes == ["point"]:
        raise ValueError("points of this sweep lie on no grid: a heat map needs kind = \"grid\"")
    for name in [x, y, *fixed]:
        if name is not None and name not in axes:
            raise ValueError(f"no axis '{name}' in this sweep: it has {', '.join(axes)}")
    free = [name for name in axes if name not in (x, y) and name not in fixed]
    x = x or (free.pop(0) if free else None)
    y = y or (free.pop(0) if free else None)
    if x is None or y is None or x == y:
        raise ValueError(f"a heat map has two axes; this sweep leaves {', '.join(axes)}")
    if free:
        raise ValueError(f"fix '{free[0]}' with --at {free[0]}=VALUE: a heat map has two axes")
    return x, y


def position(sweep, axis, text):
    """Place of a value on an axis."""
    values = sweep[axis].values
    for place, value in enumerate(values):
        if str(value) == text or (np.issubdtype(values.dtype, np.number) and is_number(text, value)):
            return place
    raise ValueError(f"{axis} has no value {text}: it has {', '.join(map(str, values))}")


def is_number(text, value):
    try:
        return np.isclose(float(text), value, rtol=1e-9, atol=0)
    except ValueError:
        return False


def heat_map(sweep, outcome, statistic, axes, scope="book", fixed=None, difference=False):
    """value and error by (x, y), as an xarray dataset, with the unit as attribute."""
    for name, wanted in (("scope", scope), ("outcome", outcome), ("statistic", statistic)):
        if wanted not in sweep[name].values:
            raise ValueError(f"no {name} '{wanted}' in this sweep: it has {', '.join(sweep[name].values)}")
    one = sweep.sel(scope=scope, outcome=outcome, statistic=statistic)
    for axis, text in (fixed or {}).items():
        one = one.isel({axis: position(sweep, axis, text)})
    names = {"difference": "value", "difference_se": "error"} if difference else {"value": "value", "se": "error"}
    table = one[list(names)].rename({key: name for key, name in names.items() if key != name}).transpose(*axes)
    table.attrs["unit"] = "1" if statistic == "prob" else str(one.unit.item())
    return table


def draw(pyplot, axes, values, title, symmetric=False):
    """One panel: colours, and numbers where there are few cells."""
    x, y = values.dims
    numbers = values.values.T
    largest = np.nanmax(np.abs(numbers)) if symmetric and np.isfinite(numbers).any() else None
    image = axes.imshow(
        numbers, origin="lower", aspect="auto", cmap="RdBu_r" if symmetric else "viridis",
        vmin=None if largest is None else -largest, vmax=largest)
    for set_ticks, name in ((axes.set_xticks, x), (axes.set_yticks, y)):
        labels = values[name].values
        shown = np.unique(np.linspace(0, len(labels) - 1, min(len(labels), 10)).astype(int))
        set_ticks(shown, [f"{v:.4g}" if np.issubdtype(labels.dtype, np.number) else str(v) for v in labels[shown]])
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.set_title(title)
    if numbers.size <= MOST_CELLS_WITH_NUMBERS:
        for (row, column), number in np.ndenumerate(numbers):
            axes.text(column, row, f"{number:.3g}", ha="center", va="center", fontsize="small", color="white",
                      bbox={"facecolor": "black", "alpha": 0.35, "linewidth": 0, "pad": 1.5})
    pyplot.colorbar(image, ax=axes)


def read_fixed(texts):
    """`AXIS=VALUE` options as a dict."""
    fixed = {}
    for text in texts:
        axis, separator, value = text.partition("=")
        if not separator:
            raise ValueError(f"--at {text}: needs the form AXIS=VALUE")
        fixed[axis] = value
    return fixed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path, help="result file of a sweep")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="PNG file (default: FILE_sweep.png)")
    parser.add_argument("--scope", default="book", help="book (default) or another scope of the sweep")
    parser.add_argument("--outcome", default="loss", help="outcome (default: loss)")
    parser.add_argument("--statistic", default="es_0.99", help="statistic (default: es_0.99)")
    parser.add_argument("--x", help="axis to the right (default: the first)")
    parser.add_argument("--y", help="axis upwards (default: the second)")
    parser.add_argument("--at", metavar="AXIS=VALUE", action="append", default=[], help="value of a further axis")
    parser.add_argument("--difference", action="store_true", help="difference from the base and its paired error")
    options = parser.parse_args()
    try:
        result = open_result(options.file)
        if result.sweep is None:
            raise ValueError(f"{options.file}: no sweep in this result")
        fixed = read_fixed(options.at)
        axes = choose_axes(result.sweep, options.x, options.y, fixed)
        table = heat_map(result.sweep, options.outcome, options.statistic, axes, options.scope, fixed,
                         options.difference)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"plot_sweep: {error}\n")
        sys.exit(DATA if isinstance(error, OSError) else USAGE)
    pyplot = import_pyplot()
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(14, 5.5))
    what = f"{options.outcome} {options.statistic} of {options.scope} [{table.attrs['unit']}]"
    of_base = ", minus that of the base" if options.difference else ""
    draw(pyplot, left, table.value, what + of_base, symmetric=options.difference)
    draw(pyplot, right, table.error, "paired standard error" if options.difference else "standard error")
    figure.suptitle(f"{result.attrs['name']}: {int(result.sweep.paths.max()):,} paths a point"
                    + "".join(f", {axis} = {value}" for axis, value in fixed.items()))
    figure.tight_layout()
    output = options.output or options.file.with_name(options.file.stem + "_sweep.png")
    figure.savefig(output, dpi=120)
    print(output)


if __name__ == "__main__":
    main()
