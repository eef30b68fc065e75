#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What brink merge --view writes opens in h5py and xarray as the merge that copies: all columns, also after the
whole folder moved and from another working directory. A part that is missing or another one is named.

usage: views_open_in_python.py BRINK SOURCE
Exit status 77 (skipped) where h5py, h5netcdf or xarray is missing.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
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

BRINK, SOURCE = sys.argv[1:3]
sys.path.insert(0, str(pathlib.Path(SOURCE) / "scripts/analysis"))
import brink_results  # noqa: E402

PATHS = 150_000  # three chunks, the last one short


def brink(*arguments):
    return subprocess.run([BRINK, *map(str, arguments)], capture_output=True, text=True)


def shard(part, number, *more):
    scenario = [pathlib.Path(SOURCE) / "configs/quickstart.toml", "--set", "run.horizon=PT12H", "--paths", PATHS]
    run = brink("run", *scenario, "--set", 'output.outcomes="all"', "--shard", f"{number}/2", "-q", "-o", part, *more)
    assert run.returncode == 0, run.stderr


def rows(file):
    with xr.open_dataset(file, engine="h5netcdf", group="paths") as dataset:
        return dataset.load()


class ViewsOpenInPython(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory()
        made = pathlib.Path(cls.made.name)
        (made / "parts").mkdir()
        parts = [made / "1.h5", made / "parts/2.h5"]
        for number, part in enumerate(parts, 1):
            shard(part, number)
        for name, more in (("plain.h5", []), ("view.h5", ["--view"])):
            merge = brink("merge", *parts, "-o", made / name, "-q", *more)
            assert merge.returncode == 0, merge.stderr

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.here = pathlib.Path(self.folder.name) / "moved"
        shutil.copytree(self.made.name, self.here)
        self.before = os.getcwd()

    def tearDown(self):
        os.chdir(self.before)
        self.folder.cleanup()

    def test_is_the_merge_that_copies(self):
        os.rename(self.made.name, self.made.name + ".away")  # nothing may be read from there
        try:
            for directory, file in (("/", self.here / "view.h5"), (self.here / "parts", "../view.h5")):
                os.chdir(directory)
                plain, view = rows(self.here / "plain.h5"), rows(file)
                self.assertEqual(view.sizes["path"], PATHS)
                xr.testing.assert_identical(view, plain)
                xr.testing.assert_identical(brink_results.open_result(file).paths, plain)
        finally:
            os.rename(self.made.name + ".away", self.made.name)
        self.assertLess((self.here / "view.h5").stat().st_size, (self.here / "plain.h5").stat().st_size / 10)

    def test_larger_parts_are_shown_too(self):
        view = self.here / "new/view.h5"
        self.assertEqual(brink("merge", "--partial", self.here / "1.h5", self.here / "parts/2.h5", "-o", self.here / "12").returncode, 0)
        self.assertEqual(brink("merge", self.here / "12", "-o", view, "--view", "-q").returncode, 0)
        xr.testing.assert_identical(rows(view), rows(self.here / "plain.h5"))

    def test_every_other_group_is_the_same(self):
        with h5py.File(self.here / "plain.h5") as plain, h5py.File(self.here / "view.h5") as view:
            self.assertEqual(set(plain) - set(view), {"state"})
            self.assertEqual(set(view) - set(plain), {"view"})
            names = []
            plain.visititems(lambda name, item: names.append(name) if isinstance(item, h5py.Dataset) else None)
            for name in (name for name in names if not name.startswith("state/")):
                np.testing.assert_array_equal(view[name][()], plain[name][()], name)

    def test_page_names_every_dataset_of_the_view(self):
        page = (pathlib.Path(SOURCE) / "docs/output-format.md").read_text()
        with h5py.File(self.here / "view.h5") as file:
            for name in file["view"]:
                self.assertIn(f"`{name}`", page)
            self.assertIn("## /view", page)

    def test_missing_part_is_nan_to_others_and_named_by_brink(self):
        (self.here / "parts/2.h5").unlink()
        view, plain = rows(self.here / "view.h5"), rows(self.here / "plain.h5")
        first = int(h5py.File(self.here / "view.h5")["view/whole_rows"][0])
        np.testing.assert_array_equal(view.loss[:first], plain.loss[:first])
        self.assertTrue(np.isnan(view.loss[first:]).all())
        np.testing.assert_array_equal(view.path, plain.path)
        result = brink_results.open_result(self.here / "view.h5")
        self.assertEqual(len(result.table()), len(brink_results.open_result(self.here / "plain.h5").table()))
        with self.assertRaisesRegex(FileNotFoundError, "parts/2.h5"):
            _ = result.paths
        inspect = brink("inspect", self.here / "view.h5")
        self.assertEqual(inspect.returncode, 66)
        self.assertIn("parts/2.h5", inspect.stderr)
        self.assertIn("loss", inspect.stdout)

    def test_part_of_another_run_is_named(self):
        shard(self.here / "1.h5", 1, "--seed", "5", "--force")
        with self.assertRaisesRegex(ValueError, "1.h5.*no longer the part"):
            _ = brink_results.open_result(self.here / "view.h5").paths
        self.assertEqual(brink("inspect", self.here / "view.h5").returncode, 65)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
