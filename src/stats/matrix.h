#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace kokemus::stats {

/// Numbers in rows and columns, kept row by row. What calculates with them stands in
/// linear_algebra.h.
class Matrix {
public:
    Matrix() = default;

    /// All zero.
    Matrix(std::size_t rows, std::size_t columns)
        : rows_(rows),
          columns_(columns),
          values_(rows * columns) {}

    /// From rows of one length, row after row.
    static Matrix of(std::size_t columns, std::vector<double> values) {
        Matrix matrix;
        matrix.rows_ = columns == 0 ? 0 : values.size() / columns;
        matrix.columns_ = columns;
        matrix.values_ = std::move(values);
        return matrix;
    }

    std::size_t rows() const { return rows_; }
    std::size_t columns() const { return columns_; }

    double& operator()(std::size_t row, std::size_t column) {
        return values_[row * columns_ + column];
    }
    double operator()(std::size_t row, std::size_t column) const {
        return values_[row * columns_ + column];
    }

    std::span<const double> row(std::size_t row) const {
        return std::span<const double>(values_).subspan(row * columns_, columns_);
    }

    /// Adds a row, which has as many numbers as there are columns (any, when it is the first).
    void add_row(std::span<const double> row) {
        columns_ = rows_ == 0 ? row.size() : columns_;
        values_.insert(values_.end(), row.begin(), row.end());
        ++rows_;
    }

    void scale(double factor) {
        for (double& value : values_) {
            value *= factor;
        }
    }

    const std::vector<double>& values() const { return values_; }

    friend bool operator==(const Matrix&, const Matrix&) = default;

private:
    std::size_t rows_ = 0;
    std::size_t columns_ = 0;
    std::vector<double> values_;
};

}  // namespace kokemus::stats
