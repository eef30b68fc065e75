// SPDX-License-Identifier: Apache-2.0
#include "io/results/content_seal.hpp"
#include "tests/support/file_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <string>

namespace brink::test {
namespace {

std::uint64_t checksum_of(std::string const& text, std::size_t piece)
{
    Checksum checksum;
    for (std::size_t at = 0; at < text.size(); at += piece)
        checksum.add(text.data() + at, std::min(piece, text.size() - at));
    return checksum.value();
}

int seal(std::filesystem::path const& path)
{
    int const descriptor = ::open(path.c_str(), O_RDWR);
    int const error = append_seal(descriptor);
    ::close(descriptor);
    return error;
}

TEST(Checksum, DoesNotDependOnThePieces)
{
    std::string const text = "forty-three bytes that are no whole words..";

    for (std::size_t const piece : {1U, 2U, 3U, 7U, 8U, 9U, 16U, 41U})
        EXPECT_EQ(checksum_of(text, piece), checksum_of(text, text.size())) << piece;
}

TEST(Checksum, NoticesEveryBitAndEveryZeroAtTheEnd)
{
    std::string const text(100, 'x');
    std::uint64_t const whole = checksum_of(text, 100);

    for (std::size_t bit = 0; bit < 800; ++bit) {
        std::string changed = text;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        ASSERT_NE(checksum_of(changed, 100), whole) << bit;
    }
    EXPECT_NE(checksum_of(text + '\0', 101), whole);
    EXPECT_NE(checksum_of(std::string(8, '\0'), 8), checksum_of(std::string(16, '\0'), 16));
}

TEST(Seal, IsIntactDamagedOrAbsent)
{
    TemporaryFolder const folder;
    std::string const content(3'000'000, 'c');  // more than two pieces
    write_bytes(folder / "file", content);

    EXPECT_EQ(check_seal(folder / "file"), Seal::absent);
    ASSERT_EQ(seal(folder / "file"), 0);
    EXPECT_EQ(check_seal(folder / "file"), Seal::intact);
    std::string bytes = file_bytes(folder / "file");
    EXPECT_EQ(bytes.size(), content.size() + 24);
    EXPECT_EQ(bytes.substr(0, content.size()), content);
    bytes[2'999'999] = 'd';
    write_bytes(folder / "file", bytes);
    EXPECT_EQ(check_seal(folder / "file"), Seal::damaged);
    write_bytes(folder / "file", "");
    EXPECT_EQ(check_seal(folder / "file"), Seal::absent);
}

}  // namespace
}  // namespace brink::test
