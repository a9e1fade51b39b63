#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "timeline/array.h"

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

    /// Calls `fill` with a pointer to `rows` zeros, typed by the width that codes below `codes`
    /// take. Distinct rows may be written by distinct threads, until it returns.
    template <typename Fill>
    static CodeColumn make(std::size_t rows, std::size_t codes, Fill&& fill) {
        if (codes <= 0x100) {
            return filled<std::uint8_t>(rows, fill);
        }
        if (codes <= 0x1'0000) {
            return filled<std::uint16_t>(rows, fill);
        }
        return filled<std::uint32_t>(rows, fill);
    }

    /// For single look-ups; loops over many rows use `visit`.
    Code operator[](std::size_t row) const {
        switch (width_) {
            case 1: return typed<std::uint8_t>()[row];
            case 2: return typed<std::uint16_t>()[row];
            default: return typed<std::uint32_t>()[row];
        }
    }

    /// Calls `use` with a pointer to the first code, typed by its width.
    template <typename Use>
    decltype(auto) visit(Use&& use) const {
        switch (width_) {
            case 1: return use(typed<std::uint8_t>());
            case 2: return use(typed<std::uint16_t>());
            default: return use(typed<std::uint32_t>());
        }
    }

    std::size_t size() const { return bytes_.size() / width_; }
    std::size_t bytes() const { return bytes_.size(); }

    /// Whether it has `rows` codes, all below `codes` (of columns from a file).
    bool is_sound(std::size_t rows, std::size_t codes) const;

    friend bool operator==(const CodeColumn&, const CodeColumn&) = default;

    /// Everything that makes up the column, for writing to and reading from a file.
    template <typename Visit>
    void visit_columns(Visit&& visit) {
        visit(width_);
        visit(bytes_);
    }

private:
    template <typename Width, typename Fill>
    static CodeColumn filled(std::size_t rows, Fill& fill) {
        auto values = std::make_shared<std::vector<Width>>(rows);
        fill(values->data());
        CodeColumn column;
        column.width_ = sizeof(Width);
        column.bytes_ = Array<std::byte>(std::as_bytes(std::span<const Width>(*values)), values);
        return column;
    }

    template <typename Width>
    const Width* typed() const {
        return reinterpret_cast<const Width*>(bytes_.data());
    }

    std::uint32_t width_ = 1;
    Array<std::byte> bytes_;
};

/// The type of the codes that a pointer leads to.
template <typename Pointer>
using WidthOf = std::remove_cv_t<std::remove_pointer_t<Pointer>>;

/// Reads the codes of `rows` into `out`, which has room for them.
inline void gather(const CodeColumn& column, std::span<const Row> rows, Code* out) {
    column.visit([&](const auto* codes) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            out[i] = codes[rows[i]];
        }
    });
}

/// Reads the codes of the rows [from, from + count) into `out`, which has room for them.
inline void gather(const CodeColumn& column, Row from, std::size_t count, Code* out) {
    column.visit([&](const auto* codes) { std::copy_n(codes + from, count, out); });
}

}  // namespace kokemus::timeline
