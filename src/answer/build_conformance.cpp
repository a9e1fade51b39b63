#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "question/drill.h"
#include "question/format.h"
#include "shape/deviation.h"
#include "stats/false_discovery.h"
#include "stats/mean.h"
#include "stats/wilson.h"

namespace kokemus::answer {
namespace {

/// Courses that are held against the path, the most frequent first; episodes of rarer ones are
/// said to be left out. Each costs some microseconds.
constexpr std::size_t courses_max = 200'000;
constexpr std::size_t deviations_shown_max = 200;
constexpr double chance = 1 - stats::usual_confidence;

/// Touchpoints as numbers: those of the path first, the others as they come.
class Steps {
public:
    std::vector<shape::Step> of(const std::vector<std::string>& touchpoints) {
        std::vector<shape::Step> steps;
        steps.reserve(touchpoints.size());
        for (const std::string& touchpoint : touchpoints) {
            const auto next = static_cast<shape::Step>(names_.size());
            const auto [found, is_new] = numbers_.try_emplace(touchpoint, next);
            if (is_new) {
                names_.push_back(touchpoint);
            }
            steps.push_back(found->second);
        }
        return steps;
    }

    const std::string& name(shape::Step step) const { return names_[step]; }

private:
    std::unordered_map<std::string, shape::Step> numbers_;
    std::vector<std::string> names_;
};

struct CourseGroup {
    std::uint64_t episodes = 0;
    stats::Moments experience;

    void add(const question::Variant& course) {
        episodes += course.count;
        experience.merge(course.experience);
    }
};

/// What is summed over courses.
struct Sums {
    CourseGroup all, on_path;
    stats::Moments fitness;
    std::map<shape::Deviation, CourseGroup> deviations;
};

Sums sums_of(const question::VariantCounts& counts, const std::vector<std::string>& path,
             Steps& steps) {
    const shape::EditDistance design(steps.of(path));
    Sums sums;
    for (const question::Variant& course : counts.variants) {
        const auto done = steps.of(course.path);
        sums.all.add(course);
        sums.fitness.merge(stats::Moments::from(course.count, design.fitness(done), 0));
        const auto deviations = shape::deviations(design, done);
        if (deviations.empty()) {
            sums.on_path.add(course);
        }
        for (const shape::Deviation& deviation : deviations) {
            sums.deviations[deviation].add(course);
        }
    }
    return sums;
}

/// Intervals take each customer for one, as episodes of one customer are alike.
double independent(std::uint64_t episodes, std::uint64_t customers) {
    return static_cast<double>(std::min(episodes, customers));
}

Value fitness_of(const stats::Moments& fitness, std::uint64_t customers) {
    const double n = independent(fitness.count(), customers);
    const double episodes = std::max(static_cast<double>(fitness.count()), 1.0);
    const auto of_customers = stats::Moments::from(
        static_cast<std::uint64_t>(n), fitness.mean(), fitness.squared_deviations() * n / episodes);
    stats::Estimate estimate = stats::mean_estimate(of_customers, stats::Range{0, 1, 11});
    estimate.n = fitness.count();
    estimate.method = estimate.method == "t" ? "t-customers" : "dirichlet-customers";
    return metric::share_of(estimate, "fitness 1", metric::usual_minimum);
}

Value share_of_episodes(std::uint64_t part, std::uint64_t episodes, std::uint64_t customers,
                        std::string version) {
    stats::Estimate estimate;
    estimate.n = episodes;
    estimate.method = "wilson-customers";
    estimate.enough = episodes > 0;
    estimate.estimate = share_of_all(part, episodes).value_or(0);
    estimate.interval = stats::wilson_of_share(estimate.estimate, independent(episodes, customers));
    return metric::share_of(estimate, std::move(version), metric::usual_minimum);
}

question::Deviation kind_of(shape::Deviation::Kind kind) {
    switch (kind) {
        case shape::Deviation::Kind::LeftOut: return question::Deviation::LeftOut;
        case shape::Deviation::Kind::PutIn: return question::Deviation::PutIn;
        case shape::Deviation::Kind::Moved: break;
    }
    return question::Deviation::Moved;
}

/// What those of a group feel, the others, and how they differ.
void compare(const CourseGroup& group, const CourseGroup& all, DeviationRow& row) {
    const stats::Moments others = all.experience.without(group.experience);
    row.experience = metric::experience(group.experience);
    row.others = metric::experience(others);
    row.difference = metric::change(row.experience, row.others);
    if (row.difference) {
        const auto welch = stats::welch(group.experience, others);
        row.p_value = welch ? welch->p_value : 1;
    }
}

void adjust(std::vector<DeviationRow>& rows) {
    std::vector<double> p_values;
    for (const DeviationRow& row : rows) {
        if (row.p_value) {
            p_values.push_back(*row.p_value);
        }
    }
    const std::vector<double> adjusted = stats::false_discovery_adjusted(p_values);
    std::size_t at = 0;
    for (DeviationRow& row : rows) {
        if (row.p_value) {
            row.q_value = adjusted[at++];
        }
    }
}

void sort(std::vector<DeviationRow>& rows) {
    std::ranges::sort(rows, [](const DeviationRow& a, const DeviationRow& b) {
        if (a.loss() != b.loss()) {
            return a.loss() > b.loss();
        }
        if (a.episodes != b.episodes) {
            return a.episodes > b.episodes;
        }
        return a.deviation != b.deviation ? a.deviation < b.deviation : a.touchpoint < b.touchpoint;
    });
}

/// The question about the episodes that are over: of the others nobody knows what they leave out.
question::Question of_ended(question::Question question) {
    const auto ended =
        question::make_condition(question::StatusCondition{{question::EpisodeStatus::Open}, true});
    question.where = question::both(question.where, ended);
    return question;
}

Result<std::uint64_t> count_open(const Asked& asked) {
    question::Question open = question::drill(asked.question);
    open.where = question::both(open.where,
                                question::make_condition(question::StatusCondition{
                                    {question::EpisodeStatus::Open}, false}));
    open.limit = 1;
    return TRY(asked.engine.episodes(open)).total;
}

std::string_view id_of(question::Deviation deviation) {
    switch (deviation) {
        case question::Deviation::LeftOut: return "conformance.left_out";
        case question::Deviation::PutIn: return "conformance.put_in";
        default: return "conformance.moved";
    }
}

Finding find(const Conformance& conformance, const question::Question& question) {
    const std::string units(units_word(question.per));
    if (conformance.episodes == 0) {
        return conformance.open == 0 ? nothing_found()
                                     : FindingMaker("conformance.open")
                                           .count("open", conformance.open)
                                           .words("units", units)
                                           .done();
    }
    if (!conformance.on_path.enough()) {
        return not_enough_found(conformance.on_path);
    }
    if (conformance.deviations.empty()) {
        return FindingMaker("conformance.all").words("units", units).done();
    }
    const DeviationRow& first = conformance.deviations.front();
    if (first.loss() > 0) {
        const double share = first.share.is.estimate;
        return FindingMaker(id_of(first.deviation))
            .text("touchpoint", first.touchpoint)
            .value("share", share, percent_text(share))
            .count("n", first.episodes)
            .words("units", units)
            .change(*first.difference)
            .done();
    }
    const bool compared = std::ranges::any_of(
        conformance.deviations, [](const auto& row) { return row.difference.has_value(); });
    return FindingMaker(compared ? "conformance.even" : "conformance.no_scores")
        .estimate("", conformance.on_path)
        .words("units", units)
        .done();
}

}  // namespace

bool DeviationRow::beyond_chance() const {
    return difference && difference->beyond_chance() && q_value && *q_value <= chance;
}

double DeviationRow::loss() const {
    return beyond_chance()
               ? std::max(0.0, -difference->interval.high) * static_cast<double>(episodes)
               : 0;
}

std::string_view name_of(question::Deviation deviation) {
    switch (deviation) {
        case question::Deviation::LeftOut: return "left_out";
        case question::Deviation::PutIn: return "put_in";
        case question::Deviation::Moved: return "moved";
        case question::Deviation::Any: break;
    }
    return "any";
}

Result<Built> build_conformance(const Asked& asked) {
    const blueprint::Journey* journey = asked.blueprint.journey(asked.question.per.journey);
    if (journey == nullptr || journey->path.empty()) {
        return invalid_input(
            "Conformance needs a journey whose path is designed: write `per` and "
            "its name.");
    }
    const question::Question ended = of_ended(asked.question);
    question::Question courses = ended;
    courses.kind = question::Kind::Variants;
    courses.counts_only = true;
    courses.limit = courses_max;
    const question::VariantCounts counts = TRY(asked.engine.variants(courses));
    const std::uint64_t customers = counts.population.customers;
    Steps steps;
    const Sums sums = sums_of(counts, journey->path, steps);

    Conformance conformance;
    conformance.path = journey->path;
    conformance.episodes = sums.all.episodes;
    conformance.open = TRY(count_open(asked));
    conformance.rare = counts.other_count;
    conformance.fitness = fitness_of(sums.fitness, customers);
    conformance.on_path =
        share_of_episodes(sums.on_path.episodes, sums.all.episodes, customers, "on path 1");
    DeviationRow off_path;
    CourseGroup off;
    off.experience = sums.all.experience.without(sums.on_path.experience);
    compare(off, sums.all, off_path);
    conformance.experience_off_path = off_path.experience;
    conformance.experience_on_path = off_path.others;
    conformance.difference = off_path.difference;
    conformance.drill_on_path = question::format(question::drill_variant(ended, journey->path));
    conformance.drill_off_path = question::format(
        question::drill_deviation(ended, journey->path, question::Deviation::Any, ""));
    for (const auto& [deviation, group] : sums.deviations) {
        DeviationRow row;
        row.deviation = kind_of(deviation.kind);
        row.touchpoint = steps.name(deviation.step);
        row.episodes = group.episodes;
        row.share = share_of_episodes(group.episodes, sums.all.episodes, customers, "deviation 1");
        compare(group, sums.all, row);
        row.drill = question::format(
            question::drill_deviation(ended, journey->path, row.deviation, row.touchpoint));
        conformance.deviations.push_back(std::move(row));
    }
    adjust(conformance.deviations);
    sort(conformance.deviations);
    Finding finding = find(conformance, asked.question);
    if (conformance.deviations.size() > deviations_shown_max) {
        conformance.other_deviations = conformance.deviations.size() - deviations_shown_max;
        conformance.deviations.resize(deviations_shown_max);
    }
    return Built{counts.population,
                 std::move(conformance),
                 std::move(finding),
                 Headline{Headline::Part{sums.on_path.episodes, sums.all.episodes},
                          true,
                          "the share on the designed path"}};
}

}  // namespace kokemus::answer
