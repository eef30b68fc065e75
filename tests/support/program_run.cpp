// SPDX-License-Identifier: Apache-2.0
#include "tests/support/program_run.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "tests/support/file_bytes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace brink::test {
namespace {

void redirect(std::filesystem::path const& path, int flags, int descriptor)
{
    int const file = ::open(path.c_str(), flags, 0600);
    if (file < 0 || ::dup2(file, descriptor) < 0)
        ::_exit(127);
    ::close(file);
}

/// In the child: arrange streams, limits and environment, then become the program.
[[noreturn]] void become(std::string const& executable, std::vector<std::string> const& arguments,
                         ProgramSetting const& setting, TemporaryFolder const& streams)
{
    redirect(streams / "in", O_RDONLY, STDIN_FILENO);
    redirect(streams / "out", O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
    redirect(streams / "err", O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
    if (setting.file_size_limit > 0) {
        rlimit const limit{setting.file_size_limit, setting.file_size_limit};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    for (auto const& [name, value] : setting.environment)
        ::setenv(name.c_str(), value.c_str(), 1);
    if (!setting.folder.empty() && ::chdir(setting.folder.c_str()) != 0)
        ::_exit(127);
    std::vector<char*> argv{const_cast<char*>(executable.c_str())};
    for (std::string const& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    ::execv(executable.c_str(), argv.data());
    ::_exit(127);
}

int wait_for(pid_t child, ProgramSetting const& setting, TemporaryFolder const& streams)
{
    int status = 0;
    pid_t ended = 0;
    if (setting.signal != 0) {
        auto const is_time = [&] {
            return setting.signal_when.empty() ? !file_bytes(streams / "err").empty()
                                               : std::filesystem::exists(setting.signal_when);
        };
        while (!is_time() && (ended = ::waitpid(child, &status, WNOHANG)) == 0)
            ::usleep(5'000);
        if (ended == 0)
            ::kill(child, setting.signal);
    }
    if (ended == 0 && ::waitpid(child, &status, 0) != child)
        throw std::runtime_error{"lost the child process"};
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::string ProgramRun::last_line() const
{
    std::string text = out;
    if (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text.substr(text.rfind('\n') + 1);
}

ProgramRun run_program(std::string const& executable, std::vector<std::string> const& arguments,
                       ProgramSetting const& setting)
{
    TemporaryFolder const streams;
    write_bytes(streams / "in", setting.input);
    pid_t const child = ::fork();
    if (child < 0)
        throw std::runtime_error{"cannot fork"};
    if (child == 0)
        become(executable, arguments, setting, streams);
    ProgramRun run;
    run.status = wait_for(child, setting, streams);
    run.out = file_bytes(streams / "out");
    run.err = file_bytes(streams / "err");
    return run;
}

}  // namespace brink::test
