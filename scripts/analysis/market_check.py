#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compare what a two-regime market file simulates with the history of its window.

    scripts/analysis/market_check.py configs/markets/majors_two_regimes_2025.toml daily.csv --to 2025-06-30

Simulates --paths paths of --days days in hourly steps (`brink replay`, whose ledger has every price), takes daily returns and puts
beside the history: annual volatility and the 1 % quantile of each asset, dependence of the two first assets in the lower 5 % tail, and
their correlation on days that the file's own Hamilton filter takes for the second regime. Errors: of the simulation from path to
path, of the history by a stationary block bootstrap of 20 days on average; z is the difference over both.

The CSV has a column `timestamp` and one column of daily closes per asset. Standard library only.
"""

import argparse
import csv
import datetime
import io
import math
import pathlib
import random
import subprocess
import sys
import tempfile
import tomllib

from var_backtest import DAYS_A_YEAR, RegimeFilter, log_returns, read_prices


def quantile(values, p):
    """The smallest value with at least a share p at or below it."""
    return sorted(values)[max(math.ceil(p * len(values)) - 1, 0)]


def correlation(pairs):
    n = len(pairs)
    if n < 3:
        return math.nan
    ma, mb = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    ab = sum((a - ma) * (b - mb) for a, b in pairs)
    return ab / math.sqrt(sum((a - ma) ** 2 for a, _ in pairs) * sum((b - mb) ** 2 for _, b in pairs))


def figures(rows, names):
    """{figure: value} of daily rows (returns of each asset, probability of the second regime)."""
    found = {}
    n = len(rows)
    for i, name in enumerate(names):
        series = [r[i] for r, _ in rows]
        mean = sum(series) / n
        found[f"volatility {name}"] = math.sqrt(sum((x - mean) ** 2 for x in series) / (n - 1) * DAYS_A_YEAR)
        found[f"1 % quantile {name}"] = quantile(series, 0.01)
    a, b = ([r[i] for r, _ in rows] for i in (0, 1))
    low_a, low_b = quantile(a, 0.05), quantile(b, 0.05)
    together = sum(x <= low_a and y <= low_b for x, y in zip(a, b)) / sum(x <= low_a for x in a)
    found[f"lower tail dependence 5 % {names[0]} {names[1]}"] = together
    found[f"correlation in crash {names[0]} {names[1]}"] = correlation(
        [(r[0], r[1]) for r, crash in rows if crash > 0.5])
    found["share of days in crash"] = sum(crash > 0.5 for _, crash in rows) / n
    return found


def resampled(rows, rng, mean_block=20):
    """Stationary block bootstrap of the rows, with the states that they have."""
    sample, at = [], rng.randrange(len(rows))
    for _ in rows:
        at = rng.randrange(len(rows)) if rng.random() < 1 / mean_block else (at + 1) % len(rows)
        sample.append(rows[at])
    return sample


def spread(all_figures, key):
    values = [f[key] for f in all_figures if not math.isnan(f[key])]
    mean = sum(values) / len(values)
    return mean, math.sqrt(sum((v - mean) ** 2 for v in values) / (len(values) - 1))


def simulate(options, names, folder):
    """Daily rows of returns of each path."""
    text = (f'[run]\nas_of = 2025-01-01T00:00:00Z\nseed = {options.seed}\npaths = {options.paths}\n'
            f'horizon = "P{options.days}D"\nstep = "PT1H"\n[market]\ninclude = "{options.market.resolve()}"\n'
            '[[venue]]\nname = "v"\n')
    for name in names:
        text += f'[[venue.collateral]]\nasset = "{name}"\ntiers = [{{ floor = 0, ratio = 0.9 }}]\n'
    for name in names:
        text += f'[[asset]]\nname = "{name}"\nprice = 100.0\n'
    text += '[[account]]\nname = "a"\nvenue = "v"\nbalances = { ' + ", ".join(f"{n} = 1" for n in names) + " }\n"
    config = pathlib.Path(folder) / "market.toml"
    config.write_text(text, encoding="utf-8")
    for path in range(options.paths):
        done = subprocess.run([options.brink, "replay", str(config), str(path), "--format", "csv"],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(done.stderr)
        prices = [[float(row[f"price:{n}"]) for n in names]
                  for row in csv.DictReader(io.StringIO(done.stdout))
                  if row["row"] == "state" and int(row["step"]) % 24 == 0]
        yield [[math.log(b / a) for a, b in zip(old, new)] for old, new in zip(prices, prices[1:])]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    date = datetime.date.fromisoformat
    parser.add_argument("market", type=pathlib.Path)
    parser.add_argument("prices", type=pathlib.Path)
    parser.add_argument("--from", dest="start", type=date, default=date("2021-01-01"))
    parser.add_argument("--to", dest="last", type=date, required=True)
    parser.add_argument("--paths", type=int, default=100)
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--brink", default="build/release/brink")
    options = parser.parse_args()
    market = tomllib.loads(options.market.read_text(encoding="utf-8"))
    names = [asset["name"] for asset in market["asset"]]
    hamilton = RegimeFilter(market)

    found = log_returns(read_prices(options.prices, names))
    returns = [found[day] for day in sorted(found) if options.start < day <= options.last]
    history = list(zip(returns, hamilton.probabilities(returns)[0]))
    rng = random.Random(options.seed)
    of_history = figures(history, names)
    again = [figures(resampled(history, rng), names) for _ in range(300)]
    with tempfile.TemporaryDirectory() as folder:
        simulated = [figures(list(zip(path, hamilton.probabilities(path)[0])), names)
                     for path in simulate(options, names, folder)]
    print(f"{len(history)} days of history, {options.paths} paths of {options.days} days")
    print(f"{'':<36}{'history':>10}{'+-':>9}{'simulated':>11}{'+-':>9}{'z':>7}")
    for key, value in of_history.items():
        mean, deviation = spread(simulated, key)
        error = deviation / math.sqrt(options.paths)
        of_error = spread(again, key)[1]
        z = (mean - value) / math.hypot(error, of_error)
        print(f"{key:<36}{value:>10.4f}{of_error:>9.4f}{mean:>11.4f}{error:>9.4f}{z:>7.1f}")


if __name__ == "__main__":
    main()
