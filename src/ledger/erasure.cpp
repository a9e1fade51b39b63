#include "ledger/erasure.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ledger/name_digest.h"

namespace kokemus::ledger {

namespace {

/// With its length before it, so that no two lists of fields make one text.
void put(std::string& text, std::string_view field) {
    text += fmt::format("{}:{}\n", field.size(), field);
}

}  // namespace

std::string seal_of(const Erasure& erasure) {
    std::string text;
    put(text, erasure.previous);
    put(text, std::to_string(erasure.number));
    put(text, format_instant(erasure.ordered_at));
    put(text, erasure.ordered_by);
    put(text, erasure.reason);
    put(text, fmt::format("{}", fmt::join(erasure.digests, " ")));
    put(text, std::to_string(erasure.encounters));
    put(text, std::to_string(erasure.texts));
    put(text, std::to_string(erasure.traits));
    put(text, erasure.finished_at ? format_instant(*erasure.finished_at) : "");
    put(text, erasure.remains);
    return sha256(text);
}

std::optional<std::uint64_t> first_broken(std::span<const Erasure> erasures) {
    std::string previous;
    std::uint64_t number = 0;
    bool may_be_finished = true;
    for (const Erasure& erasure : erasures) {
        may_be_finished = may_be_finished && erasure.finished_at.has_value();
        const bool is_sealed =
            erasure.previous == previous && erasure.seal == seal_of(erasure) && may_be_finished;
        const bool is_open = !erasure.finished_at && erasure.seal.empty();
        if (erasure.number != ++number || (!is_sealed && !is_open)) {
            return number;
        }
        previous = erasure.seal;
    }
    return std::nullopt;
}

}  // namespace kokemus::ledger
