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
        case Kind::Conformance: return build_conformance(asked);
        case Kind::League: return build_league(asked);
        case Kind::Causes: return build_causes(asked);
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

/// The field for each value of which there is an answer of its own: that of `by FIELD`, but for a
/// breakdown and a league, whose groups are their answer; a league has `within FIELD` for it.
std::optional<question::Field> split_of(const question::Question& question) {
    switch (question.kind) {
        case Kind::Flow:
        case Kind::Variants:
        case Kind::Funnel:
        case Kind::Promises:
        case Kind::Lateness:
        case Kind::Switches:
        case Kind::Conformance: return question.by;
        case Kind::League: return question.among;
        default: return std::nullopt;
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

/// The first of several leagues in which somebody stands out; else that nobody does.
Finding find_within(const question::Field& field, const std::vector<Group>& groups) {
    for (const char* id : {"league.worst", "league.best"}) {
        for (const Group& group : groups) {
            const Finding& finding = group.answer.finding;
            if (finding.id == id) {
                Finding within = FindingMaker("league.within")
                                     .text("within", field.name)
                                     .text("value", none_given(group.value))
                                     .words("what", finding.text)
                                     .done();
                within.values.insert(
                    within.values.end(), finding.values.begin(), finding.values.end());
                return within;
            }
        }
    }
    return FindingMaker("league.within_even").text("within", field.name).done();
}

Result<Answer> answer_by_value(const Asked& asked, const question::Field& field) {
    const bool is_league = asked.question.kind == Kind::League;
    question::Question plain = asked.question;
    (is_league ? plain.among : plain.by).reset();
    Built whole = TRY(build(Asked{plain, asked.engine, asked.blueprint, asked.known_until}));
    const auto values = TRY(asked.engine.values(field, plain, by_values_max));
    ByValue by{field.name, {}, values.distinct - values.most.size()};
    std::vector<Compared> compared;
    for (const question::Engine::ValueCount& each : values.most) {
        const question::Question of_value = question::with_value(plain, field, each.value);
        Built built = TRY(build(Asked{of_value, asked.engine, asked.blueprint, asked.known_until}));
        if (built.headline) {
            compared.push_back(Compared{each.value, *built.headline});
        }
        by.groups.push_back(Group{each.value, enveloped(of_value, std::move(built))});
    }
    if (whole.headline && whole.population.encounters > 0) {
        whole.finding = find_by_value(by.by, compared, *whole.headline);
    }
    if (is_league && whole.population.encounters > 0) {
        whole.finding = find_within(field, by.groups);
    }
    whole.body = std::move(by);
    return enveloped(asked.question, std::move(whole));
}

}  // namespace

Result<Answer> answer(const question::Question& question, const question::Engine& engine,
                      const blueprint::Blueprint& blueprint, Instant known_until) {
    const Asked asked{question, engine, blueprint, known_until};
    if (const auto field = split_of(question)) {
        return answer_by_value(asked, *field);
    }
    return enveloped(question, TRY(build(asked)));
}

}  // namespace kokemus::answer
