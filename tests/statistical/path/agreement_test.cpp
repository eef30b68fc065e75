// SPDX-License-Identifier: Apache-2.0
#include "tests/statistical/path/agreement.hpp"

namespace brink::test {
namespace {

class VenueAgreement : public testing::TestWithParam<std::string> {};

TEST_P(VenueAgreement, OfFloatAndDoubleOnAllButRoundedPaths)
{
    expect_agreement(GetParam(), 16'384);
}

INSTANTIATE_TEST_SUITE_P(Venues, VenueAgreement, testing::ValuesIn(venue_files()),
                         [](auto const& test) { return test.param; });

}  // namespace
}  // namespace brink::test
