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

/// Those, whatever their case, and what other systems write: true and false, yes and no, 1 and 0,
/// denied, revoked, opt-in and opt-out. InvalidInput, with what there is, for anything else.
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

/// The traits that tell a consent; one without a wording removes the one of before.
Traits traits_of(const Consent& consent);

/// What is wrong with a trait that is told of somebody, where it is about a consent: a state or a
/// time that cannot be read. "is no state of a consent; write..." Empty: nothing is.
std::string fault_of(std::string_view trait, std::string_view value);

/// Traits that are told under one name at a time, as they are to be kept beside those that are
/// `known` under it. Of each consent the state by its own name, and in a trait of its own when it
/// was told (`consent.contact.at`), so that of several names the newest word can be known. A state
/// that is removed is withdrawn. A word counts when it is another one than the name's last; one
/// that says when it was told (never later than `at`) and is not newer does not. What is not
/// about consents stays as it is.
Traits as_kept(const Traits& told, const Traits& known, Instant at);

/// Whether any of them is about a consent.
bool has_consents(const Traits& traits);

/// What the traits of one name say of a purpose; its source is not among them. Nothing when they
/// do not say.
std::optional<Consent> consent_in(const Traits& traits, std::string_view purpose);

/// Whether this word holds over the other: it is newer, or as old and a no.
bool holds_over(const Consent& one, const Consent& other);

/// Puts into the traits of a customer what holds of each purpose of all that is said under their
/// names, in the spelling of `as_kept`.
void settle(Traits& whole, std::span<const Traits* const> of_names);

/// What was told of somebody's traits at once, under one name.
struct Told {
    std::string name;
    Instant at{};
    std::string source;
    Traits traits;
};

/// Every consent that was told, newest first; `told` is in order.
std::vector<Consent> history_of(std::span<const Told> told);

/// What holds (holds_over), by purpose.
std::vector<Consent> present_of(std::span<const Consent> history);

}  // namespace kokemus::consent
