# SPDX-License-Identifier: Apache-2.0
"""Say in what two result files differ, how they were made aside. Exit code 1 where they do."""

import sys

import h5py
import numpy as np

# Root attributes that say who made a result, when and where.
MAKING = {
    "brink_commit", "build_flags", "build_type", "compiler", "cpu", "devices", "finished", "host", "name",
    "peak_memory_bytes", "restarts", "seconds", "started", "system", "threads",
}  # fmt: skip


def attributes_of(node, skip=frozenset()):
    kept = {}
    for key, value in node.attrs.items():
        if key in skip or key in ("REFERENCE_LIST", "DIMENSION_LIST"):
            continue
        kept[key] = value
    return kept


def differences(first, second):
    """Names of objects that are missing or differ, bit for bit."""
    found = []

    def look(name, node):
        if name.split("/")[0] == "provenance":
            return
        if name not in second:
            found.append(f"{name} is missing")
            return
        other = second[name]
        a, b = attributes_of(node), attributes_of(other)
        if a.keys() != b.keys() or any(not same_value(a[k], b[k]) for k in a):
            found.append(f"attributes of {name}")
        if isinstance(node, h5py.Dataset) and node.shape == other.shape:
            if node[()].tobytes() != other[()].tobytes() and not same_text(node, other):
                found.append(name)
        elif isinstance(node, h5py.Dataset):
            found.append(f"shape of {name}")

    first.visititems(look)
    second.visititems(lambda name, _: name in first or found.append(f"{name} is new"))
    a, b = attributes_of(first, MAKING), attributes_of(second, MAKING)
    found += [
        f"attribute {key}"
        for key in sorted(a.keys() | b.keys())
        if key not in a or key not in b or not same_value(a[key], b[key])
    ]
    return found


def same_value(a, b):
    """Numbers by their bits: a NaN is itself."""
    a, b = np.asarray(a), np.asarray(b)
    if a.dtype.kind in "fiu":
        return a.dtype == b.dtype and a.tobytes() == b.tobytes()
    return np.array_equal(a, b)


def same_text(node, other):
    """Texts of variable length are compared as texts: their bytes are pointers."""
    return node.dtype.kind == "O" and np.array_equal(node[()], other[()])


def main():
    with h5py.File(sys.argv[1], "r") as first, h5py.File(sys.argv[2], "r") as second:
        found = differences(first, second)
    for name in found:
        print(name)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
