// SPDX-License-Identifier: Apache-2.0
#include "kernels/executor.hpp"

namespace brink {

std::vector<CudaDevice> cuda_devices()
{
    return {};
}

std::string cuda_status()
{
    return "this build has no CUDA backend (no nvcc was found when it was configured)";
}

std::vector<int> cuda_asset_counts()
{
    return {};
}

template<class T>
std::unique_ptr<Executor<T>> make_cuda_executor(ProgramInput<T> const&, std::vector<int> const&)
{
    throw DeviceUnavailable(cuda_status());
}
template std::unique_ptr<Executor<float>> make_cuda_executor(ProgramInput<float> const&,
                                                             std::vector<int> const&);
template std::unique_ptr<Executor<double>> make_cuda_executor(ProgramInput<double> const&,
                                                              std::vector<int> const&);

}  // namespace brink
