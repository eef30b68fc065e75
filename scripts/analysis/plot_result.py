#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Plot a brink result: histogram of the loss with VaR and ES, and the fan of health, as one PNG."""

import argparse
import pathlib
import sys

import numpy as np

from brink_results import open_result

UNAVAILABLE = 69  # exit code: something that the program needs is not installed


def import_pyplot():
    """matplotlib without a display; it is needed by nothing else."""
    try:
        import matplotlib
    except ImportError:
        sys.stderr.write("plot_result: matplotlib is not installed (package python3-matplotlib)\n")
        sys.exit(UNAVAILABLE)
    matplotlib.use("Agg")
    from matplotlib import pyplot

    return pyplot


def draw_loss(axes, result, scope):
    """Paths per bin over the loss; bins are of unequal width, so heights are densities."""
    histogram = result.histogram("loss", scope)
    unit = result.attrs["numeraire"]
    axes.set_title(f"loss of {scope}")
    axes.set_xlabel(f"loss [{unit}]")
    if histogram is None:
        axes.text(0.5, 0.5, "no histogram in this file", ha="center", transform=axes.transAxes)
        return
    lower, upper, count = (histogram[name].values for name in ("lower", "upper", "count"))
    finite = np.isfinite(lower) & np.isfinite(upper) & (upper > lower)
    lower, upper, count = lower[finite], upper[finite], count[finite]
    density = count / (upper - lower) / max(count.sum(), 1)
    axes.bar(lower, density, width=upper - lower, align="edge", color="tab:blue", alpha=0.6)
    axes.set_yscale("log")
    axes.set_ylabel(f"probability density [1/{unit}]")
    draw_levels(axes, result.table(scope).loc["loss"])


def draw_levels(axes, statistics):
    """Vertical lines at VaR and ES, with the 95 % interval as a band."""
    for name, row in statistics.iterrows():
        if not name.startswith(("var_", "es_")) or not np.isfinite(row.value):
            continue
        color = "tab:orange" if name.startswith("var_") else "tab:red"
        kind, level = name.split("_")
        label = f"{kind.upper() if kind == 'es' else 'VaR'} {float(level):.4g}: {row.value:,.0f}"
        axes.axvline(row.value, color=color, linestyle="-" if kind == "es" else "--", label=label)
        if np.isfinite(row.lo) and np.isfinite(row.hi):
            axes.axvspan(row.lo, row.hi, color=color, alpha=0.15)
    axes.legend(fontsize="small")


def draw_health(axes, result, scope):
    """Quantiles of health per assessment; what is infinite (no requirement) is left out."""
    fan = result.fan("health", scope)
    axes.set_title(f"health of {scope}")
    axes.set_xlabel("days since the start")
    if fan is None:
        axes.text(0.5, 0.5, "no fan in this file", ha="center", transform=axes.transAxes)
        return
    days = fan.time.values / 86400
    for level in fan.level.values:
        quantile = fan["quantile"].sel(level=level).values
        axes.plot(days, np.where(np.isfinite(quantile), quantile, np.nan), label=f"{level:.4g}")
    axes.axhline(1, color="black", linewidth=0.8)
    axes.set_ylabel("health (higher is safer)")
    axes.legend(title="quantile", fontsize="small")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=pathlib.Path, help="result file")
    parser.add_argument("-o", "--output", type=pathlib.Path, help="PNG file (default: FILE.png)")
    parser.add_argument("--scope", default="book", help="book (default) or account:<id>")
    options = parser.parse_args()
    pyplot = import_pyplot()
    result = open_result(options.file)
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(14, 5))
    draw_loss(left, result, options.scope)
    draw_health(right, result, options.scope)
    figure.suptitle(f"{result.attrs['name']}: {int(result.attrs['paths']):,} paths, as of {result.attrs['as_of']}")
    figure.tight_layout()
    output = options.output or options.file.with_suffix(".png")
    figure.savefig(output, dpi=120)
    print(output)


if __name__ == "__main__":
    main()
