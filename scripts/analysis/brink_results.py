#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Read brink result files into xarray, and compare two of them.

    from brink_results import open_result, compare
    run = open_result("out/quickstart.h5")
    run.statistics.value.sel(scope="book", outcome="loss", statistic="es_0.99").item()

On the command line: one file prints its statistics, two print their differences.
Needs python3-h5py, python3-h5netcdf and python3-xarray. docs/output-format.md lists every dataset.
"""

import argparse
import functools
import pathlib
import struct

import h5py
import numpy as np
import xarray as xr

FILETYPE = "brink-result"
SCHEMA_MAJOR = 1
SEAL = struct.Struct("<8sQQ")  # behind a file of brink: a mark, bytes before it, their checksum


def check_view(path):
    """Raise where a part that a view points at is missing or is not what it was.

    HDF5 itself then gives NaN, or other numbers, without an error. Looks at the seals of the parts only; `brink
    inspect` reads their content too.
    """
    with h5py.File(path, "r", locking=False) as file:
        if "view" not in file:
            return
        view = file["view"]
        parts = list(zip(view["file"].asstr()[:], view["bytes"][:], view["checksum"][:]))
    for name, num_bytes, checksum in parts:
        part = pathlib.Path(path).parent / name
        if not part.exists():
            part = pathlib.Path(path).resolve().parent / name  # of a link to the view, as HDF5 does
        if not part.exists():
            raise FileNotFoundError(f"{part}: this part, which holds outcomes of paths of {path}, is missing")
        with open(part, "rb") as stream:
            stream.seek(max(part.stat().st_size - SEAL.size, 0))
            content = stream.read()
        if len(content) != SEAL.size or SEAL.unpack(content) != (b"BRNKSEAL", num_bytes, checksum):
            raise ValueError(f"{part}: it is no longer the part that {path} was made of (merge the parts again)")


class Result:
    """A result file. Every part is read when first asked for, and None where the file lacks it."""

    def __init__(self, path):
        self.path = str(path)
        with h5py.File(self.path, "r", locking=False) as file:
            if file.attrs.get("filetype") != FILETYPE:
                raise ValueError(f"{path}: not a brink result")
            major = int(file.attrs["schema_version"][0])
            if major != SCHEMA_MAJOR:
                raise ValueError(f"{path}: schema version {major}.x, this reader knows {SCHEMA_MAJOR}.x")
            #: provenance: paths, seed, scenario_hash, config, numeraire, opening_value, ...
            self.attrs = dict(file.attrs)

    def _group(self, name):
        with h5py.File(self.path, "r", locking=False) as file:
            if name not in file:
                return None
        with xr.open_dataset(self.path, engine="h5netcdf", group=name) as dataset:
            return dataset.load()

    @functools.cached_property
    def statistics(self):
        """value, se, lo, hi, n_tail, flag by (scope, outcome, statistic)."""
        return self._group("statistics")

    @functools.cached_property
    def accounts(self):
        """mean, sd, se, events by (outcome, account) of a large book."""
        return self._group("accounts")

    @functools.cached_property
    def paths(self):
        """One float32 column per outcome by path id. Of a view (brink merge --view), the parts must be there."""
        check_view(self.path)
        return self._group("paths")

    @functools.cached_property
    def worst_paths(self):
        """path and loss by (scope, rank); the first num_ranks are in use."""
        return self._group("worst_paths")

    @functools.cached_property
    def sweep(self):
        """The points of a sweep as one labelled cube: value, se, difference, ... by (axes of a grid, or
        point; scope, outcome, statistic)."""
        return self._group("sweep")

    @functools.cached_property
    def parts(self):
        """Mean of each part of the loss."""
        return self._group("parts")

    @functools.cached_property
    def provenance(self):
        """warnings, assumptions, overrides, limits_breached, hashed keys."""
        return self._group("provenance")

    def histogram(self, outcome, scope="book"):
        """lower, upper, count by bin, without the padding."""
        dataset = self._group(f"histograms/{outcome}")
        if dataset is None or scope not in dataset.scope:
            return None
        one = dataset.sel(scope=scope)
        return one.isel(bin=slice(0, int(one.num_bins)))

    def fan(self, quantity="health", scope="book"):
        """quantile, lo, hi by (level, time)."""
        dataset = self._group(f"fans/{quantity}")
        return None if dataset is None or scope not in dataset.scope else dataset.sel(scope=scope)

    def tail(self, outcome):
        """The exact values kept of the risky end of a book outcome, as an array."""
        dataset = self._group(f"tails/{outcome}")
        return None if dataset is None else dataset.value.values

    def table(self, scope="book"):
        """A pandas table of every statistic of a scope that was computed."""
        columns = ["value", "se", "lo", "hi", "n_tail", "flag"]
        one = self.statistics.sel(scope=scope)
        frame = one[columns + ["computed"]].to_dataframe()
        return frame[frame.computed == 1][["unit"] + columns]


def open_result(path):
    """Open a result file. Raises ValueError for other files and unknown schema versions."""
    return Result(path)


def path_influences(result, outcome, statistic):
    """Per path, what makes up an estimate: its mean is the estimate, its deviations give the error.

    Means, probabilities and expected shortfalls; None for other statistics, or without all paths.
    """
    paths = result.paths
    if paths is None or outcome not in paths or paths.sizes["path"] != int(result.attrs["paths"]):
        return None
    column = paths[outcome].values.astype(float)
    if np.isnan(column).any():
        return None
    if statistic == "mean":
        return column
    if statistic == "prob":
        return (column > 0).astype(float)
    if statistic.startswith("es_"):
        level = float(statistic[3:])
        var = np.sort(column)[max(int(np.ceil(level * column.size)) - 1, 0)]
        return var + np.maximum(column - var, 0) / (1 - level)
    return None


def paired_error(a, b, outcome, statistic):
    """Standard error of b - a from the differences path by path; NaN where it cannot be had."""
    left, right = path_influences(a, outcome, statistic), path_influences(b, outcome, statistic)
    if left is None or right is None or left.size != right.size:
        return np.nan
    return np.std(right - left, ddof=1) / np.sqrt(left.size)


def compare(a, b, scope="book"):
    """Differences b - a of every statistic that both results have, as a pandas table.

    `se` is that of independent runs: an upper bound where the runs share a seed, and so their random
    numbers, and the estimates move together. `paired_se` is the error of the difference path by path:
    for means, probabilities and expected shortfalls of the book, where both runs have the same seed and
    paths and wrote all of them (`[output] outcomes = "all"`); elsewhere NaN. `z` = difference over
    `paired_se` where that exists, else over `se`.
    """
    left, right = a.table(scope), b.table(scope)
    both = left.join(right, lsuffix="_a", rsuffix="_b", how="inner")
    frame = both[["unit_a", "value_a", "value_b"]].rename(columns={"unit_a": "unit"})
    frame["difference"] = both.value_b - both.value_a
    frame["se"] = np.hypot(both.se_a, both.se_b)
    is_paired = scope == "book" and all(int(a.attrs[k]) == int(b.attrs[k]) for k in ("seed", "paths"))
    frame["paired_se"] = [paired_error(a, b, *row) if is_paired else np.nan for row in frame.index]
    error = frame.paired_se.fillna(frame.se)
    frame["z"] = (frame.difference / error).where(error > 0)
    return frame


def main():
    parser = argparse.ArgumentParser(description="Print the statistics of a result, or compare two.")
    parser.add_argument("file", nargs="+", help="one result, or two to compare (second minus first)")
    parser.add_argument("--scope", default="book", help="book (default) or account:<id>")
    options = parser.parse_args()
    if len(options.file) > 2:
        parser.error("one or two files, please")
    results = [open_result(path) for path in options.file]
    frame = results[0].table(options.scope) if len(results) == 1 else compare(*results, options.scope)
    print(frame.to_string())


if __name__ == "__main__":
    main()
