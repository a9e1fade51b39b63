#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

/// What a customer allows and what not. A consent is kept as traits of the customer, so that it has
/// a history with times and sources, follows joined names, and goes with an erasure and into a copy
/// as everything else does.
namespace kokemus::consent {

enum class State : std::uint8_t { Granted, Refused, Withdrawn };

/// "granted", "refused", "withdrawn".
std::string_view name_of(State state);

/// Those, whatever their case, and what other systems write: true and false, yes and no, denied,
/// revoked. InvalidInput, with what there is, for anything else.
Result<State> read_state(std::string_view text);

/// What was said of one purpose.
struct Consent {
    std::string purpose;  ///< "analysis", "contact": names of the organisation's own
    State state = State::Granted;
    std::string wording = {};  ///< the version of the text that was agreed to; empty: not told
    std::string source = {};   ///< who told it: a key, a person
    Instant at{};              ///< when it was told

    bool is_given() const { return state == State::Granted; }

    friend bool operator==(const Consent&, const Consent&) = default;
};

/// The purpose that questions are asked for (docs/privacy.md).
inline constexpr std::string_view analysis = "analysis";

/// InvalidInput unless it has 1 to 64 letters, digits, `_` and `-`.
Status check_purpose(std::string_view purpose);

using Traits = std::map<std::string, std::string>;

/// The trait that holds the state for a purpose: "consent.contact".
std::string trait_of(std::string_view purpose);

/// As the trait says it: what stands there for one who does not agree.
std::span<const std::string_view> words_of_no();

/// The traits that keep a consent; one without a wording removes the one of before.
Traits traits_of(const Consent& consent);

/// Whether these traits say that the customer does not agree to the purpose. Who was not asked has
/// not refused.
bool refuses(const Traits& traits, std::string_view purpose);

/// What was told of somebody's traits at once, under one name.
struct Told {
    std::string name;
    Instant at{};
    std::string source;
    Traits traits;
};

/// Every consent that was told, newest first; `told` is in order.
std::vector<Consent> history_of(std::span<const Told> told);

/// What holds: of each purpose the newest, by purpose.
std::vector<Consent> present_of(std::span<const Consent> history);

}  // namespace kokemus::consent
