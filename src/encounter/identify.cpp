#include "encounter/identify.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <fmt/format.h>

#include "encounter/body_hash.h"

namespace kokemus::encounter {

/// Bodies by the low half of their hash. Two bodies that share it would only be numbered as
/// repeats, which is as deterministic; most bodies come once, so counts are kept apart.
struct Identifier::Seen {
    boost::unordered_flat_set<std::uint64_t> once;
    boost::unordered_flat_map<std::uint64_t, std::uint64_t> occurrences;
};

Identifier::Identifier() : seen_(std::make_unique<Seen>()) {}
Identifier::~Identifier() = default;
Identifier::Identifier(Identifier&&) noexcept = default;
Identifier& Identifier::operator=(Identifier&&) noexcept = default;

void Identifier::identify(Encounter& encounter) {
    if (!encounter.id.value().empty()) {
        return;
    }
    const std::uint64_t body = body_hash(encounter).low;
    if (seen_->once.insert(body).second) {
        encounter.id = EncounterId(fmt::format("{:016x}", body));
        return;
    }
    const std::uint64_t occurrence = ++seen_->occurrences.try_emplace(body, 1).first->second;
    encounter.id = EncounterId(fmt::format("{:016x}-{}", body, occurrence));
}

bool clamp_time(Encounter& encounter, Instant now) {
    if (encounter.time <= now) {
        return false;
    }
    encounter.time = now;
    encounter.time_clamped = true;
    return true;
}

}  // namespace kokemus::encounter
