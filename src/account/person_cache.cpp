#include "account/person_cache.h"

#include "account/bounds.h"

namespace kokemus::account {

std::optional<Person> PersonCache::find(const std::string& digest, Instant now) const {
    return state_.with([&](const State& state) -> std::optional<Person> {
        const auto found = state.known.find(digest);
        if (found == state.known.end() || now < found->second.at ||
            now - found->second.at >= bounds::person_known_for) {
            return std::nullopt;
        }
        return found->second.person;
    });
}

std::uint64_t PersonCache::changes() const {
    return state_.with([](const State& state) { return state.changes; });
}

void PersonCache::keep(const std::string& digest, Person person, Instant now,
                       std::uint64_t changes) {
    state_.with([&](State& state) {
        if (state.changes != changes) {
            return;
        }
        if (state.known.size() >= bounds::persons_known_max) {
            state.known.clear();
        }
        state.known[digest] = Known{std::move(person), now};
    });
}

void PersonCache::forget() {
    state_.with([](State& state) {
        state.known.clear();
        ++state.changes;
    });
}

}  // namespace kokemus::account
