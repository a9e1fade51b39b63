#include "promise/outcome.h"

#include <algorithm>

namespace kokemus::promise {

namespace {

using encounter::Encounter;
using question::PromiseOutcome;

constexpr Milliseconds at_risk_default = std::chrono::hours(24);

bool names(const std::vector<std::string>& touchpoints, const std::string& touchpoint) {
    return std::find(touchpoints.begin(), touchpoints.end(), touchpoint) != touchpoints.end();
}

/// When the promise is due that this encounter makes; nothing when it makes none: a declared maker
/// promises by its own due or by the declared term, any other encounter only where no maker is
/// declared.
std::optional<Instant> due_of(const Encounter& encounter, const blueprint::Promise& promise) {
    const bool makes = names(promise.made, encounter.touchpoint);
    if (!promise.made.empty() && !makes) {
        return std::nullopt;
    }
    if (const auto due = encounter.due.find(promise.name); due != encounter.due.end()) {
        return due->second;
    }
    return makes && promise.within ? std::optional(encounter.time + *promise.within) : std::nullopt;
}

std::optional<Instant> kept_time(std::span<const Encounter* const> encounters, std::size_t made_at,
                                 const blueprint::Promise& promise) {
    const Encounter& made = *encounters[made_at];
    for (std::size_t i = made_at + 1; i < encounters.size(); ++i) {
        const Encounter& later = *encounters[i];
        const bool same_thread = made.thread.value().empty() || later.thread == made.thread;
        if (same_thread && names(promise.kept, later.touchpoint)) {
            return later.time;
        }
    }
    return std::nullopt;
}

PromiseOutcome decide(const Outcome& outcome, const blueprint::Promise& promise, Instant now) {
    if (outcome.kept_at) {
        return *outcome.kept_at <= outcome.due ? PromiseOutcome::Kept : PromiseOutcome::Late;
    }
    if (outcome.due < now) {
        return PromiseOutcome::Broken;
    }
    const bool soon = outcome.due - now <= promise.at_risk.value_or(at_risk_default);
    return soon ? PromiseOutcome::AtRisk : PromiseOutcome::Open;
}

}  // namespace

std::vector<Outcome> judge(std::span<const Encounter* const> encounters,
                           const blueprint::Blueprint& blueprint, Instant now) {
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < encounters.size(); ++i) {
        for (const blueprint::Promise& promise : blueprint.promises) {
            const std::optional<Instant> due = due_of(*encounters[i], promise);
            if (!due) {
                continue;
            }
            Outcome outcome{promise.name, i, *due, PromiseOutcome::Open, std::nullopt};
            outcome.kept_at = kept_time(encounters, i, promise);
            outcome.outcome = decide(outcome, promise, now);
            outcomes.push_back(std::move(outcome));
        }
    }
    return outcomes;
}

std::string_view outcome_name(PromiseOutcome outcome) {
    constexpr std::string_view outcome_names[] = {"kept", "late", "broken", "open", "at_risk"};
    return outcome_names[static_cast<std::size_t>(outcome)];
}

}  // namespace kokemus::promise
