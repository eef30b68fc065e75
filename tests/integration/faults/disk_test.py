#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Disks that are full, fail, become read-only or vanish: exit code 73 or 74, the checkpoint before stays and is
gone on with. Locks that the file system refuses change nothing.

usage: disk_test.py BRINK FAULTS SOURCE
"""

import errno
import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
from fault_runs import Brink, differences, read_all  # noqa: E402

SIGKILL_CODE = 137
UNSUPPORTED = 524  # of the Linux kernel, unknown to the C library: what NFS and Lustre answer to a lock


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.brink = Brink(*ARGUMENTS)
        code, messages = cls.brink.run()
        assert code == 0, messages
        cls.reference = read_all(cls.brink.result())

    def setUp(self):
        self.brink.clear()

    def leave_checkpoint(self):
        """The second checkpoint, of a process that died in place of renaming the third."""
        code, messages = self.brink.run(at=3, action="kill", calls="rename")
        self.assertEqual(code, SIGKILL_CODE, messages)
        return digest(self.brink.checkpoint())

    def assert_goes_on(self):
        code, messages = self.brink.run()
        self.assertEqual(code, 0, messages)
        self.assertEqual(differences(read_all(self.brink.result()), self.reference), [])

    def test_a_call_that_fails_leaves_the_checkpoint_before(self):
        self.leave_checkpoint()
        rng = random.Random(2)
        calls = self.brink.count_calls()
        for number in (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT):
            for at in [1, *sorted(rng.sample(range(2, calls), 2))]:
                with self.subTest(error=errno.errorcode[number], at=at):
                    self.brink.clear()
                    self.leave_checkpoint()
                    code, messages = self.brink.run(at=at, action=number)
                    if code == 0:  # only the removal of the checkpoint failed
                        self.assertEqual(differences(read_all(self.brink.result()), self.reference), [])
                        continue
                    self.assertIn(code, (73, 74), messages)
                    self.assertIn(str(self.brink.out), messages)
                    self.assertFalse(self.brink.result().exists())
                    read_all(self.brink.checkpoint())
                    self.assert_goes_on()

    def test_a_disk_that_is_full_from_the_start_leaves_the_very_checkpoint(self):
        before = self.leave_checkpoint()
        code, messages = self.brink.run(at=1, action=errno.ENOSPC)
        self.assertEqual(code, 74, messages)
        self.assertIn("No space left on device", messages)
        self.assertEqual(digest(self.brink.checkpoint()), before)
        self.assert_goes_on()

    def test_a_folder_that_becomes_a_file_is_73_or_74(self):
        process = self.brink.start()
        self.wait_for_checkpoint(process)
        moved = self.brink.folder / "moved"
        self.brink.out.rename(moved)
        self.brink.out.write_text("in the way")
        messages = process.communicate()[1]
        self.brink.out.unlink()
        moved.rename(self.brink.out)
        self.assertIn(process.returncode, (73, 74), messages)
        read_all(self.brink.checkpoint())
        self.assert_goes_on()

    def test_a_folder_that_is_deleted_is_made_anew_or_73_or_74(self):
        process = self.brink.start()
        self.wait_for_checkpoint(process)
        shutil.rmtree(self.brink.out, ignore_errors=True)
        messages = process.communicate()[1]
        self.assertIn(process.returncode, (0, 73, 74), messages)
        self.assert_goes_on()

    def wait_for_checkpoint(self, process):
        while not self.brink.checkpoint().exists():
            self.assertIsNone(process.poll())
            time.sleep(0.001)

    def test_locks_that_are_refused_change_nothing(self):
        for number in (errno.ENOLCK, errno.ENOSYS, errno.EAGAIN, UNSUPPORTED):
            with self.subTest(error=number):
                self.brink.clear()
                self.leave_checkpoint()
                code, messages = self.brink.run(at=1, action=number, calls="flock")
                self.assertEqual(code, 0, messages)
                self.assertEqual(differences(read_all(self.brink.result()), self.reference), [])


class RealDisk(unittest.TestCase):
    """A tmpfs of its own, in a private mount namespace."""

    SCRIPT = """
        mount -t tmpfs -o size=400m tmpfs "$1" || exit 199
        LD_PRELOAD=$2 BRINK_FAULT_FOLDER=$1 BRINK_FAULT_AT=3 BRINK_FAULT_ACTION=kill BRINK_FAULT_CALLS=rename \\
            "$3" run "$4" -q -o "$1/r.h5" --checkpoint-every PT0S --batch-chunks 1 2>/dev/null
        echo $?
        digest() { cksum <"$1/r.h5.checkpoint"; }
        before=$(digest "$1")
        HARM
        "$3" run "$4" -q -o "$1/r.h5" --checkpoint-every PT0S --batch-chunks 1
        echo $?
        [ "$(digest "$1")" = "$before" ] && echo same
        MEND
        "$3" run "$4" -q -o "$1/r.h5" --checkpoint-every PT0S --batch-chunks 1
        echo $?
        cp "$1/r.h5" "$5"
    """

    def run_on_disk(self, harm, mend):
        brink = Brink(*ARGUMENTS)
        result = brink.folder / "result.h5"
        scenario = brink.source / "tests/integration/faults/faults.toml"
        script = self.SCRIPT.replace("HARM", harm).replace("MEND", mend)
        command = ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--user", "--map-root-user"])
        command += ["/bin/sh", "-c", script, "sh", str(brink.out), brink.faults, brink.program, str(scenario), str(result)]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode == 199 or "unshare:" in run.stderr:
            self.skipTest("no private tmpfs can be mounted here")
        code, messages = brink.run()
        self.assertEqual(code, 0, messages)
        self.assertEqual(differences(read_all(result), read_all(brink.result())), [], run.stderr)
        return run.stdout.split(), run.stderr

    def test_that_is_full_is_74(self):
        said, messages = self.run_on_disk('dd if=/dev/zero of="$1/filler" bs=64k 2>/dev/null', 'rm "$1/filler"')
        self.assertEqual(said, ["137", "74", "same", "0"], messages)
        self.assertIn("No space left on device", messages)

    def test_that_is_read_only_is_73(self):
        said, messages = self.run_on_disk('mount -o remount,ro "$1"', 'mount -o remount,rw "$1"')
        self.assertEqual(said, ["137", "73", "same", "0"], messages)
        self.assertIn("Read-only file system", messages)


if __name__ == "__main__":
    ARGUMENTS = sys.argv[1:4]
    unittest.main(argv=sys.argv[:1])
