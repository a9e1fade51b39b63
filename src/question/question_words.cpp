#include "question/question_words.h"

#include <array>

#include "base/check.h"

namespace kokemus::question {

std::span<const KindRule> kind_rules() {
    static constexpr auto rules = std::to_array<KindRule>({
        {.text = "flow", .kind = Kind::Flow, .by = true},
        {.text = "variants", .kind = Kind::Variants, .by = true, .rows = true},
        {.text = "funnel", .kind = Kind::Funnel, .by = true, .within = true},
        {.text = "trend", .kind = Kind::Trend},
        {.text = "breakdown", .kind = Kind::Breakdown, .by = true},
        {.text = "promises", .kind = Kind::Promises, .by = true},
        {.text = "episodes", .kind = Kind::Episodes, .rows = true},
        {.text = "timeline", .kind = Kind::Timeline, .per = false, .rows = true},
        {.text = "switches", .kind = Kind::Switches, .by = true, .within = true},
        {.text = "drivers", .kind = Kind::Drivers, .by = true, .with = true, .seed = true},
        {.text = "lateness", .kind = Kind::Lateness, .by = true},
        {.text = "foresight", .kind = Kind::Foresight, .by = true, .within = true, .rows = true},
        {.text = "causes", .kind = Kind::Causes, .within = true},
        {.text = "league", .kind = Kind::League, .by = true, .within = true, .adjusted = true},
        {.text = "conformance", .kind = Kind::Conformance, .by = true},
    });
    return rules;
}

const KindRule& rule_of(Kind kind) {
    const KindRule* found = nullptr;
    for (const KindRule& rule : kind_rules()) {
        if (rule.kind == kind) {
            found = &rule;
        }
    }
    CHECK(found != nullptr);
    return *found;
}

std::span<const Word<Grain>> grain_words() {
    static constexpr auto words = std::to_array<Word<Grain>>(
        {{"day", Grain::Day}, {"week", Grain::Week}, {"month", Grain::Month}});
    return words;
}

}  // namespace kokemus::question
