#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kokemus::answer {

/// Writes JSON in one canonical spelling, so that equal values are equal bytes: no blanks, keys in
/// the order written, numbers with at most 12 significant digits in their shortest form (what two
/// sums of the same numbers differ in does not show), never "-0"; what is not finite is null.
///
/// Any bytes make valid JSON that is safe to look at: what is no UTF-8 becomes U+FFFD; control
/// characters, marks that turn the reading direction and `<` are escaped.
class JsonWriter {
public:
    JsonWriter& open_object() { return open('{'); }
    JsonWriter& close_object() { return close('}'); }
    JsonWriter& open_list() { return open('['); }
    JsonWriter& close_list() { return close(']'); }
    JsonWriter& key(std::string_view name);

    JsonWriter& text(std::string_view text);
    JsonWriter& number(double number);
    JsonWriter& count(std::uint64_t count);
    JsonWriter& whole(std::int64_t number);
    JsonWriter& flag(bool flag);
    JsonWriter& null();

    /// JSON made elsewhere, as one value. Not checked.
    JsonWriter& raw(std::string_view json);

    /// A key with a plain value; an absent optional is null.
    template <typename Plain>
    JsonWriter& member(std::string_view name, const Plain& plain) {
        key(name);
        return plain_value(plain);
    }

    template <typename Plain>
    JsonWriter& plain_value(const Plain& plain) {
        if constexpr (std::same_as<Plain, bool>) {
            return flag(plain);
        } else if constexpr (std::unsigned_integral<Plain>) {
            return count(plain);
        } else if constexpr (std::signed_integral<Plain>) {
            return whole(plain);
        } else if constexpr (std::floating_point<Plain>) {
            return number(plain);
        } else {
            return text(plain);
        }
    }

    template <typename Plain>
    JsonWriter& plain_value(const std::optional<Plain>& plain) {
        return plain ? plain_value(*plain) : null();
    }

    /// What was written; the writer is empty afterwards.
    std::string take();

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void separate();

    std::string out_;
    bool needs_comma_ = false;
};

/// One character of UTF-8 at the start of `text`: its code point and length; U+FFFD and 1 when the
/// bytes are none. `text` is not empty.
struct Character {
    std::uint32_t code = 0;
    std::size_t bytes = 1;
};
Character first_character(std::string_view text);

/// Control characters of either set, and marks that turn the reading direction: nothing that a
/// terminal or a page should be given.
bool is_unsafe(std::uint32_t code);

}  // namespace kokemus::answer
