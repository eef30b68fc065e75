# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Sourced by the scripts beside it: packages, configure, build. Everything it prints goes to stderr.

brink_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What one build folder has compiled, ccache finds for another.
export CCACHE_BASEDIR=$brink_root CCACHE_NOHASHDIR=1

# Parallel compile jobs: one per core, and one per 1.5 GiB of memory that is free.
brink_jobs()
{
    local cores memory_kib
    cores=$(nproc)
    memory_kib=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
    if [ -r /sys/fs/cgroup/memory.max ] && [[ $(</sys/fs/cgroup/memory.max) =~ ^[0-9]+$ ]]; then
        local limit_kib=$(($(</sys/fs/cgroup/memory.max) / 1024))
        memory_kib=$((limit_kib < memory_kib ? limit_kib : memory_kib))
    fi
    local by_memory=$((memory_kib / 1572864))
    local jobs=$((cores < by_memory ? cores : by_memory))
    echo $((jobs < 1 ? 1 : jobs))
}

# brink_configure PRESET [CMAKE_ARGUMENT...]: configure build/PRESET, or do nothing where it is up to date.
# ninja itself notices changed CMake files; the presets and these arguments are compared here.
brink_configure()
{
    local preset=$1
    shift
    local folder=$brink_root/build/$preset
    local arguments=("$@")
    # CI compiles every template, for few asset counts and in haste, and accepts no warning.
    if [ -n "${CI:-}" ] && [ "$preset" = release ]; then
        arguments+=(-DBRINK_WARNINGS_AS_ERRORS=ON "-DBRINK_ASSET_COUNTS=4;8" "-DBRINK_CUDA_ASSET_COUNTS=4"
            -DBRINK_CUDA_FAST_COMPILE=ON -DBRINK_UNITY_TESTS=ON)
    fi
    if command -v ccache >/dev/null; then
        arguments+=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    fi
    # What the folder was configured with, one line each; more than is asked for now is as good.
    local stamp=$folder/brink-configured
    local wanted
    wanted=$(printf '%s\n' "presets $(cksum <"$brink_root/CMakePresets.json")" "${arguments[@]}")
    if [ -f "$folder/build.ninja" ] && [ -f "$stamp" ] &&
        ! grep -vqxF -f "$stamp" <<<"$wanted"; then
        return 0
    fi
    mkdir -p "$folder"
    local log=$folder/configure.log
    if ! (cd "$brink_root" && cmake --preset "$preset" "${arguments[@]}") >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        echo "brink: configuring build/$preset failed; the whole log is $log" >&2
        return 70
    fi
    sed -n '/^-- brink /,/^-- Configuring done/p' "$log" | grep -v '^-- Configuring done' >&2
    printf '%s\n' "$wanted" >"$stamp"
}

# brink_build PRESET [TARGET...]: build, with progress the first time and in silence afterwards.
brink_build()
{
    local folder=$brink_root/build/$1
    shift
    local targets=()
    [ $# = 0 ] || targets=(--target "$@")
    local quiet=()
    [ ! -x "$folder/brink" ] || quiet=(-- --quiet)
    cmake --build "$folder" -j "$(brink_jobs)" "${targets[@]}" "${quiet[@]}" >&2
}

# One configure or build at a time in this checkout: a second one waits.
brink_lock()
{
    mkdir -p "$brink_root/build"
    exec {brink_lock_fd}>"$brink_root/build/.lock"
    flock "$brink_lock_fd"
}

brink_unlock()
{
    exec {brink_lock_fd}>&-
}
