// SPDX-License-Identifier: Apache-2.0
#include "io/results/result_file.hpp"
#include "tests/unit/io/results/sample_result.hpp"

#include <cstdlib>
#include <exception>
#include <iostream>

/// Writes the sample result of the unit tests, for readers in other languages.
int main(int argc, char** argv)
{
    if (argc != 3) {
        std::cerr << "usage: write_sample_result FILE DEFLATE_LEVEL\n";
        return 64;
    }
    try {
        brink::Result result = brink::test::sample_result();
        result.tails["loss"].resize(10'000, 0.5);  // enough to be compressed where asked for
        brink::write_result(argv[1], result, {.deflate_level = std::atoi(argv[2])});
    } catch (std::exception const& error) {
        std::cerr << error.what() << '\n';
        return 70;
    }
}
