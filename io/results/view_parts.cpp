// SPDX-License-Identifier: Apache-2.0
#include "io/results/view_parts.hpp"

#include "io/results/content_seal.hpp"
#include "io/results/outcome_rows_group.hpp"
#include "io/results/saved_paths_group.hpp"
#include "io/results/sealed_file.hpp"

#include <fmt/format.h>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace brink {
namespace {

namespace fs = std::filesystem;

std::string relative_name(fs::path const& part, fs::path const& view)
{
    // Folders without their links, but the part by the name that it was given: a link to it moves
    // with its folder.
    fs::path const folder = fs::weakly_canonical(fs::absolute(view).parent_path());
    fs::path const there = fs::canonical(fs::absolute(part).parent_path());
    return ((there.lexically_relative(folder)) / part.filename()).lexically_normal().string();
}

/// Where HDF5 looks for a part: beside the view, and beside what the view is a link to.
fs::path place_of(fs::path const& view, ViewPart const& part)
{
    fs::path const place = view.parent_path() / part.file;
    std::error_code ignored;
    if (!fs::exists(place, ignored) && fs::is_symlink(view, ignored))
        return fs::canonical(view, ignored).parent_path() / part.file;
    return place;
}

FileError cannot_read(fs::path const& place, fs::path const& view, std::error_code why)
{
    return {why == std::errc::no_such_file_or_directory ? ExitCode::no_input : ExitCode::io,
            fmt::format("{}: cannot read this part, which holds outcomes of paths of '{}': {} (put "
                        "it back, or merge the parts where they are now)",
                        place.string(), view.string(), why.message())};
}

std::optional<FileError> problem_of(fs::path const& view, ViewPart const& part)
{
    fs::path const place = place_of(view, part);
    try {
        if (read_seal(place) != SealStamp{part.bytes, part.checksum})
            return FileError{
                ExitCode::data,
                fmt::format("{}: it is no longer the part that '{}' was made of: its checksum "
                            "differs (merge the parts again)",
                            place.string(), view.string())};
        if (check_seal(place) == Seal::damaged)
            return FileError{ExitCode::data,
                             fmt::format("{}: this part, which holds outcomes of paths of '{}', is "
                                         "damaged: its content does not match its checksum (run "
                                         "its shard again)",
                                         place.string(), view.string())};
    } catch (std::system_error const& error) {
        return cannot_read(place, view, error.code());
    }
    return std::nullopt;
}

std::uint64_t num_rows(PartFile const& part)
{
    return part.runs.empty() ? 0
                             : part.runs.front().whole.rows.paths.size()
                                   + part.runs.front().rest.rows.paths.size();
}

/// A row in the state of a part that has `rows` of them.
struct RowPlace {
    ViewPart const* part{nullptr};
    std::string_view state{};
    std::uint64_t rows{0};
    std::uint64_t row{0};
};

RowPlace find_row(std::vector<ViewPart> const& parts, std::uint64_t path_id)
{
    std::uint64_t row = path_id;
    for (ViewPart const& part : parts)
        for (auto const& [state, rows] :
             {std::pair{"whole", part.whole_rows}, std::pair{"rest", part.rest_rows}}) {
            if (row < rows)
                return {&part, state, rows, row};
            row -= rows;
        }
    return {};
}

[[noreturn]] void refuse(fs::path const& path, std::string_view why)
{
    throw FileError{ExitCode::data, fmt::format("{}: {}", path.string(), why)};
}

}  // namespace

ViewPart view_part(fs::path const& path, PartFile const& part, fs::path const& view)
{
    ViewPart entry;
    if (part.first_path == part.end_path)
        return entry;
    SavedRun const& base = part.runs.front();
    std::string const& kept = (base.whole.num_chunks() > 0 ? base.whole : base.rest).rows.kept;
    if (kept != "all" || num_rows(part) != part.end_path - part.first_path)
        refuse(path, fmt::format("it keeps outcomes of {} paths only, so a view would have nothing "
                                 "to show (merge without --view, or run the shards with "
                                 "output.outcomes = \"all\")",
                                 kept == "tail" ? "the worst" : "no"));
    read_sealed(path, 0, [&](auto const& file, std::string_view) {
        if (hdf5::GroupReader{file->id(), "/runs/0/whole"}.has("row_values"))
            throw hdf5::Error{
                "an older version of brink wrote it, path by path, which a view cannot show (merge "
                "without --view, or make it anew with brink merge --partial)"};
    });
    auto const seal = read_seal(path);
    if (!seal)
        refuse(path,
               "another program changed it and took its seal away, so that nobody could tell "
               "whether a view of it is still right (merge without --view)");
    entry.file = relative_name(path, view);
    entry.bytes = seal->bytes;
    entry.checksum = seal->checksum;
    entry.whole_rows = base.whole.rows.paths.size();
    entry.rest_rows = base.rest.rows.paths.size();
    return entry;
}

std::vector<FileError> view_problems(fs::path const& view, std::vector<ViewPart> const& parts)
{
    std::vector<FileError> problems;
    for (ViewPart const& part : parts)
        if (auto const problem = problem_of(view, part))
            problems.push_back(*problem);
    return problems;
}

std::vector<ViewPart> read_view_parts(fs::path const& view)
{
    std::vector<ViewPart> parts;
    read_sealed(view, 0, [&](auto const& file, std::string_view) {
        parts = read_view_parts(hdf5::GroupReader{file->id(), "/"});
    });
    return parts;
}

OutcomeRows read_view_row(fs::path const& view, std::vector<ViewPart> const& parts,
                          std::uint64_t path_id)
{
    OutcomeRows row;
    row.kept = "all";
    RowPlace const place = find_row(parts, path_id);
    if (place.part == nullptr)
        return row;
    if (auto const problem = problem_of(view, *place.part))
        throw FileError{*problem};
    read_sealed(place_of(view, *place.part), 0, [&](auto const& file, std::string_view) {
        hdf5::GroupReader const group{file->id(), fmt::format("/runs/0/{}", place.state)};
        for (std::size_t i = 0; i < outcome_list.size(); ++i)
            row.columns.push_back(group.floats(row_columns_name, i * place.rows + place.row, 1));
    });
    row.paths.push_back(path_id);
    return row;
}

}  // namespace brink
