#pragma once

#include <compare>
#include <functional>
#include <utility>

namespace kokemus {

/// A value with a meaning of its own: `Strong<std::string, struct CustomerTag>` is no thread id.
template <typename Value, typename Tag>
class Strong {
public:
    Strong() = default;
    explicit Strong(Value value) : value_(std::move(value)) {}

    const Value& value() const { return value_; }

    friend bool operator==(const Strong&, const Strong&) = default;
    friend auto operator<=>(const Strong&, const Strong&) = default;

private:
    Value value_{};
};

}  // namespace kokemus

template <typename Value, typename Tag>
struct std::hash<kokemus::Strong<Value, Tag>> {
    std::size_t operator()(const kokemus::Strong<Value, Tag>& strong) const {
        return std::hash<Value>{}(strong.value());
    }
};
