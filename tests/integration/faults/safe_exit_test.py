#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""From the signal to a safe exit: at random moments of a run of the largest example, SIGTERM, SIGINT or SIGUSR1
ends it with a checkpoint and 75 within five seconds, and the next start goes on. Prints the times.

usage: safe_exit_test.py BRINK SOURCE TRIES [SCENARIO]
"""

import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

MOST_SECONDS = 5.0


def wait_for_start(file, process):
    """Until the first line of progress: from there on the run has its signal handlers."""
    while not file.exists() or file.stat().st_size == 0:
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.002)


def main():
    program, source, tries = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    scenario = source / (sys.argv[4] if len(sys.argv) > 4 else "configs/examples/client_book.toml")
    rng = random.Random(3)
    seconds, codes = [], {}
    with tempfile.TemporaryDirectory(prefix="brink-safe-exit-") as folder:
        output, progress = pathlib.Path(folder) / "r.h5", pathlib.Path(folder) / "progress.jsonl"
        command = [program, "run", str(scenario), "-q", "-o", str(output), "--paths", "100000000", "--checkpoint-every",
                   "PT1S", "--progress", str(progress)]
        for number in range(tries):
            progress.unlink(missing_ok=True)
            process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
            wait_for_start(progress, process)
            time.sleep(rng.uniform(0, 3))
            begin = time.monotonic()
            process.send_signal(rng.choice([signal.SIGTERM, signal.SIGINT, signal.SIGUSR1]))
            messages = process.communicate()[1]
            seconds.append(time.monotonic() - begin)
            codes[process.returncode] = codes.get(process.returncode, 0) + 1
            assert process.returncode == 75, f"try {number}: exit code {process.returncode}: {messages}"
    seconds.sort()
    p99 = seconds[min(len(seconds) - 1, int(0.99 * len(seconds)))]
    print(f"{scenario.name}: {tries} signals, exit codes {codes}, seconds to the exit: median {seconds[tries // 2]:.2f},"
          f" p99 {p99:.2f}, most {seconds[-1]:.2f}")
    assert p99 <= MOST_SECONDS


if __name__ == "__main__":
    main()
