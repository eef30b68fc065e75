// SPDX-License-Identifier: Apache-2.0
#include "host/app/version_text.hpp"

#include <fmt/format.h>

#include "brink/version.hpp"
#include "host/plan/byte_text.hpp"
#include "host/run/provenance.hpp"
#include "kernels/executor.hpp"

namespace brink {

std::string instruction_set_text()
{
    try {
        return "x86-64-" + cpu_isa();
    } catch (DeviceUnavailable const& error) {
        return error.what();
    }
}

std::string cuda_text()
{
    std::string text;
    for (CudaDevice const& device : cuda_devices())
        text += fmt::format("{}cuda:{} {}, {}, compute capability {}", text.empty() ? "" : "\n",
                            device.idx, device.name, byte_text(device.memory_bytes),
                            device.compute_capability);
    return text.empty() ? "none: " + cuda_status() : text;
}

std::string version_text()
{
    return fmt::format("brink {}\ncommit {}\nbuilt with {}, {}\nCPU {}\nCUDA {}", program_version,
                       program_commit(), build_compiler, build_type, instruction_set_text(),
                       cuda_text());
}

}  // namespace brink
