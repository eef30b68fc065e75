#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Backtest the one-day value at risk of each market model on a daily price history.

    scripts/analysis/var_backtest.py daily.csv --assets BTC ETH SOL --first 2022-01-01 --last 2024-12-31

At the start of every month each model is calibrated by `brink calibrate` to all prices since --from up to the day before. Every day of
the month `brink run` simulates one day of a book with equal weights; a violation is a loss beyond the VaR. Models with a state take
that of the evening before: GJR-GARCH its filtered variances, two regimes their filtered probabilities, filtered historical simulation
the same variances and the history so far.

Reported: violations, P. Kupiec's test of their number (J. Derivatives 3, 1995) and P. Christoffersen's tests of their independence
and of both (International Economic Review 39, 1998). A p below 0.05 rejects a model.

The CSV has a column `timestamp` (or `time`, `date`) and one column of daily closes per asset. Standard library only.
"""

import argparse
import csv
import datetime
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import tomllib

# What `brink calibrate --model` is given for each.
FITTED = {
    "gbm": ["gbm"],
    "t_copula": ["gbm", "--copula", "student_t"],
    "student_t": ["student_t"],
    "merton": ["merton"],
    "kou": ["kou"],
    "gjr_garch": ["gjr_garch"],
    "regimes": ["gbm", "--regimes", "2"],
    "regimes_t_copula": ["gbm", "--regimes", "2", "--copula", "student_t"],
    "filtered_historical": ["gjr_garch"],
}
MODELS = tuple(FITTED)
STATELESS = ("gbm", "t_copula", "student_t", "merton", "kou")
DAYS_A_YEAR = 365


def read_prices(path, assets):
    """Rows (date, [prices]) of the days on which every asset has a price."""
    rows = []
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            time = next(row[key] for key in ("timestamp", "time", "date") if key in row)
            if all(row[asset] for asset in assets):
                rows.append((datetime.date.fromisoformat(time[:10]), [float(row[a]) for a in assets]))
    return sorted(rows)


def log_returns(rows):
    """{date: [log return per asset]} over days that follow each other."""
    returns = {}
    for (before, old), (day, new) in zip(rows, rows[1:]):
        if (day - before).days == 1:
            returns[day] = [math.log(b / a) for a, b in zip(old, new)]
    return returns


def garch_volatilities(market, past):
    """Annual volatilities of the day to come, by asset, from the parameters of a market file."""
    volatilities = []
    for i, asset in enumerate(market["asset"]):
        garch = asset["garch"]
        series = [r[i] for r in past]
        mean = sum(series) / len(series)
        theta = garch["long_run_volatility"] ** 2 / DAYS_A_YEAR
        omega = (1 - garch["alpha"] - garch["gamma"] / 2 - garch["beta"]) * theta
        h = theta
        for r in series:
            e = r - mean
            h = omega + (garch["alpha"] + (garch["gamma"] if e < 0 else 0)) * e * e + garch["beta"] * h
        volatilities.append(math.sqrt(h * DAYS_A_YEAR))
    return volatilities


def cholesky(matrix):
    n = len(matrix)
    lower = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            lower[i][j] = math.sqrt(rest) if i == j else rest / lower[j][j]
    return lower


def days_of(duration):
    """Days of an ISO-8601 duration such as P3DT12H36M."""
    days, number, unit = 0.0, "", {"D": 1.0, "H": 1 / 24, "M": 1 / 1440, "S": 1 / 86400}
    for c in duration[1:]:
        if c.isdigit() or c == ".":
            number += c
        elif c != "T":
            days += float(number) * unit[c]
            number = ""
    return days


class RegimeFilter:
    """Hamilton's filter for the two regimes of a market file."""

    def __init__(self, market):
        self.densities = []
        names = [asset["name"] for asset in market["asset"]]
        leave = []
        for regime in market["regimes"]:
            sd = [regime["volatilities"][name] / math.sqrt(DAYS_A_YEAR) for name in names]
            order = [regime["correlation"]["assets"].index(name) for name in names]
            rho = regime["correlation"]["matrix"]
            covariance = [[sd[i] * sd[j] * rho[order[i]][order[j]] for j in range(len(sd))] for i in range(len(sd))]
            self.densities.append(cholesky(covariance))
            leave.append(1 / days_of(regime["mean_duration"]))
        both = sum(leave)
        decay = math.exp(-both)
        self.stationary = leave[0] / both
        self.to_crash = leave[0] / both * (1 - decay)
        self.stay = self.stationary + leave[1] / both * decay

    def log_density(self, regime, shock):
        lower, y = self.densities[regime], []
        for i, e in enumerate(shock):
            y.append((e - sum(lower[i][k] * y[k] for k in range(i))) / lower[i][i])
        return -0.5 * sum(v * v for v in y) - sum(math.log(lower[i][i]) for i in range(len(y)))

    def probabilities(self, past):
        """Of the second regime: at each return, itself included; and on the day to come."""
        means = [sum(r[i] for r in past) / len(past) for i in range(len(past[0]))]
        crash, at_returns = self.stationary, []
        for r in past:
            shock = [x - m for x, m in zip(r, means)]
            calm_log, crash_log = self.log_density(0, shock), self.log_density(1, shock)
            top = max(calm_log, crash_log)
            calm_weight, weight = (1 - crash) * math.exp(calm_log - top), crash * math.exp(crash_log - top)
            filtered = weight / (calm_weight + weight)
            at_returns.append(filtered)
            crash = (1 - filtered) * self.to_crash + filtered * self.stay
        return at_returns, crash


def scenario(assets, market, paths, seed, day):
    """One day of a book with equal weights, as TOML."""
    text = (
        f'[run]\nas_of = {day}T00:00:00Z\nseed = {seed}\npaths = {paths}\nhorizon = "P1D"\nstep = "P1D"\n'
        f"[statistics]\nlevels = [0.99]\n[output]\noutcomes = \"none\"\n{market}\n[[venue]]\nname = \"v\"\n"
    )
    for asset in assets:
        text += f'[[venue.collateral]]\nasset = "{asset}"\ntiers = [{{ floor = 0, ratio = 0.9 }}]\n'
    for asset in assets:
        text += f'[[asset]]\nname = "{asset}"\nprice = 1.0\n'
    holdings = ", ".join(f"{asset} = {1e6 / len(assets)}" for asset in assets)
    return text + f'[[account]]\nname = "book"\nvenue = "v"\nbalances = {{ {holdings} }}\n'


class Backtest:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.rows = [r for r in read_prices(options.prices, options.assets) if r[0] >= options.start]
        self.returns = log_returns(self.rows)

    def brink(self, *arguments):
        done = subprocess.run([self.options.brink, *arguments], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"brink {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
        return done.stdout

    def calibrate(self, model, last):
        """Market file of all prices up to and with a day."""
        target = self.folder / f"{model}.toml"
        self.brink("calibrate", str(self.options.prices), "--assets", *self.options.assets, "--from",
                   str(self.options.start), "--to", str(last), "--model", *FITTED[model], "-o", str(target), "--force")
        return target

    def value_at_risk(self, market, day, settings=()):
        """Loss of one day that 99 % of the paths do not exceed, over the book's value."""
        return self.run_day(scenario(self.options.assets, market, self.options.paths, self.options.seed, day),
                            settings)

    def run_day(self, text, settings=()):
        config = self.folder / "day.toml"
        config.write_text(text, encoding="utf-8")
        chosen = [word for setting in settings for word in ("--set", setting)]
        out = self.brink("run", str(config), "-q", "--json", "--force", "-o", str(self.folder / "day.h5"), *chosen)
        rows = json.loads(out.strip().splitlines()[-1])["statistics"]
        return find_value(rows) / 1e6

    def forecast(self, model, file, day, past):
        if model == "filtered_historical":
            return self.filtered_historical(file, day, past)
        market = f'[market]\ninclude = "{file}"\n'
        parsed = tomllib.loads(file.read_text(encoding="utf-8"))
        settings = []
        if model == "gjr_garch":
            for asset, volatility in zip(parsed["asset"], garch_volatilities(parsed, past)):
                settings.append(f"asset.{asset['name']}.volatility={volatility:.8g}")
        elif model in ("regimes", "regimes_t_copula"):
            crash = RegimeFilter(parsed).probabilities(past)[1]
            settings = [f"market.regimes.calm.start={1 - crash!r}", f"market.regimes.crash.start={crash!r}"]
        return self.value_at_risk(market, day, settings)

    def filtered_historical(self, file, day, past):
        parsed = tomllib.loads(file.read_text(encoding="utf-8"))
        yesterday = day - datetime.timedelta(days=1)
        market = (
            f'[market]\nmodel = "historical"\n[market.history]\nprices = ["{self.options.prices.resolve()}"]\n'
            f"from = {self.options.start}T00:00:00Z\nto = {yesterday}T00:00:00Z\nblock_length = \"P1D\"\n"
        )
        text = scenario(self.options.assets, market, self.options.paths, self.options.seed, day)
        for asset, volatility in zip(parsed["asset"], garch_volatilities(parsed, past)):
            garch = asset["garch"]
            keys = ", ".join(f"{key} = {garch[key]!r}" for key in ("alpha", "gamma", "beta", "long_run_volatility"))
            text = text.replace(
                f'[[asset]]\nname = "{asset["name"]}"\nprice = 1.0\n',
                f'[[asset]]\nname = "{asset["name"]}"\nprice = 1.0\nvolatility = {volatility!r}\n'
                f'garch = {{ interval = "P1D", {keys} }}\n')
        return self.run_day(text)

    def run(self, model):
        """[(day, VaR, loss)] of every day with a return."""
        days, month, file, fixed = [], None, None, None
        for day in sorted(d for d in self.returns if self.options.first <= d <= self.options.last):
            if (day.year, day.month) != month:
                month = (day.year, day.month)
                file = self.calibrate(model, day - datetime.timedelta(days=1))
                fixed = None
            past = [self.returns[d] for d in sorted(self.returns) if d < day]
            if model in STATELESS:
                fixed = fixed or self.forecast(model, file, day, past)
                var = fixed
            else:
                var = self.forecast(model, file, day, past)
            weights = 1 / len(self.options.assets)
            loss = -sum(weights * math.expm1(r) for r in self.returns[day])
            days.append((day, var, loss))
        return days


def find_value(statistics):
    """VaR 99 % of the book's loss among the statistics of --json."""
    return statistics["book"]["loss"]["var_0.99"]["value"]


def log_likelihood(p, hits, misses):
    return (hits * math.log(p) if hits else 0.0) + (misses * math.log(1 - p) if misses else 0.0)


def tests(violations, p):
    """Likelihood ratios and p-values: number (1 degree of freedom), independence (1), both (2)."""
    n, hits = len(violations), sum(violations)
    rate = hits / n
    number = 2 * (log_likelihood(rate, hits, n - hits) - log_likelihood(p, hits, n - hits))
    pairs = [[0, 0], [0, 0]]
    for a, b in zip(violations, violations[1:]):
        pairs[a][b] += 1
    after = [row[1] / sum(row) if sum(row) else 0.0 for row in pairs]
    all_hits = pairs[0][1] + pairs[1][1]
    pooled = all_hits / (n - 1)
    free = sum(log_likelihood(after[i], pairs[i][1], pairs[i][0]) for i in (0, 1))
    independence = 2 * (free - log_likelihood(pooled, all_hits, n - 1 - all_hits))
    tail = lambda ratio: math.erfc(math.sqrt(max(ratio, 0) / 2))
    both = number + independence
    return {"number": (number, tail(number)), "independence": (independence, tail(independence)),
            "both": (both, math.exp(-max(both, 0) / 2))}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    date = datetime.date.fromisoformat
    parser.add_argument("prices", type=pathlib.Path)
    parser.add_argument("--assets", nargs="+", default=["BTC", "ETH", "SOL"])
    parser.add_argument("--from", dest="start", type=date, default=date("2021-01-01"), help="first price that is used")
    parser.add_argument("--first", type=date, default=date("2022-01-01"), help="first day of the test")
    parser.add_argument("--last", type=date, default=date("2024-12-31"))
    parser.add_argument("--models", nargs="+", choices=MODELS, default=list(MODELS))
    parser.add_argument("--paths", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--brink", default="build/release/brink")
    parser.add_argument("--csv", type=pathlib.Path, help="write day, model, VaR and loss here")
    options = parser.parse_args()
    print(f"{'model':<22}{'days':>6}{'violations':>12}{'expected':>10}{'mean VaR':>10}"
          f"{'p Kupiec':>10}{'p indep.':>10}{'p both':>10}")
    lines = ["day,model,var,loss"]
    with tempfile.TemporaryDirectory() as folder:
        backtest = Backtest(options, pathlib.Path(folder))
        for model in options.models:
            days = backtest.run(model)
            violations = [int(loss > var) for _, var, loss in days]
            found = tests(violations, 0.01)
            mean = sum(var for _, var, _ in days) / len(days)
            print(f"{model:<22}{len(days):>6}{sum(violations):>12}{0.01 * len(days):>10.1f}{mean:>9.2%} "
                  f"{found['number'][1]:>9.3f} {found['independence'][1]:>9.3f} {found['both'][1]:>9.3f}", flush=True)
            lines += [f"{day},{model},{var:.6f},{loss:.6f}" for day, var, loss in days]
    if options.csv:
        options.csv.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
