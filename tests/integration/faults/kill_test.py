#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""kill -9 at random moments, in place of chosen calls, and half way through a write, while a run writes
checkpoints: every restart goes on and ends with the numbers of a run that nobody disturbed, and a reader that
looks at result and checkpoint all the time never sees a broken file.

usage: kill_test.py BRINK FAULTS SOURCE KILLS
"""

import multiprocessing
import random
import sys
import time
import traceback

sys.dont_write_bytecode = True
from fault_runs import Brink, differences, h5py, read_all  # noqa: E402

SIGKILL_CODE = 137
WRITES = "write,pwrite"


def poll(paths, stop, answer):
    """Read the files again and again; answers with the number of reads and what was broken."""
    reads, broken = 0, None
    while not stop.is_set() and broken is None:
        for path in paths:
            try:
                read_all(path)
                reads += 1
            except FileNotFoundError:
                pass
            except Exception:  # whatever a reader may meet
                broken = f"{path}: {traceback.format_exc()}"
        time.sleep(0.02)
    answer.put((reads, broken))


class Trial:
    def __init__(self, brink, reference, seconds):
        self.brink, self.reference, self.seconds = brink, reference, seconds
        self.rng = random.Random(1)
        self.calls = {"call": brink.count_calls(), "half": brink.count_calls(calls=WRITES)}
        self.kills = {"call": 0, "half": 0, "moment": 0}
        self.completed = self.went_on = 0
        self.had_checkpoint = self.had_result = False

    def strike(self):
        """One start that is killed, or ends before. \\return its exit code and messages"""
        kind = self.rng.choice(list(self.kills))
        if kind == "moment":
            process = self.brink.start()
            try:
                messages = process.communicate(timeout=self.rng.uniform(0, self.seconds))[1]
            except Exception:
                process.kill()
                messages = process.communicate()[1]
            code = 128 - process.returncode if process.returncode < 0 else process.returncode
        else:
            action, calls = ("kill", "") if kind == "call" else ("half", WRITES)
            code, messages = self.brink.run(at=self.rng.randint(1, self.calls[kind]), action=action, calls=calls)
        if code == SIGKILL_CODE:
            self.kills[kind] += 1
        return code, messages

    def look_before(self):
        """A process that is killed between its result and its end leaves both files: the next removes the checkpoint."""
        self.had_checkpoint = self.brink.checkpoint().exists()
        self.had_result = self.brink.result().exists()

    def check_end(self):
        content = read_all(self.brink.result())
        with h5py.File(self.brink.result(), "r") as file:
            went_on = "provenance/resumed_instant" in file
            assert self.had_result or went_on == self.had_checkpoint, "did not go on from the checkpoint"
        assert not self.brink.checkpoint().exists(), "the checkpoint is left behind"
        different = differences(content, self.reference)
        assert not different, f"other numbers than without interruption: {different}"
        self.completed += 1
        self.brink.clear()

    def run(self, kills, reader):
        """Until there are so many, or the reader has met a broken file."""
        while sum(self.kills.values()) < kills and reader.is_alive():
            self.look_before()
            self.went_on += self.had_checkpoint
            code, messages = self.strike()
            if code == 0:
                self.check_end()
            else:
                assert code == SIGKILL_CODE, f"exit code {code}: {messages}"
                for path in (self.brink.result(), self.brink.checkpoint()):
                    if path.exists():
                        read_all(path)
        self.look_before()
        code, messages = self.brink.run()
        assert code == 0, f"exit code {code}: {messages}"
        self.check_end()


def main():
    brink = Brink(*sys.argv[1:4])
    begin = time.monotonic()
    code, messages = brink.run()
    assert code == 0, messages
    seconds = time.monotonic() - begin
    trial = Trial(brink, read_all(brink.result()), seconds)
    stop, answer = multiprocessing.Event(), multiprocessing.Queue()
    reader = multiprocessing.Process(target=poll, args=((brink.result(), brink.checkpoint()), stop, answer))
    reader.start()
    try:
        trial.run(int(sys.argv[4]), reader)
    finally:
        stop.set()
        reads, broken = answer.get()
        reader.join()
    assert broken is None, broken
    assert trial.completed > 0 and trial.went_on > 0 and reads > 0
    print(f"kills {trial.kills}, {trial.went_on} restarts from a checkpoint, {trial.completed} runs to the end with the"
          f" same numbers, {reads} reads of whole files, {trial.calls} calls a run")


if __name__ == "__main__":
    main()
