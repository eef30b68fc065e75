#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Write tests/golden/examples/pinned.csv: what every configs/examples/*.toml gives, with few paths and with its own.

    /usr/bin/python3 tests/integration/python/pin_examples.py build/release/brink

Run it when results change on purpose, and say why in the commit. examples_test compares with it, digit by digit.
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
FEW_PATHS = 1024
STATISTICS = ("loss.mean", "loss.es_0.99", "called.prob", "liquidated.prob", "liquidation_cost.mean", "bad_debt.mean")


def summary_of(brink, example, paths):
    with tempfile.TemporaryDirectory() as folder:
        command = [brink, "run", str(example), "-q", "--json", "--device", "cpu", "-o", f"{folder}/out.h5"]
        if paths:
            command += ["--paths", str(paths)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode not in (0, 3):
            raise SystemExit(f"{example.name}: exit {run.returncode}\n{run.stderr}")
        return json.loads(run.stdout.strip().splitlines()[-1])


def rows_of(brink, example):
    for size, paths in (("short", FEW_PATHS), ("full", None)):
        book = summary_of(brink, example, paths)["statistics"]["book"]
        for name in STATISTICS:
            outcome, statistic = name.split(".", 1)
            value = book.get(outcome, {}).get(statistic, {}).get("value")
            if value is not None:
                yield [example.name, size, name, repr(value)]


def main():
    brink = str(pathlib.Path(sys.argv[1]).resolve())
    target = ROOT / "tests/golden/examples/pinned.csv"
    target.parent.mkdir(exist_ok=True)
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["example", "run", "statistic", "value"])
        for example in sorted((ROOT / "configs/examples").glob("*.toml")):
            writer.writerows(rows_of(brink, example))


if __name__ == "__main__":
    main()
