#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turn the outputs of scripts/bench into a table of rates and ratios, and one JSON line per figure."""
import json
import pathlib
import platform
import subprocess
import sys


def benchmark_rates(file):
    """Best asset-steps per second of each case over its repetitions."""
    rates = {}
    for row in json.loads(file.read_text())["benchmarks"]:
        if row.get("run_type") == "iteration" and "asset_steps/s" in row:
            name = row["name"].replace("/real_time", "")
            rates[name] = max(rates.get(name, 0.0), row["asset_steps/s"])
    return rates


def numpy_rates(file):
    return {row["name"]: row["value"] for row in map(json.loads, file.read_text().splitlines())}


def machine():
    model = platform.processor() or "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    return model


def commit():
    root = pathlib.Path(__file__).resolve().parents[2]
    answer = subprocess.run(["git", "-C", root, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return answer.stdout.strip() or "unknown"


def ratios(rates):
    isa = "v4" if any("/v4/" in name or "isa_v4" in name for name in rates) else "v3"
    core = {kind: max((v for n, v in rates.items() if n.startswith("core/") and isa in n and n.endswith(kind)),
                      default=float("nan")) for kind in ("float", "double")}
    quickstart = rates.get("quickstart/float/1", float("nan"))
    return {
        f"core/{isa}/float over numpy_core/float": core["float"] / rates["numpy_core/float"],
        f"core/{isa}/double over numpy_core/double": core["double"] / rates["numpy_core/double"],
        f"core/{isa}/double over quantlib_paths/double": core["double"] / rates["quantlib_paths/double"],
        f"quickstart/float/1 over core/{isa}/float": quickstart / core["float"],
        "quickstart/float/2 over quickstart/float/1": rates.get("quickstart/float/2", float("nan")) / quickstart,
    }


def main():
    folder, json_file = pathlib.Path(sys.argv[1]), sys.argv[2]
    rates = {}
    for name in ("core", "core_again", "quantlib", "quickstart"):
        for case, rate in benchmark_rates(folder / f"{name}.json").items():
            rates[case] = max(rate, rates.get(case, 0.0))
    rates.update(numpy_rates(folder / "numpy.json"))
    run = json.loads((folder / "run.json").read_text())
    figures = [(name, rate, "asset-steps/s") for name, rate in sorted(rates.items())]
    figures += [(name, ratio, "ratio") for name, ratio in ratios(rates).items()]
    figures.append(("run quickstart, statistics and file included", run["paths"] / run["seconds"], "paths/s"))

    print(f"{machine()}, commit {commit()}")
    for name, value, unit in figures:
        print(f"  {name:52} {value:12.4g} {unit}")
    with open(json_file, "a", encoding="utf-8") as out:
        for name, value, unit in figures:
            line = {"name": name, "value": value, "unit": unit, "commit": commit(), "machine": machine()}
            out.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
