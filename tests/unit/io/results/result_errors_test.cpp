// SPDX-License-Identifier: Apache-2.0
#include "io/results/private_file.hpp"
#include "io/results/result_file.hpp"
#include "tests/support/file_bytes.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/io/results/sample_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

namespace brink::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

template<class Action>
FileError error_of(Action const& action)
{
    try {
        action();
    } catch (FileError const& error) {
        return error;
    }
    ADD_FAILURE() << "no FileError";
    return {ExitCode::ok, ""};
}

std::size_t num_entries(fs::path const& folder)
{
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
}

/// Limits the size of files that this process writes, as a full disk would, without any privilege.
class FileSizeLimit {
    rlimit before_{};

  public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    FileSizeLimit(FileSizeLimit const&) = delete;
    FileSizeLimit& operator=(FileSizeLimit const&) = delete;
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, SIG_DFL);
    }
};

/// A result of about 2 MB, most of it in one tail.
Result large_result()
{
    Result result = sample_result();
    result.tails["loss"].assign(250'000, 1.5);
    return result;
}

TEST(ResultWriting, DoesNotMakeAFolderThatIsGone)
{
    TemporaryFolder const folder;

    FileError const error =
        error_of([&] { write_result(folder / "a/b/result.h5", sample_result()); });
    EXPECT_EQ(error.code(), ExitCode::cannot_create);
    EXPECT_FALSE(fs::exists(folder / "a"));
    check_output(folder / "a/b/result.h5");
    write_result(folder / "a/b/result.h5", sample_result());
    EXPECT_EQ(num_entries(folder / "a/b"), 1U);
}

TEST(ResultWriting, RemovesWhatAKilledProcessLeft)
{
    TemporaryFolder const folder;
    pid_t const gone = ::fork();
    if (gone == 0) {
        static_cast<void>(new PrivateFile{folder / "result.h5"});
        ::_exit(0);  // without its destructor, as kill -9
    }
    ASSERT_EQ(::waitpid(gone, nullptr, 0), gone);
    ASSERT_EQ(num_entries(folder.path()), 1U);
    PrivateFile const mine{folder / "result.h5"};
    PrivateFile const other{folder / "result.h5.checkpoint"};

    check_output(folder / "result.h5");

    EXPECT_EQ(num_entries(folder.path()), 2U);
}

TEST(ResultWriting, ReplacesTheFileBehindALink)
{
    TemporaryFolder const folder;
    write_bytes(folder / "real.h5", "old");
    fs::create_symlink("real.h5", folder / "link.h5");

    write_result(folder / "link.h5", sample_result());

    EXPECT_TRUE(fs::is_symlink(folder / "link.h5"));
    EXPECT_EQ(read_provenance(folder / "real.h5").host, "node-1");
}

/// Root may write everywhere: as root, act as somebody else for a while.
class UnprivilegedUser {
    uid_t before_{::geteuid()};

  public:
    UnprivilegedUser()
    {
        constexpr uid_t nobody = 65'534;
        if (before_ == 0 && ::seteuid(nobody) != 0)
            ADD_FAILURE() << "cannot give up the rights of root";
    }
    UnprivilegedUser(UnprivilegedUser const&) = delete;
    UnprivilegedUser& operator=(UnprivilegedUser const&) = delete;
    ~UnprivilegedUser() { EXPECT_EQ(::seteuid(before_), 0); }
};

TEST(ResultWriting, RefusesAnUnwritableFolderWith73)
{
    TemporaryFolder const folder;
    fs::permissions(folder.path(), fs::perms{0555});

    FileError const error = error_of([&] {
        UnprivilegedUser const user;
        write_result(folder / "result.h5", sample_result());
    });
    FileError const deeper = error_of([&] {
        UnprivilegedUser const user;
        write_result(folder / "new/result.h5", sample_result());
    });

    EXPECT_EQ(error.code(), ExitCode::cannot_create);
    EXPECT_EQ(deeper.code(), ExitCode::cannot_create);
    fs::permissions(folder.path(), fs::perms{0755});
}

TEST(ResultWriting, RefusesPlacesWhereNoFileCanBeWith73)
{
    TemporaryFolder const folder;
    write_bytes(folder / "file", "text");
    fs::create_directory(folder / "folder");
    std::string const long_name(300, 'x');

    for (fs::path const& path : {folder / "file/result.h5", folder / "folder", folder / "new/",
                                 folder / long_name, fs::path{"/dev/null"}, fs::path{""}}) {
        FileError const error = error_of([&] { write_result(path, sample_result()); });
        FileError const early = error_of([&] { check_output(path); });

        EXPECT_EQ(error.code(), ExitCode::cannot_create) << path;
        EXPECT_EQ(early.code(), ExitCode::cannot_create) << path;
    }
    EXPECT_EQ(file_bytes(folder / "file"), "text");
}

TEST(ResultWriting, CheckOfAnOutputLeavesNothingBehind)
{
    TemporaryFolder const folder;
    write_bytes(folder / "result.h5", "old");

    check_output(folder / "result.h5");
    check_output(folder / "other.h5");

    EXPECT_EQ(file_bytes(folder / "result.h5"), "old");
    EXPECT_EQ(num_entries(folder.path()), 1U);
}

TEST(ResultWriting, FullDiskIs74AndKeepsTheExistingFileWhereverItStrikes)
{
    TemporaryFolder const folder;
    Result const result = large_result();
    write_result(folder / "whole.h5", result);
    auto const whole = static_cast<rlim_t>(fs::file_size(folder / "whole.h5"));
    fs::remove(folder / "whole.h5");
    write_bytes(folder / "result.h5", "the file of yesterday");

    for (rlim_t const limit : {rlim_t{0}, rlim_t{1}, rlim_t{1'000}, rlim_t{50'000}, rlim_t{200'000},
                               whole / 2, whole - 1}) {
        FileError const error = error_of([&] {
            FileSizeLimit const full_disk{limit};
            write_result(folder / "result.h5", result);
        });

        EXPECT_EQ(error.code(), ExitCode::io) << limit;
        EXPECT_THAT(error.what(), HasSubstr("File too large")) << limit;
        EXPECT_EQ(file_bytes(folder / "result.h5"), "the file of yesterday") << limit;
        EXPECT_EQ(num_entries(folder.path()), 1U) << limit;
    }
    write_result(folder / "result.h5", result);  // the library is in order afterwards
    EXPECT_EQ(read_result(folder / "result.h5").tails["loss"].size(), 250'000U);
}

TEST(ResultWriting, ProcessEndsInOrderAfterAFullDisk)
{
    TemporaryFolder const folder;
    auto const fail_and_exit = [&] {
        FileSizeLimit const full_disk{100'000};
        try {
            write_result(folder / "result.h5", large_result());
        } catch (FileError const& error) {
            std::exit(static_cast<int>(error.code()));
        }
    };

    EXPECT_EXIT(fail_and_exit(), ::testing::ExitedWithCode(74), "^$");
}

TEST(ResultReading, MissingFileIs66)
{
    TemporaryFolder const folder;

    FileError const missing = error_of([&] { (void)read_result(folder / "none.h5"); });
    FileError const directory = error_of([&] { (void)read_provenance(folder.path()); });

    EXPECT_EQ(missing.code(), ExitCode::no_input);
    EXPECT_THAT(missing.what(), HasSubstr("none.h5"));
    EXPECT_EQ(directory.code(), ExitCode::no_input);
}

TEST(ResultReading, GarbageIs65)
{
    TemporaryFolder const folder;
    write_bytes(folder / "empty.h5", "");
    write_bytes(folder / "text.h5", "not a result at all\n");

    EXPECT_EQ(error_of([&] { (void)read_result(folder / "empty.h5"); }).code(), ExitCode::data);
    EXPECT_EQ(error_of([&] { (void)read_result(folder / "text.h5"); }).code(), ExitCode::data);
}

TEST(ResultReading, TruncatedFileIs65AtEveryLength)
{
    TemporaryFolder const folder;
    write_result(folder / "whole.h5", sample_result());
    std::string const whole = file_bytes(folder / "whole.h5");

    constexpr std::size_t seal = 24;  // a file that lacks it alone reads as one without it
    for (std::size_t size = 0; size + seal < whole.size(); size += whole.size() / 97) {
        write_bytes(folder / "part.h5", whole.substr(0, size));

        EXPECT_EQ(error_of([&] { (void)read_result(folder / "part.h5"); }).code(), ExitCode::data)
            << size;
    }
}

/// Open a result and hand it to `change`.
template<class Change>
void edit(fs::path const& path, Change const& change)
{
    hid_t const file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    ASSERT_GE(file, 0);
    change(file);
    H5Fclose(file);
}

TEST(ResultReading, DamagedFileIs65WhereverAByteChanged)
{
    TemporaryFolder const folder;
    write_result(folder / "whole.h5", sample_result());
    std::string const whole = file_bytes(folder / "whole.h5");
    std::size_t const sealed = whole.size() - 24;  // the seal itself may be lost unnoticed

    for (std::size_t at = 0; at < sealed; at += 1'001) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        write_bytes(folder / "damaged.h5", damaged);

        FileError const all = error_of([&] { (void)read_result(folder / "damaged.h5"); });
        FileError const part = error_of([&] { (void)read_provenance(folder / "damaged.h5"); });

        EXPECT_EQ(all.code(), ExitCode::data) << at;
        EXPECT_EQ(part.code(), ExitCode::data) << at;
        EXPECT_THAT(all.what(), HasSubstr("does not match its checksum")) << at;
    }
}

TEST(ResultReading, FileThatAnotherProgramChangedIsRead)
{
    TemporaryFolder const folder;
    write_result(folder / "result.h5", sample_result());
    edit(folder / "result.h5", [](hid_t file) {
        H5Gclose(H5Gcreate2(file, "notes", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    });

    EXPECT_EQ(fingerprint(read_result(folder / "result.h5")), fingerprint(sample_result()));
}

TEST(ResultReading, ForeignHdf5FileIs65)
{
    TemporaryFolder const folder;
    H5Fclose(H5Fcreate((folder / "foreign.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));

    FileError const error = error_of([&] { (void)read_result(folder / "foreign.h5"); });

    EXPECT_EQ(error.code(), ExitCode::data);
    EXPECT_THAT(error.what(), HasSubstr("not a brink result"));
}

void set_schema_version(hid_t file, int major, int minor)
{
    int const version[] = {major, minor};
    hid_t const attribute = H5Aopen(file, "schema_version", H5P_DEFAULT);
    H5Awrite(attribute, H5T_NATIVE_INT, version);
    H5Aclose(attribute);
}

TEST(ResultReading, RefusesAnotherMajorVersionAndReadsALaterMinorOne)
{
    TemporaryFolder const folder;
    write_result(folder / "major.h5", sample_result());
    write_result(folder / "minor.h5", sample_result());
    edit(folder / "major.h5", [](hid_t file) { set_schema_version(file, 2, 0); });
    edit(folder / "minor.h5", [](hid_t file) { set_schema_version(file, 1, 9); });

    FileError const error = error_of([&] { (void)read_provenance(folder / "major.h5"); });

    EXPECT_EQ(error.code(), ExitCode::data);
    EXPECT_THAT(error.what(), HasSubstr("schema version is 2.0"));
    EXPECT_EQ(fingerprint(read_result(folder / "minor.h5")), fingerprint(sample_result()));
}

TEST(ResultReading, NamesAMissingDataset)
{
    TemporaryFolder const folder;
    write_result(folder / "result.h5", sample_result());
    edit(folder / "result.h5", [](hid_t file) { H5Ldelete(file, "/statistics/se", H5P_DEFAULT); });

    FileError const error = error_of([&] { (void)read_result(folder / "result.h5"); });

    EXPECT_EQ(error.code(), ExitCode::data);
    EXPECT_THAT(error.what(), HasSubstr("statistics/se"));
}

}  // namespace
}  // namespace brink::test
