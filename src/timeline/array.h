#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace kokemus::timeline {

/// Values that never change and whoever holds their memory: a vector, or a mapped file. Copies
/// share it, so a column costs nothing to hand from one timeline to the next. Thread safe.
template <typename T>
class Array {
public:
    Array() = default;

    /// Takes a vector over.
    explicit Array(std::vector<T> values) {
        auto owner = std::make_shared<const std::vector<T>>(std::move(values));
        values_ = std::span<const T>(*owner);
        owner_ = std::move(owner);
    }

    /// Looks at values that live as long as `owner`.
    Array(std::span<const T> values, std::shared_ptr<const void> owner)
        : values_(values),
          owner_(std::move(owner)) {}

    std::size_t size() const { return values_.size(); }
    bool empty() const { return values_.empty(); }
    const T* data() const { return values_.data(); }
    const T* begin() const { return values_.data(); }
    const T* end() const { return values_.data() + values_.size(); }
    const T& operator[](std::size_t place) const { return values_[place]; }
    const T& back() const { return values_.back(); }
    std::span<const T> span() const { return values_; }

    /// The values [from, from + count).
    std::span<const T> some(std::size_t from, std::size_t count) const {
        return values_.subspan(from, count);
    }

    std::size_t bytes() const { return values_.size_bytes(); }

    /// Whoever holds the memory; null for no values.
    const std::shared_ptr<const void>& owner() const { return owner_; }

    /// By value, whoever holds them.
    friend bool operator==(const Array& a, const Array& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

private:
    std::span<const T> values_;
    std::shared_ptr<const void> owner_;
};

}  // namespace kokemus::timeline
