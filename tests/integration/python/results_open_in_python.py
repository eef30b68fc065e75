#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Result files open in h5py, xarray and h5dump without brink, with dims, coordinates and units.

usage: results_open_in_python.py WRITE_SAMPLE_RESULT SCRIPTS_ANALYSIS
Exit status 77 (skipped) where h5py, h5netcdf or xarray is missing.
"""

import math
import pathlib
import shutil
import subprocess
import sys
import tempfile
import types
import unittest

sys.dont_write_bytecode = True
try:
    import h5netcdf  # noqa: F401 (the engine that xarray loads)
    import h5py
    import numpy as np
    import xarray as xr
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)

WRITER, ANALYSIS = sys.argv[1:3]
sys.path.insert(0, ANALYSIS)
import brink_results  # noqa: E402
import plot_sweep  # noqa: E402


class OpensInPython(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.file = str(pathlib.Path(cls.folder.name) / "sample.h5")
        cls.compressed = str(pathlib.Path(cls.folder.name) / "compressed.h5")
        subprocess.run([WRITER, cls.file, "0"], check=True)
        subprocess.run([WRITER, cls.compressed, "4"], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def group(self, name, file=None):
        with xr.open_dataset(file or self.file, engine="h5netcdf", group=name) as dataset:
            return dataset.load()

    def groups(self):
        with h5py.File(self.file, "r") as file:
            names = []
            file.visititems(lambda name, item: names.append(name) if isinstance(item, h5py.Group) else None)
        return names

    def test_root_attributes(self):
        with h5py.File(self.file, "r") as file:
            self.assertEqual(file.attrs["filetype"], "brink-result")
            self.assertEqual(list(file.attrs["schema_version"]), [1, 3])
            self.assertEqual(file.attrs["name"], "Fonds für Übersee 基金")
            self.assertEqual(file.attrs["seed"], "18446744073709551615")
            self.assertEqual(file.attrs["paths"], 1_000_000)
            self.assertEqual(file.attrs["config"], '[run]\nname = "Fonds"\n')

    def test_every_group_opens_with_named_dimensions(self):
        for name in self.groups():
            for variable in self.group(name).variables.values():
                for dimension in variable.dims:
                    self.assertFalse(dimension.startswith("phony"), f"{name}: {dimension}")

    def test_every_variable_says_what_it_is(self):
        for name in self.groups():
            for key, variable in self.group(name).variables.items():
                self.assertTrue(variable.attrs.get("long_name"), f"{name}/{key}")

    def test_statistics_are_one_labelled_table(self):
        statistics = self.group("statistics")
        self.assertEqual(statistics.value.dims, ("scope", "outcome", "statistic"))
        loss = statistics.sel(scope="book", outcome="loss")
        self.assertEqual(loss.value.sel(statistic="var_0.99"), 0.1 + 0.2)
        self.assertEqual(loss.lo.sel(statistic="var_0.99"), -math.inf)
        self.assertEqual(loss.n_tail.sel(statistic="es_0.99"), 10_000)
        self.assertIn("infinite variance", loss.flag.sel(statistic="es_0.99").item())
        self.assertEqual(loss.unit.item(), "USD")
        self.assertEqual(loss.level.sel(statistic="es_0.99"), 0.99)
        self.assertEqual(loss.kind.sel(statistic="es_0.99").item(), "es")
        called = statistics.sel(scope="book", outcome="called")
        self.assertTrue(np.isnan(called.value.sel(statistic="es_0.99")))
        self.assertEqual(called.computed.sel(statistic="es_0.99"), 0)
        account = statistics.sel(scope="account:α/β desk", outcome="loss")
        self.assertEqual(account.se.sel(statistic="mean"), 5e-324)

    def test_fan_has_coordinates_with_units(self):
        fan = self.group("fans/health")
        self.assertEqual(fan.time.attrs["units"], "s")
        self.assertEqual(fan.time.dtype, np.float64)  # not decoded into dates
        self.assertEqual(fan["quantile"].sel(scope="book", level=0.05, time=3600), 1.25)
        self.assertEqual(fan["quantile"].sel(scope="book", level=0.5, time=7200), math.inf)

    def test_units(self):
        self.assertEqual(self.group("histograms/loss").lower.attrs["units"], "USD")
        self.assertEqual(self.group("paths").loss.attrs["units"], "USD")
        self.assertEqual(self.group("paths").first_call_time.attrs["units"], "s")
        self.assertEqual(self.group("paths").min_health.attrs["units"], "1")
        self.assertEqual(self.group("accounts").exceedance_level.attrs["units"], "USD")

    def test_path_columns(self):
        paths = self.group("paths")
        self.assertEqual(paths.attrs["kept"], "tail")
        self.assertEqual(paths.loss.dtype, np.float32)
        self.assertEqual(paths.topup_total.sel(path=3), 2)  # third of the outcome list
        self.assertTrue(np.isnan(paths.topup_total.sel(path=17)))

    def test_output_format_page_names_every_dataset_and_root_attribute(self):
        page = (pathlib.Path(ANALYSIS).parents[1] / "docs/output-format.md").read_text()
        with h5py.File(self.file, "r") as file:
            names = set(file.attrs)
            file.visit(lambda name: names.add(name.split("/")[-1].removesuffix(":β")))  # of regimes
        groups = {"statistics", "sweep", "histograms", "fans", "accounts", "worst_paths", "paths", "parts", "tails", "provenance", "correlation_repair",
                  "regimes"}
        for name in names - {"health", "volatility", "policy"}:  # what the sample calls them
            self.assertIn(f"/{name}" if name in groups else f"`{name}`", page)

    def test_small_tables(self):
        worst = self.group("worst_paths")
        self.assertEqual(worst.path.sel(scope="book", rank=2), 17)
        account = worst.sel(scope="account:α/β desk")
        self.assertEqual((account.num_ranks, account.path[0]), (1, 5))
        self.assertTrue(np.isnan(account.loss[1]))
        self.assertEqual(self.group("accounts")["mean"].sel(outcome="called", account="β"), 0.2)
        self.assertEqual(self.group("accounts").exceedances.sel(exceedance_level=1e6, account="β"), 1)
        self.assertEqual(self.group("parts")["mean"].sel(part="funding"), 34.5)
        self.assertEqual(self.group("provenance").warnings.values[2], "Grüße")

    def test_sweep_is_one_labelled_cube(self):
        sweep = brink_results.open_result(self.file).sweep
        self.assertEqual(sweep.value.dims, ("volatility", "policy", "scope", "outcome", "statistic"))
        self.assertEqual(sweep.volatility.values.tolist(), [1, 2.5])
        self.assertEqual(sweep.volatility.attrs["long_name"], "market.volatility_scale, x.y")
        self.assertEqual(sweep.policy.values.tolist(), ["as it is", "β"])
        mean = sweep.sel(volatility=2.5, policy="β", scope="book", outcome="loss", statistic="mean")
        self.assertEqual((mean.value, mean.difference, mean.difference_se, mean.paths), (3, 2, 0.05, 1003))
        missing = sweep.sel(volatility=2.5, policy="as it is", scope="book", outcome="loss", statistic="mean")
        self.assertTrue(np.isnan(missing.value) and np.isnan(missing.difference))
        self.assertEqual((missing.paths, missing.scenario_hash.item()), (0, ""))

    def test_differences_stand_in_the_statistics(self):
        mean = self.group("statistics").sel(outcome="loss", statistic="mean")
        self.assertEqual(mean.difference.sel(scope="account:α/β desk"), 0.25)
        self.assertTrue(np.isnan(mean.difference.sel(scope="book")))

    def test_heat_map_has_the_values_of_the_cube(self):
        sweep = brink_results.open_result(self.file).sweep
        table = plot_sweep.heat_map(sweep, "loss", "mean", ("policy", "volatility"))
        self.assertEqual(table.value.dims, ("policy", "volatility"))
        np.testing.assert_array_equal(table.value, [[0, np.nan], [1, 3]])
        np.testing.assert_array_equal(table.error, [[0.1, np.nan], [0.1, 0.1]])
        difference = plot_sweep.heat_map(sweep, "loss", "mean", ("policy", "volatility"), difference=True)
        np.testing.assert_array_equal(difference.value, [[-1, np.nan], [0, 2]])
        np.testing.assert_array_equal(difference.error, [[0.05, np.nan], [0.05, 0.05]])

    def test_heat_map_says_what_it_cannot_draw(self):
        sweep = brink_results.open_result(self.file).sweep
        with self.assertRaisesRegex(ValueError, "no statistic 'es_0.9'.*mean"):
            plot_sweep.heat_map(sweep, "loss", "es_0.9", ("policy", "volatility"))
        with self.assertRaisesRegex(ValueError, "no axis 'delay'.*volatility, policy"):
            plot_sweep.choose_axes(sweep, "delay", None, {})
        with self.assertRaisesRegex(ValueError, "fix 'policy'"):
            plot_sweep.choose_axes(sweep.expand_dims(third=[1, 2]), "volatility", "third", {})
        self.assertEqual(plot_sweep.choose_axes(sweep, None, None, {}), ("volatility", "policy"))

    def test_compressed_file_holds_the_same(self):
        for name in self.groups():
            xr.testing.assert_identical(self.group(name), self.group(name, self.compressed))
        with h5py.File(self.compressed, "r") as file:
            self.assertEqual(file["tails/loss/value"].compression, "gzip")

    def test_h5dump_reads_all_of_it(self):
        if shutil.which("h5dump") is None:
            self.skipTest("h5dump is not installed")
        dump = subprocess.run(["h5dump", self.file], capture_output=True, text=True)
        self.assertEqual((dump.returncode, dump.stderr), (0, ""))
        self.assertIn("infinite variance", dump.stdout)

    def test_analysis_scripts_read_it(self):
        result = brink_results.open_result(self.file)
        self.assertEqual(len(result.histogram("loss").lower), 4)
        self.assertEqual(len(result.histogram("loss", "account:α/β desk").lower), 2)
        self.assertEqual(result.fan()["quantile"].dims, ("level", "time"))
        self.assertIsNone(result.fan(scope="account:α/β desk"))
        self.assertEqual(result.tail("min_health").tolist(), [0.25, 0.5])
        self.assertIsNone(result.tail("fees"))
        self.assertEqual(len(result.table()), 7)
        same = brink_results.compare(result, result)
        self.assertEqual(same.difference.loc[("loss", "es_0.99")], 0)
        self.assertAlmostEqual(same.se.loc[("loss", "es_0.99")], 210 * math.sqrt(2))
        self.assertTrue(np.isnan(same.paired_se.loc[("loss", "es_0.99")]))  # not all paths were written

    def test_differences_are_paired_path_by_path(self):
        rng = np.random.default_rng(1)
        common, noise = rng.normal(size=(2, 4000))

        def result(loss):
            column = xr.Dataset({"loss": ("path", loss)})
            return types.SimpleNamespace(paths=column, attrs={"paths": loss.size})

        a, b = result(common), result(common + 0.01 * noise + 0.1)
        self.assertAlmostEqual(brink_results.paired_error(a, b, "loss", "mean"), 0.01 / math.sqrt(4000), delta=1e-5)
        self.assertLess(brink_results.paired_error(a, b, "loss", "es_0.9"), 0.1 / math.sqrt(4000))
        self.assertTrue(np.isnan(brink_results.paired_error(a, b, "loss", "var_0.9")))
        tail = np.sort(common)[-400:].mean()
        self.assertAlmostEqual(brink_results.path_influences(a, "loss", "es_0.9").mean(), tail, places=10)

    def test_analysis_scripts_refuse_other_files(self):
        other = str(pathlib.Path(self.folder.name) / "other.h5")
        with h5py.File(other, "w") as file:
            file.attrs["filetype"] = "something else"
        with self.assertRaisesRegex(ValueError, "not a brink result"):
            brink_results.open_result(other)
        shutil.copy(self.file, other)
        with h5py.File(other, "r+") as file:
            file.attrs["schema_version"] = np.array([2, 0], dtype=np.int32)
        with self.assertRaisesRegex(ValueError, "schema version 2"):
            brink_results.open_result(other)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
