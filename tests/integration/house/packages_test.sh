#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# scripts/install-packages: silent where all is there, installs as root, and otherwise prints the command and
# exits 69. The package tools are stand-ins, so nothing is installed.
set -euo pipefail
install=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)/scripts/install-packages
stubs=$(mktemp -d)
trap 'rm -rf "$stubs"' EXIT
export PATH=$stubs:$PATH

# stub NAME SCRIPT: a stand-in for a command.
stub()
{
    printf '#!/bin/sh\n%s\n' "$2" >"$stubs/$1"
    chmod +x "$stubs/$1"
}

# expect WHAT STATUS PATTERN: what the last call printed and returned.
expect()
{
    [ "$status" = "$2" ] || { echo "$1: exit status $status, not $2; said: $said"; exit 1; }
    grep -qE -- "$3" <<<"$said" || { echo "$1: no '$3' in: $said"; exit 1; }
}

call()
{
    status=0
    said=$("$install" "$@" 2>&1 </dev/null) || status=$?
}

all_there=$("$install" --list run test check bench | sed 's/.*/installed &/')
stub apt-get "echo \"called: apt-get \$*\""
stub sudo 'exit 1'

stub dpkg-query "cat <<'LIST'
$all_there
LIST"
call run test check bench
expect 'all installed' 0 '^$'

stub dpkg-query "grep -v libtbb-dev <<'LIST'
$all_there
LIST"
sed -i '1s|/bin/sh|/usr/bin/env bash|' "$stubs/dpkg-query"
stub id 'echo 1000'
call run
expect 'no root, no sudo' 69 '^  apt-get update && apt-get install -y --no-install-recommends libtbb-dev$'

stub id 'echo 0'
call run
expect 'root' 0 '^called: apt-get install -yq --no-install-recommends libtbb-dev$'
expect 'root says why' 0 'libtbb-dev \(threads\)'

stub apt-get 'exit 100'
call run
expect 'apt fails' 100 'libtbb-dev'

call nonsense
expect 'unknown group' 64 '^usage:'
echo "packages: ok"
