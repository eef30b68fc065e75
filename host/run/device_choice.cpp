// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <stdexcept>
#include <string_view>

#include "host/run/scenario_engine.hpp"

namespace brink {
namespace {

std::vector<int> parse_indices(std::string_view text, std::string const& whole)
{
    std::vector<int> indices;
    while (!text.empty()) {
        std::string_view const item = text.substr(0, text.find(','));
        int value = -1;
        auto const [end, error] = std::from_chars(item.data(), item.data() + item.size(), value);
        if (error != std::errc{} || end != item.data() + item.size() || value < 0)
            throw std::invalid_argument{"device '" + whole
                                        + "': GPUs are numbers from 0, as in cuda:0,1"};
        indices.push_back(value);
        text.remove_prefix(std::min(item.size() + 1, text.size()));
    }
    return indices;
}

}  // namespace

DeviceChoice DeviceChoice::parse(std::string const& text)
{
    if (text == "auto")
        return {};
    if (text == "cpu")
        return {Kind::cpu, {}};
    if (text == "cuda")
        return {Kind::cuda, {}};
    constexpr std::string_view prefix = "cuda:";
    if (text.starts_with(prefix) && text.size() > prefix.size())
        return {Kind::cuda, parse_indices(std::string_view{text}.substr(prefix.size()), text)};
    throw std::invalid_argument{"unknown device '" + text + "': write auto, cpu, cuda or cuda:0,1"};
}

}  // namespace brink
