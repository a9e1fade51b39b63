#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/instant.h"

/// What goes into a statement and comes out of it: text, whole numbers, numbers, nothing. Times are
/// whole milliseconds since 1970, truths are 0 and 1, so that both stores keep them alike.
namespace kokemus::records {

/// What a cell holds; monostate is SQL's NULL.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

enum class Kind : std::uint8_t { Integer, Number, Text };

/// How a C++ type lies in a cell. `from` is only called with a cell of that kind.
template <typename T>
struct Column;

template <>
struct Column<std::int64_t> {
    static constexpr Kind kind = Kind::Integer;
    static constexpr bool optional = false;
    static std::int64_t from(Cell&& cell) { return std::get<std::int64_t>(cell); }
};

template <>
struct Column<bool> {
    static constexpr Kind kind = Kind::Integer;
    static constexpr bool optional = false;
    static bool from(Cell&& cell) { return std::get<std::int64_t>(cell) != 0; }
};

template <>
struct Column<Instant> {
    static constexpr Kind kind = Kind::Integer;
    static constexpr bool optional = false;
    static Instant from(Cell&& cell) { return Instant(Milliseconds(std::get<std::int64_t>(cell))); }
};

template <>
struct Column<double> {
    static constexpr Kind kind = Kind::Number;
    static constexpr bool optional = false;
    static double from(Cell&& cell) { return std::get<double>(cell); }
};

template <>
struct Column<std::string> {
    static constexpr Kind kind = Kind::Text;
    static constexpr bool optional = false;
    static std::string from(Cell&& cell) { return std::get<std::string>(std::move(cell)); }
};

template <typename T>
struct Column<std::optional<T>> {
    static constexpr Kind kind = Column<T>::kind;
    static constexpr bool optional = true;
    static std::optional<T> from(Cell&& cell) {
        if (std::holds_alternative<std::monostate>(cell)) {
            return std::nullopt;
        }
        return Column<T>::from(std::move(cell));
    }
};

/// A cell to be written, from whatever a C++ caller has at hand.
class Value {
public:
    // NOLINTBEGIN(google-explicit-constructor): a list of values is written as the values are.
    Value(std::nullopt_t) {}
    Value(bool truth) : cell_(std::int64_t{truth ? 1 : 0}) {}
    template <typename Whole>
    requires std::is_integral_v<Whole> &&(!std::is_same_v<Whole, bool>)Value(Whole number)
        : cell_(static_cast<std::int64_t>(number)) {}
    Value(double number) : cell_(number) {}
    Value(Instant time) : cell_(std::int64_t{time.time_since_epoch().count()}) {}
    Value(std::string text) : cell_(std::move(text)) {}
    Value(std::string_view text) : cell_(std::string(text)) {}
    Value(const char* text) : cell_(std::string(text)) {}
    template <typename T>
    Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value(std::nullopt)) {}
    // NOLINTEND(google-explicit-constructor)

    const Cell& cell() const { return cell_; }

private:
    Cell cell_;
};

}  // namespace kokemus::records
