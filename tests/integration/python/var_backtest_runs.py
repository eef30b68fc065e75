#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The backtest of scripts/analysis on a short made-up history, and its tests against known values."""

import datetime
import math
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

SCRIPTS = pathlib.Path(sys.argv[1])
BRINK = sys.argv[2]
sys.path.insert(0, str(SCRIPTS))
import var_backtest  # noqa: E402


def history():
    rng = random.Random(7)
    prices, day = [100.0, 10.0, 1.0], datetime.date(2021, 1, 1)
    lines = ["timestamp,BTC,ETH,SOL"]
    while day <= datetime.date(2022, 1, 4):
        lines.append(f"{day}T00:00:00Z," + ",".join(f"{p:.8g}" for p in prices))
        wide = 2.5 if day.day % 10 < 3 else 1.0
        common = rng.gauss(0, 1)
        prices = [p * math.exp(0.03 * wide * (0.8 * common + 0.6 * rng.gauss(0, 1))) for p in prices]
        day += datetime.timedelta(days=1)
    return "\n".join(lines) + "\n"


class Tests(unittest.TestCase):
    def test_kupiec_of_20_in_1000(self):
        spread = [int(i % 50 == 25) for i in range(1000)]
        ratio, p = var_backtest.tests(spread, 0.01)["number"]
        # -2 ln(0.99^980 0.01^20) + 2 ln(0.98^980 0.02^20)
        expected = 2 * (980 * math.log(0.98 / 0.99) + 20 * math.log(2))
        self.assertAlmostEqual(ratio, expected, places=9)
        self.assertAlmostEqual(p, 0.00515, places=4)

    def test_christoffersen_sees_clusters(self):
        clustered = [int(100 <= i < 110) for i in range(1000)]
        spread = [int(i % 100 == 50) for i in range(1000)]
        self.assertLess(var_backtest.tests(clustered, 0.01)["independence"][1], 1e-6)
        self.assertGreater(var_backtest.tests(spread, 0.01)["independence"][1], 0.5)
        self.assertGreater(var_backtest.tests(clustered, 0.01)["number"][1], 0.9)

    def test_durations(self):
        self.assertAlmostEqual(var_backtest.days_of("P3DT12H36M"), 3.525)

    def test_every_model_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            prices = pathlib.Path(folder) / "p.csv"
            prices.write_text(history(), encoding="utf-8")
            table = pathlib.Path(folder) / "var.csv"
            subprocess.run([sys.executable, SCRIPTS / "var_backtest.py", prices, "--brink", BRINK, "--paths", "2000",
                            "--last", "2022-01-03", "--csv", table], check=True, capture_output=True)
            rows = [line.split(",") for line in table.read_text(encoding="utf-8").splitlines()[1:]]
        self.assertEqual(len(rows), 3 * len(var_backtest.MODELS))
        for _, model, var, _ in rows:
            self.assertGreater(float(var), 0.02, model)
            self.assertLess(float(var), 0.5, model)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
