#include "promise/outcome.h"

#include <algorithm>
#include <map>

namespace kokemus::promise {

namespace {

using encounter::Encounter;
using question::PromiseOutcome;

constexpr Milliseconds at_risk_default = std::chrono::hours(24);

bool names(const std::vector<std::string>& touchpoints, const std::string& touchpoint) {
    return std::find(touchpoints.begin(), touchpoints.end(), touchpoint) != touchpoints.end();
}

/// What this encounter promises: its own dues, and the declared terms of promises it makes without
/// one.
std::map<std::string, Instant> dues_of(const Encounter& encounter,
                                       const blueprint::Blueprint& blueprint) {
    std::map<std::string, Instant> dues = encounter.due;
    for (const blueprint::Promise& promise : blueprint.promises) {
        if (promise.within && names(promise.made, encounter.touchpoint)) {
            dues.try_emplace(promise.name, encounter.time + *promise.within);
        }
    }
    return dues;
}

std::optional<Instant> kept_time(std::span<const Encounter* const> encounters, std::size_t made_at,
                                 const blueprint::Promise& promise) {
    const Encounter& made = *encounters[made_at];
    for (std::size_t i = made_at; i < encounters.size(); ++i) {
        const Encounter& later = *encounters[i];
        const bool same_thread = made.thread.value().empty() || later.thread == made.thread;
        if (same_thread && names(promise.kept, later.touchpoint)) {
            return later.time;
        }
    }
    return std::nullopt;
}

PromiseOutcome decide(const Outcome& outcome, const blueprint::Promise* promise, Instant now) {
    if (outcome.kept_at) {
        return *outcome.kept_at <= outcome.due ? PromiseOutcome::Kept : PromiseOutcome::Late;
    }
    if (outcome.due < now) {
        return PromiseOutcome::Broken;
    }
    const Milliseconds soon =
        promise != nullptr ? promise->at_risk.value_or(at_risk_default) : at_risk_default;
    return outcome.due - now <= soon ? PromiseOutcome::AtRisk : PromiseOutcome::Open;
}

}  // namespace

std::vector<Outcome> judge(std::span<const Encounter* const> encounters,
                           const blueprint::Blueprint& blueprint, Instant now) {
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < encounters.size(); ++i) {
        for (const auto& [name, due] : dues_of(*encounters[i], blueprint)) {
            const blueprint::Promise* promise = blueprint.promise(name);
            Outcome outcome{name, i, due, PromiseOutcome::Open, std::nullopt};
            if (promise != nullptr) {
                outcome.kept_at = kept_time(encounters, i, *promise);
            }
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
