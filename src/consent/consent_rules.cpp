#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "consent/consent.h"

namespace kokemus::consent {

namespace {

constexpr std::string_view mark = "consent.";
constexpr std::string_view wording_mark = ".wording";
constexpr std::string_view at_mark = ".at";
constexpr std::size_t purpose_bytes_max = 64;
constexpr std::array<std::string_view, 3> names{"granted", "refused", "withdrawn"};

struct Spelling {
    std::string_view text;
    State state;
};

constexpr std::array spellings{Spelling{"granted", State::Granted},
                               Spelling{"true", State::Granted},
                               Spelling{"yes", State::Granted},
                               Spelling{"1", State::Granted},
                               Spelling{"opt-in", State::Granted},
                               Spelling{"refused", State::Refused},
                               Spelling{"denied", State::Refused},
                               Spelling{"false", State::Refused},
                               Spelling{"no", State::Refused},
                               Spelling{"0", State::Refused},
                               Spelling{"opt-out", State::Refused},
                               Spelling{"withdrawn", State::Withdrawn},
                               Spelling{"revoked", State::Withdrawn}};

enum class Part { State, Wording, At };

/// What a trait is about.
struct About {
    std::string_view purpose;
    Part part = Part::State;
};

std::optional<About> about(std::string_view trait) {
    if (!trait.starts_with(mark)) {
        return std::nullopt;
    }
    trait.remove_prefix(mark.size());
    Part part = Part::State;
    for (const auto& [end, is] :
         {std::pair(wording_mark, Part::Wording), std::pair(at_mark, Part::At)}) {
        if (trait.ends_with(end)) {
            trait.remove_suffix(end.size());
            part = is;
            break;
        }
    }
    return check_purpose(trait) ? std::optional(About{trait, part}) : std::nullopt;
}

std::set<std::string> purposes_in(const Traits& traits) {
    std::set<std::string> purposes;
    for (auto trait = traits.lower_bound(std::string(mark));
         trait != traits.end() && trait->first.starts_with(mark);
         ++trait) {
        if (const auto what = about(trait->first)) {
            purposes.emplace(what->purpose);
        }
    }
    return purposes;
}

std::string wording_of(std::string_view purpose) {
    return trait_of(purpose) + std::string(wording_mark);
}

std::string at_of(std::string_view purpose) {
    return trait_of(purpose) + std::string(at_mark);
}

const std::string* value_of(const Traits& traits, const std::string& trait) {
    const auto found = traits.find(trait);
    return found == traits.end() ? nullptr : &found->second;
}

std::optional<Instant> time_in(const Traits& traits, std::string_view purpose) {
    const std::string* text = value_of(traits, at_of(purpose));
    if (text == nullptr) {
        return std::nullopt;
    }
    const auto time = parse_instant(*text);
    return time ? std::optional(*time) : std::nullopt;
}

void remove(Traits& traits, std::string_view purpose) {
    traits.erase(trait_of(purpose));
    traits.erase(wording_of(purpose));
    traits.erase(at_of(purpose));
}

/// What is told of a purpose where this much is known; nothing when it says nothing new.
std::optional<Consent> word_in(const Traits& told, const std::string& purpose,
                               const std::optional<Consent>& known, Instant at) {
    Consent word = known.value_or(Consent{.purpose = purpose});
    if (const std::string* state = value_of(told, trait_of(purpose)); state != nullptr) {
        // A trait that is removed agrees to nothing any more.
        const auto read = state->empty() ? Result<State>(State::Withdrawn) : read_state(*state);
        if (!read || (state->empty() && !known)) {
            return std::nullopt;
        }
        word.state = *read;
    } else if (!known) {
        return std::nullopt;
    }
    if (const std::string* wording = value_of(told, wording_of(purpose)); wording != nullptr) {
        word.wording = *wording;
    }
    if (known && word == *known) {
        return std::nullopt;
    }
    const auto said = time_in(told, purpose);
    if (known && said && *said <= known->at) {
        return std::nullopt;
    }
    // Behind the last word, even where a clock was put back.
    const Instant next = known ? known->at + Milliseconds(1) : Instant::min();
    word.at = said ? std::min(*said, at) : std::max(at, next);
    return word;
}

}  // namespace

std::string_view name_of(State state) {
    return names.at(static_cast<std::size_t>(state));
}

Result<State> read_state(std::string_view text) {
    const std::string small = lower(text);
    const auto found = std::ranges::find(spellings, small, &Spelling::text);
    if (found == spellings.end()) {
        return invalid_input(fmt::format(
            "{} is no state of a consent; write granted, refused or withdrawn", quote(text)));
    }
    return found->state;
}

Status check_purpose(std::string_view purpose) {
    constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    if (purpose.empty() || purpose.size() > purpose_bytes_max ||
        purpose.find_first_not_of(allowed) != std::string_view::npos) {
        return invalid_input(fmt::format(
            "{} names no purpose; write 1 to {} letters, digits, _ and -, such as contact",
            quote(purpose),
            purpose_bytes_max));
    }
    return {};
}

std::string trait_of(std::string_view purpose) {
    return std::string(mark) + std::string(purpose);
}

std::span<const std::string_view> words_of_no() {
    static constexpr std::array<std::string_view, 2> words{names.at(1), names.at(2)};
    return words;
}

Traits traits_of(const Consent& consent) {
    return {{trait_of(consent.purpose), std::string(name_of(consent.state))},
            {wording_of(consent.purpose), consent.wording}};
}

std::string fault_of(std::string_view trait, std::string_view value) {
    if (value.empty()) {
        return {};
    }
    const auto what = about(trait);
    if (what && what->part == Part::State && !read_state(value)) {
        return "is no state of a consent; write granted, refused or withdrawn";
    }
    if (what && what->part == Part::At && !parse_instant(value)) {
        return "is no time at which a consent was told; write it as 2026-03-01T12:00:00Z, or not "
               "at all";
    }
    return {};
}

Traits as_kept(const Traits& told, const Traits& known, Instant at) {
    Traits kept = told;
    for (const std::string& purpose : purposes_in(told)) {
        const auto before = consent_in(known, purpose);
        const auto word = word_in(told, purpose, before, at);
        remove(kept, purpose);
        if (!word && !before && told.contains(wording_of(purpose))) {
            kept.insert(*told.find(wording_of(purpose)));  // until there is a state
        }
        if (word) {
            kept.merge(traits_of(*word));
            kept[at_of(purpose)] = format_instant(word->at);
        }
    }
    return kept;
}

bool has_consents(const Traits& traits) {
    const auto first = traits.lower_bound(std::string(mark));
    return first != traits.end() && first->first.starts_with(mark);
}

std::optional<Consent> consent_in(const Traits& traits, std::string_view purpose) {
    const std::string* text = value_of(traits, trait_of(purpose));
    const auto state = text == nullptr ? Result<State>(State::Granted) : read_state(*text);
    if (text == nullptr || !state) {
        return std::nullopt;
    }
    const std::string* wording = value_of(traits, wording_of(purpose));
    return Consent{.purpose = std::string(purpose),
                   .state = *state,
                   .wording = wording == nullptr ? std::string() : *wording,
                   .at = time_in(traits, purpose).value_or(Instant{})};
}

bool holds_over(const Consent& one, const Consent& other) {
    return one.at != other.at ? one.at > other.at : other.is_given() && !one.is_given();
}

void settle(Traits& whole, std::span<const Traits* const> of_names) {
    std::map<std::string, Consent> holding;
    for (const Traits* traits : of_names) {
        for (const std::string& purpose : purposes_in(*traits)) {
            const auto said = consent_in(*traits, purpose);
            if (!said) {
                continue;
            }
            const auto [place, is_first] = holding.emplace(purpose, *said);
            if (!is_first && holds_over(*said, place->second)) {
                place->second = *said;
            }
        }
    }
    for (const auto& [purpose, consent] : holding) {
        remove(whole, purpose);
        whole[trait_of(purpose)] = name_of(consent.state);
        if (!consent.wording.empty()) {
            whole[wording_of(purpose)] = consent.wording;
        }
        if (consent.at > Instant{}) {
            whole[at_of(purpose)] = format_instant(consent.at);
        }
    }
}

std::vector<Consent> history_of(std::span<const Told> told) {
    std::map<std::string, Traits> known;  // by name
    std::vector<Consent> history;
    for (const Told& once : told) {
        Traits& of_name = known[once.name];
        for (const std::string& purpose : purposes_in(once.traits)) {
            for (const std::string& trait :
                 {trait_of(purpose), wording_of(purpose), at_of(purpose)}) {
                if (const std::string* value = value_of(once.traits, trait); value != nullptr) {
                    of_name.insert_or_assign(trait, *value);
                }
            }
            // As it was kept before states were: a trait that is removed agrees to nothing more.
            if (auto state = of_name.find(trait_of(purpose));
                state != of_name.end() && state->second.empty()) {
                state->second = name_of(State::Withdrawn);
            }
            if (auto now = consent_in(of_name, purpose)) {
                now->source = once.source;
                now->at = time_in(once.traits, purpose).value_or(once.at);
                history.push_back(std::move(*now));
            }
        }
    }
    std::ranges::reverse(history);
    std::ranges::stable_sort(history, std::greater<>(), &Consent::at);
    return history;
}

std::vector<Consent> present_of(std::span<const Consent> history) {
    std::map<std::string, Consent> holding;
    for (const Consent& consent : history) {
        const auto [place, is_first] = holding.emplace(consent.purpose, consent);
        if (!is_first && holds_over(consent, place->second)) {
            place->second = consent;
        }
    }
    std::vector<Consent> present;
    for (auto& [purpose, consent] : holding) {
        present.push_back(std::move(consent));
    }
    return present;
}

}  // namespace kokemus::consent
