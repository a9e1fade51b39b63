#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace kokemus {

/// Memory for tables of some megabytes that are read all over the place: asks for pages of 2 MiB,
/// which spares the processor most of its walks through the page tables. A wish, not a need. Begins
/// at a cache line.
template <typename T>
struct HugePages {
    using value_type = T;

    HugePages() = default;
    template <typename Other>
    HugePages(const HugePages<Other>&) {}  // NOLINT(google-explicit-constructor): as std wants it

    T* allocate(std::size_t count) {
        const std::size_t bytes = (count * sizeof(T) + page - 1) / page * page;
        if (count * sizeof(T) < page) {
            return static_cast<T*>(::operator new(count * sizeof(T), line));
        }
        void* memory = std::aligned_alloc(page, bytes);
        if (memory == nullptr) {
            throw std::bad_alloc();
        }
        ::madvise(memory, bytes, MADV_HUGEPAGE);
        return static_cast<T*>(memory);
    }

    void deallocate(T* memory, std::size_t count) {
        if (count * sizeof(T) < page) {
            ::operator delete(memory, line);
        } else {
            std::free(memory);
        }
    }

    friend bool operator==(const HugePages&, const HugePages&) { return true; }

private:
    static constexpr std::size_t page = std::size_t{2} << 20U;
    static constexpr std::align_val_t line{64};
};

}  // namespace kokemus
