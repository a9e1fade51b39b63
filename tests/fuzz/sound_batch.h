#pragma once

#include <string>

#include "base/text.h"
#include "encounter/encounter_json.h"
#include "encounter/faults.h"
#include "encounter/properties.h"
#include "hostile_input.h"
#include "intake/sent_batch.h"

namespace kokemus::fuzz {

/// What the ledger is given keeps its bounds, and is the same after a way over the wire.
inline void must_be_kept_whole(const encounter::Encounter& one, Instant received) {
    must(encounter::check(one).empty(), "an encounter was taken that has a fault");
    must(!one.id.value().empty(), "an encounter was taken without an id");
    must(one.time <= received, "an encounter was taken from the future");
    if (!one.properties.empty()) {
        const auto canonical = encounter::canonical_properties(one.properties);
        must(canonical && *canonical == one.properties, "properties are not canonical");
    }
    const std::string json = encounter::to_json(one);
    must(json.find('\n') == std::string::npos, "an encounter has a line break on the wire");
    const auto again = encounter::encounter_from_json(json);
    must(again && *again == one, "an encounter is another after a way over the wire");
}

/// What holds of whatever was read of a request, by whichever protocol it came.
inline void must_be_sound(const intake::SentBatch& batch, Instant received) {
    must(batch.places.size() == batch.encounters.size(), "an encounter has no place");
    for (std::size_t i = 0; i < batch.places.size(); ++i) {
        must(batch.places[i] < batch.items, "an encounter was not among the items");
        must(i == 0 || batch.places[i - 1] < batch.places[i], "encounters lost their order");
        must_be_kept_whole(batch.encounters[i], received);
    }
    for (const encounter::Customer& customer : batch.customers) {
        must(encounter::check(customer).empty(), "a customer was taken that has a fault");
        must(!customer.traits.empty(), "a customer was taken of whom nothing is said");
    }
    for (const encounter::Assertion& said : batch.identities) {
        must((said.name == said.other) == encounter::is_of_one(said.evidence),
             "a name was said to be itself");
        must(!encounter::is_word(said.evidence), "a sender speaks for a person");
        must(encounter::check(said).empty(), "what is said of two names has a fault");
    }
    for (const auto& refusal : batch.refused.list()) {
        must(refusal.index < batch.items, "what was refused was not among the items");
        must(!refusal.code.empty() && !refusal.reason.empty(), "refused without a reason");
        must(is_valid_utf8(refusal.reason), "the reason of a refusal is no text");
    }
    for (const auto& excluded : batch.excluded) {
        must(!excluded.rule.empty(), "left out by no rule");
    }
    must(batch.encounters.size() + batch.refused.count() + batch.excluded.size() <= batch.items,
         "more came out than went in");
}

}  // namespace kokemus::fuzz
