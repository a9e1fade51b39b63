#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "consent/consent.h"

namespace kokemus::consent {

namespace {

constexpr std::string_view mark = "consent.";
constexpr std::string_view wording_mark = ".wording";
constexpr std::size_t purpose_bytes_max = 64;
constexpr std::array<std::string_view, 3> names{"granted", "refused", "withdrawn"};

struct Spelling {
    std::string_view text;
    State state;
};

constexpr std::array spellings{Spelling{"granted", State::Granted},
                               Spelling{"true", State::Granted},
                               Spelling{"yes", State::Granted},
                               Spelling{"refused", State::Refused},
                               Spelling{"denied", State::Refused},
                               Spelling{"false", State::Refused},
                               Spelling{"no", State::Refused},
                               Spelling{"withdrawn", State::Withdrawn},
                               Spelling{"revoked", State::Withdrawn}};

/// What a trait is about.
struct About {
    std::string purpose;
    bool is_wording = false;
};

std::optional<About> about(std::string_view trait) {
    if (!trait.starts_with(mark)) {
        return std::nullopt;
    }
    trait.remove_prefix(mark.size());
    const bool is_wording = trait.ends_with(wording_mark);
    if (is_wording) {
        trait.remove_suffix(wording_mark.size());
    }
    return check_purpose(trait) ? std::optional(About{std::string(trait), is_wording})
                                : std::nullopt;
}

/// What one name says of one purpose, as far as it was told.
struct Known {
    std::optional<State> state;
    std::string wording;
};

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
    const std::string trait = trait_of(consent.purpose);
    return {{trait, std::string(name_of(consent.state))},
            {trait + std::string(wording_mark), consent.wording}};
}

bool refuses(const Traits& traits, std::string_view purpose) {
    const auto found = traits.find(trait_of(purpose));
    if (found == traits.end()) {
        return false;
    }
    const auto state = read_state(found->second);
    return state && *state != State::Granted;
}

std::vector<Consent> history_of(std::span<const Told> told) {
    std::map<std::pair<std::string, std::string>, Known> known;  // by name and purpose
    std::vector<Consent> history;
    for (const Told& once : told) {
        std::vector<std::string> purposes;
        for (const auto& [trait, value] : once.traits) {
            const auto what = about(trait);
            if (!what) {
                continue;
            }
            Known& of_purpose = known[{once.name, what->purpose}];
            if (what->is_wording) {
                of_purpose.wording = value;
            } else {
                // A trait that is removed agrees to nothing any more.
                const auto state =
                    value.empty() ? Result<State>(State::Withdrawn) : read_state(value);
                of_purpose.state = state ? std::optional(*state) : std::nullopt;
            }
            purposes.push_back(what->purpose);
        }
        purposes.erase(std::unique(purposes.begin(), purposes.end()), purposes.end());
        for (const std::string& purpose : purposes) {
            const Known& now = known[{once.name, purpose}];
            if (now.state) {
                history.push_back({purpose, *now.state, now.wording, once.source, once.at});
            }
        }
    }
    std::ranges::reverse(history);
    std::ranges::stable_sort(history, std::greater<>(), &Consent::at);
    return history;
}

std::vector<Consent> present_of(std::span<const Consent> history) {
    std::map<std::string, Consent> newest;
    for (const Consent& consent : history) {
        newest.emplace(consent.purpose, consent);
    }
    std::vector<Consent> present;
    for (auto& [purpose, consent] : newest) {
        present.push_back(std::move(consent));
    }
    return present;
}

}  // namespace kokemus::consent
