#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

namespace kokemus::timeline {

/// A place in the columns: rows are in (customer, time, sequence, id) order.
using Row = std::uint32_t;

/// A place in a dictionary.
using Code = std::uint32_t;

inline constexpr std::uint32_t none = 0xFFFF'FFFF;  ///< no row, no code, no customer

/// Codes of a dictionary, one per row, as narrow (8, 16, 32 bits) as the number of codes allows.
class CodeColumn {
public:
    CodeColumn() = default;

    /// All zero, wide enough for codes below `codes`.
    CodeColumn(std::size_t rows, std::size_t codes) {
        if (codes <= 0x100) {
            values_ = std::vector<std::uint8_t>(rows);
        } else if (codes <= 0x1'0000) {
            values_ = std::vector<std::uint16_t>(rows);
        } else {
            values_ = std::vector<std::uint32_t>(rows);
        }
    }

    /// For single look-ups; loops over many rows use `visit`.
    Code operator[](std::size_t row) const {
        if (const auto* narrow = std::get_if<0>(&values_)) {
            return (*narrow)[row];
        }
        if (const auto* middle = std::get_if<1>(&values_)) {
            return (*middle)[row];
        }
        return (*std::get_if<2>(&values_))[row];
    }

    /// Calls `use` with a pointer to the first code, typed by its width.
    template <typename Use>
    decltype(auto) visit(Use&& use) const {
        return std::visit([&](const auto& values) -> decltype(auto) { return use(values.data()); },
                          values_);
    }

    /// As above, for filling. Distinct rows may be written by distinct threads.
    template <typename Use>
    void fill(Use&& use) {
        std::visit([&](auto& values) { use(values.data()); }, values_);
    }

    std::size_t size() const {
        return std::visit([](const auto& values) { return values.size(); }, values_);
    }

    std::size_t bytes() const {
        return std::visit([](const auto& values) { return values.size() * sizeof(values[0]); },
                          values_);
    }

    friend bool operator==(const CodeColumn&, const CodeColumn&) = default;

private:
    std::variant<std::vector<std::uint8_t>, std::vector<std::uint16_t>, std::vector<std::uint32_t>>
        values_;
};

/// Reads the codes of `rows` into `out`, which has room for them.
inline void gather(const CodeColumn& column, std::span<const Row> rows, Code* out) {
    column.visit([&](const auto* codes) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            out[i] = codes[rows[i]];
        }
    });
}

}  // namespace kokemus::timeline
