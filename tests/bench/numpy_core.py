#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The `core` case in vectorised NumPy: what a careful analyst would write.

Philox normals, Cholesky, exp, 3-tier haircuts, 5-tier maintenance margin, a liquidation mask; vectorised
over paths, one step at a time. Prints one JSON line: name, asset-steps per second, liquidated share.
"""
import argparse
import json
import time

import numpy as np

VOLATILITY = np.array([0.6, 0.8, 0.9, 0.02])
CORRELATION = np.array([[1, 0.8, 0.7, 0.05], [0.8, 1, 0.75, 0.05], [0.7, 0.75, 1, 0.05], [0.05, 0.05, 0.05, 1]])
COLLATERAL = np.array([3e5, 4e5, 2e5, 5e5])
POSITION = np.array([2e6, -1.5e6, 1e6, 0.0])
HAIRCUT = [(0.95, 0.0), (0.90, 12_500.0), (0.80, 62_500.0)]
FLOORS = [0, 5e4, 2.5e5, 1e6, 5e6]
RATES = [0.004, 0.005, 0.01, 0.025, 0.05]
DEBT = 1.22e6


def maintenance_slabs():
    amount, slabs = 0.0, []
    for k, (floor, rate) in enumerate(zip(FLOORS, RATES)):
        if k:
            amount += floor * (rate - RATES[k - 1])
        slabs.append((rate, amount))
    return slabs


def run(dtype, paths, steps):
    dt = 1 / (365 * 288)
    factor = (np.linalg.cholesky(CORRELATION) * (VOLATILITY * np.sqrt(dt))[:, None]).astype(dtype)
    drift = (-0.5 * VOLATILITY**2 * dt).astype(dtype)[:, None]
    collateral = COLLATERAL.astype(dtype)[:, None]
    position = POSITION.astype(dtype)[:, None]
    slabs = maintenance_slabs()
    random = np.random.Generator(np.random.Philox(1))
    log_price = np.zeros((4, paths), dtype)
    loss = np.zeros(paths, dtype)
    alive = np.ones(paths, bool)
    for _ in range(steps):
        normal = random.standard_normal((4, paths), dtype=dtype)
        log_price += factor @ normal + drift
        price = np.exp(log_price)
        value = collateral * price
        counted = HAIRCUT[0][0] * value
        for ratio, offset in HAIRCUT[1:]:
            np.minimum(counted, ratio * value + dtype(offset), out=counted)
        notional = np.abs(position) * price
        required = slabs[0][0] * notional
        for rate, amount in slabs[1:]:
            np.maximum(required, rate * notional - dtype(amount), out=required)
        equity = (counted + position * (price - 1)).sum(axis=0) - dtype(DEBT)
        np.copyto(loss, -equity, where=alive)
        alive &= equity >= required.sum(axis=0)
    return 1 - alive.mean()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--paths", type=int, default=16384)
    parser.add_argument("--steps", type=int, default=288)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    for name, dtype in (("float", np.float32), ("double", np.float64)):
        best, liquidated = np.inf, 0.0
        for _ in range(options.repeats):
            start = time.perf_counter()
            liquidated = run(dtype, options.paths, options.steps)
            best = min(best, time.perf_counter() - start)
        rate = 4 * options.paths * options.steps / best
        print(json.dumps({"name": f"numpy_core/{name}", "value": rate, "liquidated": round(float(liquidated), 4)}))


if __name__ == "__main__":
    main()
