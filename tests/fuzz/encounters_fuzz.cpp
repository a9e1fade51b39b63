#include "collecting_rules.h"
#include "intake/json_batch.h"
#include "sound_batch.h"

namespace {

using namespace kokemus;

const Instant received = *parse_instant("2026-03-01T12:00:00Z");

Result<intake::SentBatch> read(std::string_view text) {
    static const fuzz::CollectingRules rules = fuzz::read_rules();
    return intake::read_json_batch(
        text, received, {*rules.blueprint, rules.exclusions, "Mozilla/5.0", "198.51.100.7"});
}

/// What was taken of it, as the wire would have it.
std::string taken(const Result<intake::SentBatch>& batch) {
    std::string all;
    for (const encounter::Encounter& one : batch->encounters) {
        all += encounter::to_json(one) + '\n';
    }
    return all;
}

/// The two parsers behind it understand one object alike: alone it takes the slower one, in a list
/// the faster.
void must_mean_the_same_in_a_list(std::string_view object) {
    const auto alone = read(object);
    if (!alone || alone->encounters.empty()) {
        return;
    }
    const auto listed = read("[" + std::string(object) + "]");
    fuzz::must(listed.has_value(), "an encounter is refused in a list");
    fuzz::must(taken(alone) == taken(listed), "an encounter is another one in a list");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const fuzz::HostileInput input(bytes, size);
    const auto batch = read(input.rest());
    if (!batch) {
        fuzz::must(!batch.error().message.empty(), "refused without words");
        fuzz::must(is_valid_utf8(batch.error().message), "refused with words that are no text");
        return 0;
    }
    fuzz::must_be_sound(*batch, received);
    fuzz::must(
        batch->encounters.size() + batch->refused.count() + batch->excluded.size() == batch->items,
        "an item is neither taken nor refused nor left out");
    if (input.rest().find('\n') == std::string_view::npos && !input.rest().starts_with("[")) {
        must_mean_the_same_in_a_list(input.rest());
    }
    return 0;
}
