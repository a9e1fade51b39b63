#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "timeline/array.h"
#include "timeline/code_column.h"

namespace kokemus::timeline {

/// A number of the ledger per row, in 4 bytes while all of them fit, else in 8.
class NumberPerRow {
public:
    NumberPerRow() = default;

    explicit NumberPerRow(std::vector<std::uint64_t> numbers) {
        if (std::ranges::all_of(numbers, [](std::uint64_t number) { return number <= none; })) {
            narrow_ = Array(std::vector<std::uint32_t>(numbers.begin(), numbers.end()));
        } else {
            wide_ = Array(std::move(numbers));
        }
    }

    std::uint64_t operator[](Row row) const { return wide_.empty() ? narrow_[row] : wide_[row]; }
    std::size_t bytes() const { return narrow_.bytes() + wide_.bytes(); }

    /// Whether it has `rows` numbers (of columns from a file).
    bool is_sound(std::size_t rows) const {
        return narrow_.size() + wide_.size() == rows && (narrow_.empty() || wide_.empty());
    }

    friend bool operator==(const NumberPerRow&, const NumberPerRow&) = default;

    template <typename Visit>
    void visit_columns(Visit&& visit) {
        visit(narrow_);
        visit(wide_);
    }

private:
    Array<std::uint32_t> narrow_;
    Array<std::uint64_t> wide_;
};

}  // namespace kokemus::timeline
