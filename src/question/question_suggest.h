#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "blueprint/blueprint.h"

namespace kokemus::question {

/// What may be written at a place, for a filter bar or a palette.
struct Suggestion {
    std::string text;  ///< to put in place of the word begun, quoted where it must be
    std::string kind;  ///< "field", "condition", "operator", "value", "keyword"

    friend bool operator==(const Suggestion&, const Suggestion&) = default;
};

struct Suggestions {
    /// Characters [begin, cursor) of the text are the word begun; begin == cursor where a new one
    /// begins
    std::size_t begin = 0;
    /// The field whose values are wanted, "" if none: an engine knows more of them than the
    /// blueprint
    std::string field;
    std::string prefix;  ///< the word begun, without quotes
    std::vector<Suggestion> list;
};

/// What may stand at `cursor` (in characters) of a filter; what stands after it does not matter.
/// Fields come first, then conditions and joining words; after a field its operators; after an
/// operator the values that the blueprint knows; after a condition on the unit what belongs to it.
/// At most 50; those that begin with the word begun stand before those that hold it. Takes any
/// text; nothing is suggested where a fault stands before the cursor.
Suggestions suggest_filter(std::string_view text, std::size_t cursor,
                           const blueprint::Blueprint& blueprint);

}  // namespace kokemus::question
