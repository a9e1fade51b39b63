#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "timeline/row_set.h"

namespace kokemus::timeline {

/// Numbers of some rows. Where all of them are whole, hundredths or thousandths that fit 32 bits
/// they are kept so, exactly; else as doubles.
class NumberColumn {
public:
    NumberColumn() = default;

    /// From (row, number) in any order, each row at most once.
    NumberColumn(std::size_t rows, const std::vector<std::pair<Row, double>>& numbers);

    /// Nothing where the row has no number.
    std::optional<double> at(Row row) const {
        if (!present_.contains(row)) {
            return std::nullopt;
        }
        return number(present_.rank(row));
    }

    /// The rows that have a number, and the one of the row at a rank among them.
    const RowSet& rows() const { return present_; }
    double number(std::size_t rank) const {
        return unit_ == 0 ? wide_[rank] : static_cast<double>(scaled_[rank]) / unit_;
    }

    std::size_t size() const { return present_.size(); }
    std::size_t bytes() const { return present_.bytes() + scaled_.bytes() + wide_.bytes(); }

    /// Whether every row below `rows` can be asked for (of columns from a file).
    bool is_sound(std::size_t rows) const;

    friend bool operator==(const NumberColumn&, const NumberColumn&) = default;

    template <typename Visit>
    void visit_columns(Visit&& visit) {
        present_.visit_columns(visit);
        visit(unit_);
        visit(scaled_);
        visit(wide_);
    }

private:
    RowSet present_;
    double unit_ = 0;  ///< 1, 100, 1000: parts of one that `scaled_` counts; 0: `wide_` is in use
    Array<std::int32_t> scaled_;
    Array<double> wide_;
};

}  // namespace kokemus::timeline
