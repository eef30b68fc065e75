#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""However a run comes to its paths, its numbers are the same: two processes on one output, more paths added to
a finished result, shards merged, of a sweep too.

usage: same_numbers_test.py BRINK FAULTS SOURCE PATHS
"""

import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
from fault_runs import PAIRED, Brink, differences, read_all  # noqa: E402


#: Six points of two chunks, of which each of three shards has two.
SWEEP = ["--paths", "70001", "--set", 'output.outcomes="tail"', "--set",
         'sweep.axis=[{ key = "market.volatility_scale", from = 0.5, to = 3, count = 6 }]']


class SameNumbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.brink = Brink(*ARGUMENTS)
        cls.options = ["--paths", PATHS, "--set", 'output.outcomes="tail"']
        code, messages = cls.brink.run(*cls.options, output="whole.h5")
        assert code == 0, messages
        cls.whole = cls.brink.result("whole.h5")

    def assert_same(self, output, without=(), whole=None):
        different = differences(read_all(self.brink.result(output), without), read_all(whole or self.whole, without))
        self.assertEqual(different, [])
        self.assertFalse(self.brink.checkpoint(output).exists())

    def test_two_processes_on_one_output(self):
        processes = [self.brink.start(*self.options, output="two.h5") for _ in range(2)]
        for process in processes:
            messages = process.communicate()[1]
            self.assertEqual(process.returncode, 0, messages)
        self.assert_same("two.h5")

    def test_two_processes_of_which_one_is_killed(self):
        victim = self.brink.start(*self.options, output="one.h5", at=20, action="kill")
        other = self.brink.start(*self.options, output="one.h5")
        victim.communicate()
        messages = other.communicate()[1]
        self.assertEqual((victim.returncode, other.returncode), (-9, 0), messages)
        self.assert_same("one.h5")

    def test_paths_added_to_a_finished_result(self):
        for paths in (PATHS // 10, PATHS // 2 + 1, PATHS):
            code, messages = self.brink.run(*self.options[2:], "--paths", paths, output="more.h5")
            self.assertEqual(code, 0, messages)
        self.assert_same("more.h5", without=PAIRED)

    def test_paths_added_and_killed_on_the_way(self):
        code, messages = self.brink.run(*self.options[2:], "--paths", PATHS // 10, output="added.h5")
        self.assertEqual(code, 0, messages)
        smaller = read_all(self.brink.result("added.h5"))
        code, messages = self.brink.run(*self.options, output="added.h5", at=3, action="kill", calls="rename")
        self.assertEqual(code, 137, messages)
        self.assertEqual(differences(read_all(self.brink.result("added.h5")), smaller), [])
        code, messages = self.brink.run(*self.options, output="added.h5")
        self.assertEqual(code, 0, messages)
        self.assert_same("added.h5", without=PAIRED)

    def test_shards_merged(self):
        for shards in (1, 3, 8):
            parts = []
            for number in range(1, shards + 1):
                name = f"part-{number}-of-{shards}.h5"
                code, messages = self.brink.run(*self.options, "--shard", f"{number}/{shards}", output=name)
                self.assertEqual(code, 0, messages)
                parts.append(str(self.brink.result(name)))
            merged = self.brink.result(f"merged-{shards}.h5")
            run = subprocess.run([self.brink.program, "merge", "-q", "-o", str(merged), *reversed(parts)],
                                 capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assert_same(merged.name)

    def test_a_shard_killed_on_the_way(self):
        parts = []
        for number in (1, 2):
            name = f"killed-{number}.h5"
            code, _ = self.brink.run(*self.options, "--shard", f"{number}/2", output=name, at=2, action="kill",
                                     calls="rename")
            self.assertEqual(code, 137)
            code, messages = self.brink.run(*self.options, "--shard", f"{number}/2", output=name)
            self.assertEqual(code, 0, messages)
            parts.append(str(self.brink.result(name)))
        merged = self.brink.result("merged.h5")
        run = subprocess.run([self.brink.program, "merge", "-q", "-o", str(merged), *parts], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assert_same("merged.h5")

    def test_a_sweep_in_shards_killed_on_the_way(self):
        code, messages = self.brink.run(*SWEEP, output="sweep.h5")
        self.assertEqual(code, 0, messages)
        parts = []
        for number in (1, 2, 3):
            name = f"sweep-{number}.h5"
            shard = ["--shard", f"{number}/3"]
            code, _ = self.brink.run(*SWEEP, *shard, output=name, at=3 if number == 3 else 2, action="kill", calls="rename")
            self.assertEqual(code, 137)
            self.assertTrue(self.brink.checkpoint(name).exists())
            code, messages = self.brink.run(*SWEEP, *shard, output=name)
            self.assertEqual(code, 0, messages)
            self.assertFalse(self.brink.checkpoint(name).exists())
            parts.append(str(self.brink.result(name)))
        merged = self.brink.result("sweep-merged.h5")
        run = subprocess.run([self.brink.program, "merge", "-q", "-o", str(merged), *reversed(parts)], capture_output=True,
                             text=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assert_same(merged.name, whole=self.brink.result("sweep.h5"))


if __name__ == "__main__":
    ARGUMENTS, PATHS = sys.argv[1:4], int(sys.argv[4])
    unittest.main(argv=sys.argv[:1])
