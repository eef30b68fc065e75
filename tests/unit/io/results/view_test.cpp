// SPDX-License-Identifier: Apache-2.0
#include "io/results/hdf5_reader.hpp"
#include "io/results/result_file.hpp"
#include "io/results/view_parts.hpp"
#include "tests/support/file_bytes.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/io/results/sample_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <cmath>

namespace brink::test {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Outcome `o` of path `p`: all differ.
float value(std::size_t outcome, std::uint64_t path)
{
    return static_cast<float>(1'000 * outcome + path);
}

SavedRows rows_of(std::uint64_t first, std::uint64_t end)
{
    SavedRows rows;
    rows.kept = "all";
    for (std::uint64_t path = first; path < end; ++path) {
        rows.paths.push_back(path);
        rows.losses.push_back(value(0, path));
    }
    for (std::size_t o = 0; o < outcome_list.size(); ++o)
        for (std::uint64_t const path : rows.paths)
            rows.values.push_back(value(o, path));
    return rows;
}

/// A part of chunks [first, end) of four paths, then of `rest` paths.
PartFile part_of(std::uint64_t first, std::uint64_t end, std::uint64_t rest)
{
    PartFile part;
    part.kind = "shard";
    part.first_path = 4 * first;
    part.end_path = 4 * end + rest;
    SavedRun& run = part.runs.emplace_back();
    run.scope = "base";
    run.whole.first_chunk = first;
    run.whole.end_chunk = end;
    run.whole.checksums.resize(end - first);
    run.whole.rows = rows_of(4 * first, 4 * end);
    if (rest > 0) {
        run.rest.first_chunk = end;
        run.rest.end_chunk = end + 1;
        run.rest.checksums.resize(1);
        run.rest.rows = rows_of(4 * end, 4 * end + rest);
    }
    return part;
}

/// As h5py and xarray read it.
std::vector<float> column(fs::path const& file, std::string_view outcome)
{
    hdf5::File const opened = hdf5::open_for_reading(file.string());
    return hdf5::GroupReader{opened.id(), "/paths"}.floats(outcome);
}

std::vector<float> values(std::size_t outcome, std::uint64_t paths)
{
    std::vector<float> list;
    for (std::uint64_t path = 0; path < paths; ++path)
        list.push_back(value(outcome, path));
    return list;
}

/// Two parts, 8 and 7 paths, and a view of them.
class View : public testing::Test {
  protected:
    TemporaryFolder folder_;
    fs::path first_ = folder_ / "50%b.h5";  // which HDF5 would take for the number of a block
    fs::path second_ = folder_ / "parts/2.h5";
    fs::path view_ = folder_ / "view.h5";
    Result result_ = sample_result();

    void SetUp() override
    {
        fs::create_directory(folder_ / "parts");
        write(first_, part_of(0, 2, 0));
        write(second_, part_of(2, 3, 3));
        result_.rows = {};
        result_.rows.kept = "all";
        for (fs::path const& part : {first_, second_})
            result_.rows.parts.push_back(view_part(part, read_part(part), view_));
        write_result(view_, result_);
    }

    static void write(fs::path const& path, PartFile const& part) { write_part(path, part); }

    [[nodiscard]] std::vector<FileError> problems() const
    {
        return view_problems(view_, read_view_parts(view_));
    }
};

TEST_F(View, ShowsTheRowsOfAllPartsInTheOrderOfPaths)
{
    EXPECT_EQ(column(view_, "loss"), values(0, 15));
    EXPECT_EQ(column(view_, outcome_list.back().name), values(outcome_list.size() - 1, 15));
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(View, NamesItsPartsRelativeToItsFolder)
{
    std::vector<ViewPart> const parts = read_view_parts(view_);

    ASSERT_THAT(parts, SizeIs(2));
    EXPECT_EQ(parts[0].file, "50%b.h5");
    EXPECT_EQ(parts[1].file, "parts/2.h5");
    EXPECT_EQ(parts[1].whole_rows, 4U);
    EXPECT_EQ(parts[1].rest_rows, 3U);
    EXPECT_EQ(view_part(first_, read_part(first_), folder_ / "parts/v.h5").file, "../50%b.h5");
}

TEST_F(View, ReadsBackAsItWasGivenWithoutARow)
{
    Result const read = read_result(view_);

    EXPECT_EQ(read.rows.kept, "all");
    EXPECT_EQ(read.rows.parts, result_.rows.parts);
    EXPECT_THAT(read.rows.columns, IsEmpty());
    EXPECT_EQ(fingerprint(read), fingerprint(result_));
}

TEST_F(View, IsWrittenTwiceWithTheSameBytes)
{
    write_result(folder_ / "again.h5", result_);

    EXPECT_EQ(file_bytes(view_), file_bytes(folder_ / "again.h5"));
}

TEST_F(View, GivesARowFromItsPart)
{
    std::vector<ViewPart> const parts = read_view_parts(view_);

    for (std::uint64_t const path : {0U, 7U, 8U, 11U, 12U, 14U}) {
        OutcomeRows const row = read_view_row(view_, parts, path);
        ASSERT_THAT(row.paths, ElementsAre(path));
        ASSERT_THAT(row.columns, SizeIs(outcome_list.size()));
        for (std::size_t o = 0; o < outcome_list.size(); ++o)
            EXPECT_THAT(row.columns[o], ElementsAre(value(o, path)));
    }
    EXPECT_THAT(read_view_row(view_, parts, 15).paths, IsEmpty());
}

TEST_F(View, NamesAPartThatIsMissing)
{
    fs::remove(second_);

    std::vector<FileError> const found = problems();

    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].code(), ExitCode::no_input);
    EXPECT_THAT(found[0].what(), HasSubstr("parts/2.h5: cannot read this part"));
    EXPECT_EQ(read_view_row(view_, read_view_parts(view_), 7).columns[0][0], value(0, 7));
    EXPECT_THROW((void)read_view_row(view_, read_view_parts(view_), 8), FileError);
    // What others see: HDF5 does not say it.
    std::vector<float> const loss = column(view_, "loss");
    EXPECT_EQ(loss[7], value(0, 7));
    EXPECT_TRUE(std::isnan(loss[8]) && std::isnan(loss[14]));
}

TEST_F(View, NamesAPartThatIsAnotherNow)
{
    PartFile other = part_of(0, 2, 0);
    other.runs[0].whole.rows.values[3] += 1;
    write(first_, other);

    std::vector<FileError> const found = problems();

    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].code(), ExitCode::data);
    EXPECT_THAT(found[0].what(), HasSubstr("50%b.h5: it is no longer the part"));
}

TEST_F(View, NamesAPartThatIsDamaged)
{
    std::string bytes = file_bytes(second_);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    write_bytes(second_, bytes);

    std::vector<FileError> const found = problems();

    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].code(), ExitCode::data);
    EXPECT_THAT(found[0].what(), HasSubstr("parts/2.h5: this part"));
    EXPECT_THAT(found[0].what(), HasSubstr("damaged"));
}

TEST_F(View, MovesWithItsParts)
{
    TemporaryFolder const elsewhere;
    fs::rename(folder_.path(), elsewhere / "moved");

    EXPECT_EQ(column(elsewhere / "moved/view.h5", "loss"), values(0, 15));
    EXPECT_THAT(view_problems(elsewhere / "moved/view.h5", result_.rows.parts), IsEmpty());
}

TEST_F(View, IsFoundThroughALink)
{
    TemporaryFolder const elsewhere;
    fs::create_symlink(view_, elsewhere / "link.h5");

    EXPECT_EQ(column(elsewhere / "link.h5", "loss"), values(0, 15));
    EXPECT_THAT(view_problems(elsewhere / "link.h5", result_.rows.parts), IsEmpty());
}

TEST_F(View, IsNotMadeOfPartsThatKeepSomePaths)
{
    PartFile tail = part_of(0, 2, 0);
    tail.runs[0].whole.rows = rows_of(3, 6);
    tail.runs[0].whole.rows.kept = "tail";
    write(first_, tail);

    try {
        (void)view_part(first_, read_part(first_), view_);
        ADD_FAILURE() << "no error";
    } catch (FileError const& error) {
        EXPECT_EQ(error.code(), ExitCode::data);
        EXPECT_THAT(error.what(), HasSubstr("it keeps outcomes of the worst paths only"));
    }
}

/// As files up to schema version 1.2 have them.
void store_path_by_path(fs::path const& path, SavedRows const& rows)
{
    std::vector<float> values;
    for (std::size_t i = 0; i < rows.paths.size(); ++i)
        for (std::size_t o = 0; o < outcome_list.size(); ++o)
            values.push_back(rows.values[o * rows.paths.size() + i]);
    hsize_t const size = values.size();
    hid_t const file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    H5Ldelete(file, "/runs/0/whole/row_columns", H5P_DEFAULT);
    hid_t const space = H5Screate_simple(1, &size, nullptr);
    hid_t const dataset = H5Dcreate2(file, "/runs/0/whole/row_values", H5T_IEEE_F32LE, space,
                                     H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Dclose(dataset);
    H5Sclose(space);
    H5Fclose(file);
}

TEST_F(View, IsNotMadeOfPartsOfEarlierVersionsWhichAreReadAllTheSame)
{
    SavedRows const rows = rows_of(0, 8);
    store_path_by_path(first_, rows);

    PartFile const read = read_part(first_);

    EXPECT_EQ(read.runs[0].whole.rows.values, rows.values);
    try {
        (void)view_part(first_, read, view_);
        ADD_FAILURE() << "no error";
    } catch (FileError const& error) {
        EXPECT_EQ(error.code(), ExitCode::data);
        EXPECT_THAT(error.what(), HasSubstr("an older version of brink wrote it"));
    }
}

}  // namespace
}  // namespace brink::test
