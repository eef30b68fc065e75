# SPDX-License-Identifier: Apache-2.0
"""Runs of brink with faults injected into their files, and what is to be said of the files they leave."""

import errno
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import sys
import tempfile

os.environ["HDF5_USE_FILE_LOCKING"] = "FALSE"
try:
    import h5py
    import numpy as np
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)

#: Attributes that hold addresses inside of a file, and root attributes that tell of the making of a result.
LINKS = {"REFERENCE_LIST", "DIMENSION_LIST"}
MAKING = {"started", "finished", "host", "seconds", "peak_memory_bytes", "restarts", "threads", "devices"}
#: Of stress scenarios, paired by path: results do not keep the outcomes of all paths for an extension.
PAIRED = {"statistics/difference", "statistics/difference_se"}


class Brink:
    """The program, the library of faults, and a folder to run in."""

    def __init__(self, program, faults, source):
        self.program, self.faults, self.source = program, faults, pathlib.Path(source)
        self.temporary = tempfile.TemporaryDirectory(prefix="brink-faults-")
        self.folder = pathlib.Path(self.temporary.name).resolve()
        self.out = self.folder / "out"
        self.out.mkdir()

    def command(self, *arguments, output="r.h5"):
        scenario = self.source / "tests/integration/faults/faults.toml"
        return [self.program, "run", str(scenario), "-q", "-o", str(self.out / output), "--checkpoint-every", "PT0S",
                "--batch-chunks", "1", *map(str, arguments)]

    def start(self, *arguments, output="r.h5", at=0, action="", calls="", count=None, **options):
        environment = dict(os.environ)
        if at or count:
            environment |= {"LD_PRELOAD": self.faults, "BRINK_FAULT_FOLDER": str(self.out), "BRINK_FAULT_AT": str(at),
                            "BRINK_FAULT_ACTION": str(action), "BRINK_FAULT_CALLS": calls}
            if count:
                environment["BRINK_FAULT_COUNT"] = str(count)
        return subprocess.Popen(self.command(*arguments, output=output), env=environment, stderr=subprocess.PIPE,
                                stdout=subprocess.DEVNULL, text=True, **options)

    def run(self, *arguments, **fault):
        """Exit code and messages; a death by signal n is 128 + n."""
        process = self.start(*arguments, **fault)
        messages = process.communicate()[1]
        code = process.returncode
        return (128 - code if code < 0 else code), messages

    def count_calls(self, *arguments, calls=""):
        """Calls of a run from nothing to its end; leaves nothing."""
        self.clear()
        file = self.folder / "count"
        code, messages = self.run(*arguments, count=file, calls=calls)
        assert code == 0, messages
        self.clear()
        return int(file.read_text())

    def clear(self):
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()

    def result(self, output="r.h5"):
        return self.out / output

    def checkpoint(self, output="r.h5"):
        return self.out / f"{output}.checkpoint"


def read_all(path, without=()):
    """Every dataset and attribute of a file but those of its making, as bytes. Raises where the file is broken."""
    content = {}

    def add(name, item):
        if name.split("/")[0] == "provenance" or name in without:
            return
        for key, value in item.attrs.items():
            if key not in LINKS and (name or key not in MAKING):
                content[f"{name}@{key}"] = repr(value) if isinstance(value, (str, bytes)) else as_bytes(value)
        if isinstance(item, h5py.Dataset):
            content[name] = (item.shape, as_bytes(item[()]))

    check_seal(path)
    with h5py.File(path, "r") as file:
        add("", file)
        file.visititems(add)
    return content


def as_bytes(value):
    array = np.asarray(value)
    return repr(array.tolist()) if array.dtype.kind in "OV" else array.tobytes()


def check_seal(path):
    """The last 24 bytes say how long the file is."""
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < 24:
            raise OSError(errno.EIO, f"{path} has {size} bytes")
        file.seek(size - 24)
        mark, num_bytes, _ = struct.unpack("<8sQQ", file.read(24))
    if mark != b"BRNKSEAL" or num_bytes != size - 24:
        raise OSError(errno.EIO, f"{path} has no seal")


def differences(a, b):
    """Names of what differs between two files as read by read_all."""
    names = sorted(a.keys() | b.keys())
    return [name for name in names if a.get(name) != b.get(name)]


def signal_name(code):
    return signal.Signals(code - 128).name if code > 128 else str(code)
