#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kokemus::refused {

/// The texts in an item: what stands between the quotes of its JSON, without escapes. Of JSON that
/// is broken or was cut off, those that can be made out.
std::vector<std::string> texts_in(std::string_view item);

/// Names that are looked for in items, whoever wrote them: as they are, with any escapes of JSON
/// (`crm\/77`, `R\u0026D`), also of JSON within its texts, and with those of addresses. Upper and
/// lower case are two names, as everywhere. Immutable.
class NamesInItems {
public:
    explicit NamesInItems(std::span<const std::string> names);

    /// Whether one of them stands anywhere in it; of fewer than `bounds::found_anywhere_bytes_min`
    /// bytes, whether it is the whole of one of its texts.
    bool any_in(std::string_view item) const;

private:
    /// JSON within a text of JSON within a text of JSON.
    static constexpr int layers_max = 4;

    bool any_short_in(std::string_view item) const;
    bool any_long_in(std::string_view item) const;

    std::set<std::string, std::less<>> short_;
    std::set<std::string, std::less<>> long_;
};

}  // namespace kokemus::refused
