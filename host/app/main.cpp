// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "brink/version.hpp"

int main()
{
    std::printf("brink %s (%.12s%s)\n", brink::program_version, brink::git_commit(),
                brink::git_dirty() ? ", modified" : "");
}
