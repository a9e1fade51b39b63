#include "answer/ask.h"

#include <algorithm>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "question/drill.h"
#include "question/format.h"

namespace kokemus::answer {
namespace {

using question::Kind;

Result<Built> build(const Asked& asked) {
    switch (asked.question.kind) {
        case Kind::Flow: return build_flow(asked);
        case Kind::Variants: return build_variants(asked);
        case Kind::Funnel: return build_funnel(asked);
        case Kind::Trend: return build_trend(asked);
        case Kind::Breakdown: return build_breakdown(asked);
        case Kind::Promises: return build_promises(asked);
        case Kind::Lateness: return build_lateness(asked);
        case Kind::Foresight: return build_foresight(asked);
        case Kind::Episodes: return build_episodes(asked);
        case Kind::Timeline: return build_timeline(asked);
        case Kind::Switches: return build_switches(asked);
        case Kind::Drivers: return build_drivers(asked);
    }
    return internal_error("an answer to a question of no kind");
}

Answer enveloped(const question::Question& question, Built built) {
    return Answer{question,
                  question::format(question),
                  built.population,
                  std::move(built.finding),
                  std::move(built.body)};
}

/// `by FIELD` gives one answer per value, except of a breakdown, whose groups are its answer.
bool splits_by_value(const question::Question& question) {
    switch (question.kind) {
        case Kind::Flow:
        case Kind::Variants:
        case Kind::Funnel:
        case Kind::Promises:
        case Kind::Lateness:
        case Kind::Switches: return question.by.has_value();
        default: return false;
    }
}

struct Compared {
    std::string value;
    Headline headline;
};

/// The value whose headline lies furthest on the bad side of the whole, if beyond chance for all
/// values at once.
Finding find_by_value(const std::string& by, const std::vector<Compared>& groups,
                      const Headline& whole) {
    const auto enough =
        static_cast<std::size_t>(std::ranges::count_if(groups, [](const auto& group) {
            return group.headline.value(stats::usual_confidence).enough();
        }));
    if (enough < 2) {
        return FindingMaker("by.few").text("by", by).done();
    }
    const double confidence = simultaneous(enough);
    const Compared* worst = nullptr;
    double largest_gap = 0;
    for (const Compared& group : groups) {
        const auto change =
            metric::change(group.headline.value(confidence), whole.value(confidence));
        const double gap = change ? std::abs(change->estimate) : 0;
        if (change && gap > largest_gap &&
            metric::course(*change, whole.high_is_good) == metric::Course::Worse) {
            worst = &group;
            largest_gap = gap;
        }
    }
    if (worst == nullptr) {
        return FindingMaker("by.even").text("by", by).done();
    }
    return FindingMaker("by.worst")
        .text("by", by)
        .text("group", none_given(worst->value))
        .text("what", whole.what)
        .estimate("", worst->headline.value(stats::usual_confidence))
        .estimate("total", whole.value(stats::usual_confidence))
        .done();
}

Result<Answer> answer_by_value(const Asked& asked) {
    question::Question plain = asked.question;
    const question::Field field = *plain.by;
    plain.by.reset();
    Built whole = TRY(build(Asked{plain, asked.engine, asked.blueprint, asked.known_until}));
    const auto values = TRY(asked.engine.values(field, plain, by_values_max));
    ByValue by{field.name, {}, values.distinct - values.most.size()};
    std::vector<Compared> compared;
    for (const question::Engine::ValueCount& each : values.most) {
        const question::Question of_value = question::narrow_to_value(plain, field, each.value);
        Built built = TRY(build(Asked{of_value, asked.engine, asked.blueprint, asked.known_until}));
        if (built.headline) {
            compared.push_back(Compared{each.value, *built.headline});
        }
        by.groups.push_back(Group{each.value, enveloped(of_value, std::move(built))});
    }
    if (whole.headline && whole.population.encounters > 0) {
        whole.finding = find_by_value(by.by, compared, *whole.headline);
    }
    whole.body = std::move(by);
    return enveloped(asked.question, std::move(whole));
}

}  // namespace

Result<Answer> answer(const question::Question& question, const question::Engine& engine,
                      const blueprint::Blueprint& blueprint, Instant known_until) {
    const Asked asked{question, engine, blueprint, known_until};
    if (splits_by_value(question)) {
        return answer_by_value(asked);
    }
    return enveloped(question, TRY(build(asked)));
}

}  // namespace kokemus::answer
