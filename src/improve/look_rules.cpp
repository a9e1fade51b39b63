#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "improve/look.h"
#include "stats/confidence_sequence.h"
#include "stats/verdict.h"

namespace kokemus::improve {

namespace {

using stats::Verdict;

/// In the direction that was hoped for: upwards.
stats::Interval turned(const stats::Interval& interval, double direction) {
    return direction > 0 ? interval : stats::Interval{-interval.high, -interval.low};
}

std::string failed_checks(const Effect& effect) {
    std::string words;
    for (const Check& check : effect.checks) {
        if (!check.passed) {
            words += (words.empty() ? "" : "; ") + check.words;
        }
    }
    return words;
}

bool lot_is_broken(const Effect& effect) {
    return std::any_of(effect.checks.begin(), effect.checks.end(), [](const Check& check) {
        return check.name == "sample-ratio" && !check.passed;
    });
}

std::string words_of(Verdict verdict, const std::optional<std::uint64_t>& more,
                     const std::string& counted) {
    switch (verdict) {
        case Verdict::Confirmed: return "the effect is there, and worth it";
        case Verdict::Refuted: return "whatever it does is less than what was worth it";
        case Verdict::TooSmall:
            return "whatever effect there is, it is smaller than what was worth it";
        case Verdict::NotYetKnown: break;
    }
    return more ? fmt::format(
                      "the interval leaves room for more than one verdict; were the "
                      "estimate to stay, {} more {} would decide",
                      *more,
                      counted)
                : "the interval leaves room for more than one verdict";
}

double shrunken(const Effect& effect) {
    if (effect.estimate == 0) {
        return 0;
    }
    const double ratio = effect.standard_error / effect.estimate;
    return effect.estimate * std::max(0.0, 1 - ratio * ratio);
}

}  // namespace

Look judged(const Effect& effect, const Registration& registration, const Plan& plan,
            std::span<const PastLook> before) {
    Look look;
    look.effect = effect;
    look.looks = before.empty() ? 1 : before.back().ordinal + 1;
    stats::ConfidenceSequence sequence(std::max<std::uint64_t>(1, plan.planned_n),
                                       1 - registration.alpha);
    for (const PastLook& past : before) {
        if (past.enough) {
            sequence.look(past.estimate, past.standard_error, past.n);
        }
    }
    if (effect.enough) {
        sequence.look(effect.estimate, effect.standard_error, effect.n);
    }
    look.always = sequence.interval();
    if (!effect.enough) {
        look.why = effect.why_not;
        return look;
    }
    const double direction = registration.direction();
    const double upward = direction * effect.estimate;
    const double worthwhile = std::abs(registration.worthwhile);
    const stats::Finding finding = stats::find({.estimate = upward,
                                                .interval = turned(look.always, direction),
                                                .n = effect.n,
                                                .method = "sequence",
                                                .enough = true},
                                               {worthwhile, registration.proof});
    look.verdict = finding.verdict;
    look.more_needed = finding.more_needed;
    look.why = words_of(look.verdict, look.more_needed, effect.counted);
    look.chance_worthwhile = stats::chance_above(worthwhile, upward, effect.standard_error);
    look.chance_any = stats::chance_above(0, upward, effect.standard_error);
    look.shrunken = shrunken(effect);
    const bool is_spoilt = lot_is_broken(effect) || sequence.contradicted();
    if (is_spoilt || (look.verdict == Verdict::Confirmed && !effect.sound())) {
        look.verdict = Verdict::NotYetKnown;
        look.more_needed = std::nullopt;
        look.why = sequence.contradicted()
                       ? "the looks contradict each other: what is measured has changed meanwhile, "
                         "or chance was very unkind"
                       : failed_checks(effect);
    }
    return look;
}

}  // namespace kokemus::improve
