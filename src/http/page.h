#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

/// Long lists in parts, all in one manner: `?limit=&after=`, and in the answer `next`, which is
/// `after` of the next part, or null. `after` names the place of the last entry that was given and
/// not how many there were, so that what is added or removed meanwhile makes nothing appear twice
/// or be left out.
namespace kokemus::http {

/// A list that comes in parts.
struct Paged {
    std::string_view list;  ///< its name in cursors, so that those of another list are refused
    std::size_t entries_default = 100;
    std::size_t entries_max = 500;
    std::span<const std::string_view> also = {};  ///< parameters that choose what is listed
};

/// The part that a request asks for.
struct Page {
    std::string_view list;
    std::size_t limit = 0;   ///< at least 1
    std::string after = {};  ///< the place of an entry, as `cut` was given it; empty: the beginning

    /// One more than is shown, to see whether there is another part.
    std::size_t read() const { return limit + 1; }

    /// The cursor that leads behind the place of an entry. Places have no secrets in them: cursors
    /// stand in addresses.
    std::string cursor(std::string_view place) const;
};

/// InvalidInput for a limit beyond the list's, for what is no cursor of this list, and for a
/// parameter that it does not have.
Result<Page> page_of(const Request& request, const Paged& paged);

/// The whole number that is a place; InvalidInput when it is none.
Result<std::int64_t> number_of(const Page& page);

/// Cuts what was read to the page; the cursor of the next one, when there is one. `place_of` gives
/// the place of an entry as a text.
template <typename Row, typename PlaceOf>
std::optional<std::string> cut(std::vector<Row>& rows, const Page& page, const PlaceOf& place_of) {
    if (rows.size() <= page.limit) {
        return std::nullopt;
    }
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(page.limit), rows.end());
    return page.cursor(place_of(rows.back()));
}

}  // namespace kokemus::http
