// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace brink {

/// A file whose content went into a run.
struct InputFile {
    std::string role;  ///< "config", "include", "prices", "book", "history"
    std::string path;  ///< as opened
    std::uint64_t bytes{0};
    std::string sha256;  ///< hex
};

/// One continuation of a run that had been interrupted.
struct Resumption {
    std::string instant;  ///< ISO-8601 UTC
    std::string host;
    std::uint64_t chunks{0};  ///< done by then
};

/// What a run was made from, built with and run on: enough to run it again elsewhere.
struct Manifest {
    std::string compiler;     ///< name and version
    std::string build_type;   ///< Release, Debug, RelWithDebInfo
    std::string build_flags;  ///< of the program, and of its kernels
    std::string system;       ///< operating system, its release and the machine's architecture
    std::string cpu;          ///< model
    std::uint64_t threads{0};
    std::uint64_t restarts{0};                     ///< as the scheduler counts them
    std::uint64_t peak_memory_bytes{0};            ///< most that was resident, of this process
    std::map<std::string, std::string> scheduler;  ///< variables by which a scheduler names the job
    std::vector<InputFile> inputs;                 ///< the config first
    std::vector<Resumption> resumed;               ///< in the order in which they happened
};

/// Call `visit(name, member)` for each scalar of the manifest: for writer, reader and JSON alike.
template<class M, class Visitor>
void visit_manifest(M& manifest, Visitor&& visit)
{
    visit("compiler", manifest.compiler);
    visit("build_type", manifest.build_type);
    visit("build_flags", manifest.build_flags);
    visit("system", manifest.system);
    visit("cpu", manifest.cpu);
    visit("threads", manifest.threads);
    visit("restarts", manifest.restarts);
    visit("peak_memory_bytes", manifest.peak_memory_bytes);
}

}  // namespace brink
