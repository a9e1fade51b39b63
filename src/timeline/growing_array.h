#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>

#include "timeline/array.h"

namespace kokemus::timeline {

/// Values that one writer appends to, while readers hold the Arrays it gave out: what was appended
/// never moves under them, and giving out an Array copies nothing. Not thread safe itself; the
/// Arrays are, once they were handed over with some synchronisation.
template <typename T>
class GrowingArray {
public:
    std::size_t size() const { return size_; }
    const T& operator[](std::size_t place) const { return values_[place]; }
    std::span<const T> span() const { return {values_.get(), size_}; }

    /// Amortised constant per value.
    void append(std::span<const T> more) {
        if (size_ + more.size() > capacity_) {
            capacity_ = std::max({std::size_t{16}, capacity_ * 2, size_ + more.size()});
            std::shared_ptr<T[]> wider(new T[capacity_]);
            std::copy_n(values_.get(), size_, wider.get());
            values_ = std::move(wider);
        }
        std::copy(more.begin(), more.end(), values_.get() + size_);
        size_ += more.size();
    }

    void append(const T& value) { append(std::span(&value, 1)); }

    /// Everything appended so far.
    Array<T> array() const { return Array<T>(span(), values_); }

private:
    std::shared_ptr<T[]> values_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace kokemus::timeline
