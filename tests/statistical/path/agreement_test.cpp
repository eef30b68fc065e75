// SPDX-License-Identifier: Apache-2.0
#include "tests/statistical/path/agreement.hpp"

namespace brink::test {
namespace {

class VenueAgreement : public testing::TestWithParam<std::string> {};

TEST_P(VenueAgreement, OfFloatAndDoubleOnAllButRoundedPaths)
{
    expect_agreement(GetParam(), 16'384);
}

/// With steps shorter than its heartbeat a feed posts by deviation, which float and double may find
/// met at another step.
TEST(OracleAgreement, OfFloatAndDoubleWhereFeedsPostByDeviation)
{
    expect_agreement("aave_v3", 4'096, "PT15M");
    expect_agreement("maker_eth_a", 4'096, "PT30M");
}

INSTANTIATE_TEST_SUITE_P(Venues, VenueAgreement, testing::ValuesIn(venue_files()),
                         [](auto const& test) { return test.param; });

}  // namespace
}  // namespace brink::test
