#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check.sh [SUMMARY]: the checks of a prepared gpu-check folder, on a machine with a GPU. Everything goes into one
# file, by default summary.txt beside this script; its last line is the verdict.
# Exit status: 0 all passed, 69 no GPU, 70 something failed.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
summary=$(realpath -m "${1:-$here/summary.txt}")
cd "$here" || exit 70
export PATH=$PATH:/usr/local/cuda/bin:/usr/local/cuda/compute-sanitizer:/opt/nvidia/nsight-compute
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=()

say() { printf '%s\n' "$*" | tee -a "$summary"; }
section() { say ""; say "== $*"; }

# run SECONDS NAME COMMAND...: one check with a time limit; its last lines go into the summary.
run()
{
    local limit=$1 name=$2 status left=$((465 - SECONDS))
    shift 2
    section "$name"
    [ "$limit" -lt "$left" ] || limit=$((left > 1 ? left : 1))
    timeout --kill-after=5 "$limit" "$@" >"$work/log" 2>&1
    status=$?
    tail -n 60 "$work/log" | tee -a "$summary"
    say "-- $name: exit status $status"
    return $status
}

check() { run "$@" || failed+=("$2"); }

# A checker that refuses the device itself (some virtual machines) says nothing about the program.
sanitize()
{
    run "$@" && return 0
    if grep -q 'Device not supported' "$work/log"; then
        say "-- $2: skipped, compute-sanitizer does not support this device here"
    else
        failed+=("$2")
    fi
}

verdict()
{
    say ""
    say "VERDICT: $1 ($SECONDS s)"
    echo "gpu-check: $summary" >&2
    exit "$2"
}

: >"$summary"
say "brink gpu-check, commit $(cat commit), $(date -u +%Y-%m-%dT%H:%M:%SZ)"
section machine
{
    uname -srm
    grep -m1 'model name' /proc/cpuinfo
    nproc
    command -v nvidia-smi >/dev/null && nvidia-smi
} 2>&1 | tee -a "$summary"

# The same folder says on any machine whether it can run at all.
if ! bin/brink --version >"$work/log" 2>&1; then
    say "$(cat "$work/log")"
    verdict "failed: the programs do not start on this machine" 70
fi
run 100 "benchmarks" bin/brink_bench_gpu
case $? in
0) ;;
77) verdict "no GPU: $(sed -n 's/^no GPU: //p' "$work/log")" 69 ;;
*) failed+=("benchmarks") ;;
esac

section "quickstart, one million paths, whole process"
for device in cpu cuda; do
    start=$(date +%s.%N)
    if timeout 100 bin/brink run configs/quickstart.toml --device "$device" --json --quiet -o "$work/$device.h5" \
        >"$work/$device.json" 2>"$work/$device.log"; then
        end=$(date +%s.%N)
        say "$device: $(awk "BEGIN {print $end - $start}") s process, $(
            tail -n 1 "$work/$device.json" | grep -o '"seconds":[0-9.e+-]*' | head -n 1) s," \
            "loss mean $(tail -n 1 "$work/$device.json" | grep -o '"loss":{"mean":{"value":[0-9.e+-]*,"se":[0-9.e+-]*')"
    else
        tail -n 5 "$work/$device.log" | tee -a "$summary"
        failed+=("quickstart on $device")
    fi
done

check 120 "GPU tests" bin/parity_executor_test --gtest_brief=0
check 30 "random words" bin/parity_philox_test

small='Scenarios/CpuAgainstGpu.*/one_asset:Backends/ExecutorContract.*/cuda'
if command -v compute-sanitizer >/dev/null; then
    sanitize 60 "memcheck" compute-sanitizer --tool memcheck --error-exitcode 9 \
        bin/parity_executor_test "--gtest_filter=$small"
    sanitize 45 "racecheck" compute-sanitizer --tool racecheck --error-exitcode 9 \
        bin/parity_executor_test '--gtest_filter=Backends/ExecutorContract.WritesItsPathsAndNothingElse/cuda'
else
    section "memcheck and racecheck"
    say "skipped: compute-sanitizer is not on this machine"
fi
if command -v ncu >/dev/null; then
    # Counters are often reserved to administrators: no failure.
    run 60 "issue rate, occupancy, spills" ncu --clock-control none --launch-count 1 \
        --kernel-name 'regex:core_kernel|run_paths' --section LaunchStats --section Occupancy \
        --section SchedulerStats --section InstructionStats bin/brink_bench_gpu
    run 60 "the same of the whole path program" ncu --clock-control none --launch-count 1 \
        --kernel-name regex:run_paths --section LaunchStats --section Occupancy --section SchedulerStats \
        --section InstructionStats bin/brink_bench_gpu
else
    section "issue rate, occupancy, spills"
    say "skipped: ncu is not on this machine"
fi

[ ${#failed[@]} = 0 ] || verdict "failed: $(IFS=,; echo "${failed[*]}")" 70
verdict passed 0
