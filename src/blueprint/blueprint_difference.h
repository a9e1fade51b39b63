#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"

namespace kokemus::blueprint {

/// One thing that is otherwise in another blueprint, in the words of its file.
struct Change {
    enum class Kind : std::uint8_t { Added, Removed, Changed };

    Kind kind = Kind::Changed;
    std::string noun;    ///< "channel", "promise"; empty: the blueprint as a whole
    std::string name;    ///< of the declaration
    std::string key;     ///< "within", "stage 'order' intended", "order"; empty: all of it
    std::string before;  ///< as the file writes it, without quotes; empty: nothing was said
    std::string after;

    friend bool operator==(const Change&, const Change&) = default;
};

/// What is otherwise in `after`: by nouns in the order of docs/blueprint.md, then by name. A key
/// that says what its absence means counts as absent. Empty if and only if both are equal.
std::vector<Change> difference(const Blueprint& before, const Blueprint& after);

/// What whoever applies these changes should think of: a metric that is defined otherwise under the
/// version it had, so that old and new values look comparable.
std::vector<std::string> remarks_on(const std::vector<Change>& changes);

/// "+ channel 'chatbot': kind bot", "~ promise 'delivered on time': within 2d -> 1d".
std::string to_text(const Change& change);

}  // namespace kokemus::blueprint
