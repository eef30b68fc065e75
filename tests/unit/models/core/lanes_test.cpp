// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/models/lane_functions.hpp"
#include "tests/unit/models/probe_suite.hpp"

namespace brink::testing {
namespace {

class NumberLanes : public LanesOfIsa {};

/// Every pair of special values, then random numbers of all signs and magnitudes.
template<class T>
std::vector<T> sample_numbers(std::size_t size, unsigned seed)
{
    T const infinity = std::numeric_limits<T>::infinity();
    T const smallest = std::numeric_limits<T>::denorm_min();
    std::vector<T> const special = {T(0),
                                    T(-0.0),
                                    T(1),
                                    T(-1),
                                    infinity,
                                    -infinity,
                                    std::numeric_limits<T>::quiet_NaN(),
                                    smallest,
                                    std::numeric_limits<T>::max(),
                                    std::numeric_limits<T>::min(),
                                    T(126.5),
                                    T(-127),
                                    T(1100),
                                    T(-1100)};
    std::mt19937_64 generator(seed);
    std::uniform_real_distribution<double> mantissa(-2.0, 2.0);
    std::uniform_int_distribution<int> exponent(-40, 40);
    std::vector<T> numbers(size);
    for (std::size_t i = 0; i < size; ++i)
        numbers[i] = i < 64 * special.size()
                         ? special[(seed == 1 ? i : i / special.size()) % special.size()]
                         : static_cast<T>(std::ldexp(mantissa(generator), exponent(generator)));
    return numbers;
}

TEST_P(NumberLanes, EachLaneHasTheBitsOfTheScalar)
{
    constexpr std::size_t size = 4096;

    for_each_table([&](auto const& table, auto zero) {
        using T = decltype(zero);
        auto const a = sample_numbers<T>(size, 1);
        auto const b = sample_numbers<T>(size, 2);
        auto const c = sample_numbers<T>(size, 3);
        std::vector<T> result(size);
        auto const less = std::make_unique<bool[]>(size);
        for (int o = 0; o < num_operations; ++o) {
            auto const operation = static_cast<Operation>(o);
            table.evaluate(operation, a.data(), b.data(), c.data(), result.data(), less.get(),
                           static_cast<int>(size));
            for (std::size_t i = 0; i < size; ++i) {
                T const expected = evaluate<T>(operation, a[i], b[i], c[i]);
                ASSERT_EQ(comparable_bits(result[i]), comparable_bits(expected))
                    << "operation " << o << " of " << a[i] << ", " << b[i] << ", " << c[i];
                ASSERT_EQ(less[i], a[i] < b[i]) << a[i] << " < " << b[i];
            }
        }
    });
}

TEST_P(NumberLanes, ConvertToAndFromDoublesInLaneOrder)
{
    for_each_table([](auto const& table, auto zero) {
        using T = decltype(zero);
        auto const lanes = static_cast<std::size_t>(table.lanes);
        std::vector<double> values(lanes), result(lanes);
        for (std::size_t l = 0; l < lanes; ++l)
            values[l] = 1.0 / (3.0 + static_cast<double>(l));

        table.narrow(values.data(), result.data());

        for (std::size_t l = 0; l < lanes; ++l)
            EXPECT_EQ(result[l], static_cast<double>(static_cast<T>(values[l]))) << "lane " << l;
    });
}

BRINK_FOR_EACH_ISA(NumberLanes);

}  // namespace
}  // namespace brink::testing
