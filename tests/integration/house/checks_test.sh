#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The checks of scripts/ accept a clean tree and refuse each planted offence, naming the file.
set -euo pipefail
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
for tool in git python3 g++ nm; do
    command -v "$tool" >/dev/null || { echo "skipped: no $tool here"; exit 77; }
done

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/scripts" "$tree/models/core" "$tree/io" "$tree/host" "$tree/objects/x_isa_v3.dir"
cp "$source_dir"/scripts/check-* "$tree/scripts/"
git -C "$tree" init -q
licence='// SPDX-License-Identifier: Apache-2.0'
printf '%s\n#include <cstdint>\n' "$licence" >"$tree/models/core/clean.hpp"
failures=0

# accepts CHECK...: the check passes on the tree as it is.
accepts()
{
    git -C "$tree" add -A
    if ! output=$("$tree/scripts/$1" "${@:2}" 2>&1); then
        printf '%s refuses a clean tree:\n%s\n' "$1" "$output"
        failures=$((failures + 1))
    fi
}

# refuses FILE TEXT CHECK...: the check fails and names FILE once it holds TEXT; FILE goes away again.
refuses()
{
    local file=$1 text=$2
    shift 2
    printf '%b\n' "$text" >"$tree/$file"
    git -C "$tree" add -A
    if output=$("$tree/scripts/$1" "${@:2}" 2>&1); then
        printf '%s accepts %s with: %s\n' "$1" "$file" "$text"
        failures=$((failures + 1))
    elif ! grep -qF "$file" <<<"$output"; then
        printf '%s does not name %s but says:\n%s\n' "$1" "$file" "$output"
        failures=$((failures + 1))
    fi
    rm "$tree/$file"
}

accepts check-layering
refuses models/core/bad.hpp '#include "host/plan/plan.hpp"' check-layering
refuses models/core/bad.hpp '#include <vector>' check-layering
refuses io/bad.cpp '#include "host/plan/plan.hpp"' check-layering
refuses io/bad.cpp '#include <Eigen/Dense>' check-layering
refuses host/bad.cpp '#include <hdf5.h>' check-layering
refuses host/bad.cpp '#  include <cuda_runtime.h>' check-layering

accepts check-words
refuses io/bad.cpp "$licence\n// TO""DO: later" check-words
refuses io/bad.cpp 'int no_licence;' check-words
refuses io/CMakeLists.txt "# SPDX-License-Identifier: Apache-2.0\nadd_compile_options(-ffast""-math)" check-words

accepts check-size
refuses io/bad.cpp "$(printf 'int x;\\n%.0s' {1..401})" check-size

# A kernel object may define functions of its own namespace, and no template of anybody else's.
compile()
{
    g++ -std=c++20 -O0 -c -x c++ - -o "$tree/objects/x_isa_v3.dir/kernel.o"
}
compile <<<'namespace brink::isa_v3 { inline int f() { return 1; } int g() { return f(); } }'
accepts check-symbols "$tree/objects"
compile <<<'#include <cmath>
namespace brink::isa_v3 { float g(float x) { return std::sqrt(x); } }'
if "$tree/scripts/check-symbols" "$tree/objects" >/dev/null 2>&1; then
    echo "check-symbols accepts std::sqrt as a weak symbol of a kernel object"
    failures=$((failures + 1))
fi
rm "$tree/objects/x_isa_v3.dir/kernel.o"
if "$tree/scripts/check-symbols" "$tree/objects" >/dev/null 2>&1; then
    echo "check-symbols passes without a kernel object"
    failures=$((failures + 1))
fi

[ "$failures" = 0 ] && echo "checks: all planted offences were refused"
