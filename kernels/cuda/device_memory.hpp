// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include "kernels/cuda/cuda_check.hpp"

namespace brink {

/// Owner of uninitialised memory of the device that was current at construction.
/// \tparam Memory where it lies: `allocate(bytes)`, `release(pointer)`
template<class T, class Memory>
class CudaArray {
    T* data_{nullptr};
    std::size_t size_{0};

  public:
    CudaArray() = default;
    explicit CudaArray(std::size_t size) : size_{size}
    {
        if (size > 0)
            data_ = static_cast<T*>(Memory::allocate(size * sizeof(T)));
    }
    ~CudaArray() { Memory::release(data_); }
    CudaArray(CudaArray&& other) noexcept
        : data_{std::exchange(other.data_, nullptr)}, size_{std::exchange(other.size_, 0)}
    {}
    CudaArray& operator=(CudaArray&& other) noexcept
    {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }

    T* data() const { return data_; }
    std::size_t size() const { return size_; }
    std::size_t bytes() const { return size_ * sizeof(T); }
    std::span<T> span() const { return {data_, size_}; }
};

struct OnDevice {
    static void* allocate(std::size_t bytes)
    {
        void* memory = nullptr;
        BRINK_CUDA_CHECK(cudaMalloc(&memory, bytes));
        return memory;
    }
    static void release(void* memory) { static_cast<void>(cudaFree(memory)); }
};

/// Host memory that the device copies from and to without a detour.
struct Pinned {
    static void* allocate(std::size_t bytes)
    {
        void* memory = nullptr;
        BRINK_CUDA_CHECK(cudaMallocHost(&memory, bytes));
        return memory;
    }
    static void release(void* memory) { static_cast<void>(cudaFreeHost(memory)); }
};

template<class T>
using DeviceArray = CudaArray<T, OnDevice>;
template<class T>
using PinnedArray = CudaArray<T, Pinned>;

}  // namespace brink
