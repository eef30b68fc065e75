// SPDX-License-Identifier: Apache-2.0
#include "tests/statistical/path/agreement.hpp"

namespace brink::test {
namespace {

class VenueOfAMillionAgreement : public testing::TestWithParam<std::string> {};

TEST_P(VenueOfAMillionAgreement, OfFloatAndDoubleOnAllButRoundedPaths)
{
    expect_agreement(GetParam(), 1'000'000);
}

INSTANTIATE_TEST_SUITE_P(Venues, VenueOfAMillionAgreement, testing::ValuesIn(venue_files()),
                         [](auto const& test) { return test.param; });

}  // namespace
}  // namespace brink::test
