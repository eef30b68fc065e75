// SPDX-License-Identifier: Apache-2.0
#include "io/config/spelling.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <numeric>

namespace brink {
namespace {

char folded(char c)
{
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool shares_start(std::string_view a, std::string_view b)
{
    auto const length = std::min(a.size(), b.size());
    return length >= 4
           && std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(length), b.begin(),
                         [](char x, char y) { return folded(x) == folded(y); });
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before.swap(above);
        above.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            bool const same = folded(a[i - 1]) == folded(b[j - 1]);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
            bool const swapped = i > 1 && j > 1 && folded(a[i - 1]) == folded(b[j - 2])
                                 && folded(a[i - 2]) == folded(b[j - 1]);
            if (swapped)
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row[b.size()];
}

std::string nearest(std::string_view word, std::vector<std::string> const& candidates)
{
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (std::string const& candidate : candidates) {
        std::size_t distance = edit_distance(word, candidate);
        if (distance >= best_distance && shares_start(word, candidate))
            distance = best_distance - 1;
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

std::string advise(std::string_view word, std::vector<std::string> const& candidates,
                   std::string_view kind)
{
    if (std::string const near = nearest(word, candidates); !near.empty())
        return fmt::format("did you mean \"{}\"?", near);
    if (candidates.empty())
        return fmt::format("no {} is known here", kind);
    std::size_t const shown = std::min<std::size_t>(candidates.size(), 8);
    return fmt::format("known: {}{}",
                       fmt::join(candidates.begin(),
                                 candidates.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                       candidates.size() > shown ? ", ..." : "");
}

}  // namespace brink
