// SPDX-License-Identifier: Apache-2.0
#include "host/app/program.hpp"

int main(int argc, char** argv)
{
    return brink::run_program(argc, argv);
}
