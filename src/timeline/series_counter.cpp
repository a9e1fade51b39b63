#include "timeline/series_counter.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/limits.h"
#include "timeline/contacts.h"

namespace kokemus::timeline {
namespace {

using question::EpisodeStatus;
using question::MetricCounts;
using question::PromiseOutcome;

/// From counts per score, in ascending order of score, so that the last bits are always the same.
void finish_scores(std::map<double, std::uint64_t> levels, MetricCounts& counts) {
    std::uint64_t n = 0;
    double sum = 0;
    for (const auto& [score, count] : levels) {
        n += count;
        sum += score * static_cast<double>(count);
    }
    if (n == 0) {
        return;
    }
    const double mean = sum / static_cast<double>(n);
    double deviations = 0;
    for (const auto& [score, count] : levels) {
        deviations += (score - mean) * (score - mean) * static_cast<double>(count);
    }
    counts.scores = stats::Moments::from(n, mean, deviations);
    if (levels.size() > limits::score_levels_max) {
        counts.overflow = true;
    } else {
        counts.levels = std::move(levels);
    }
}

void finish_outcomes(const std::array<std::uint64_t, 5>& outcomes, MetricCounts& counts) {
    const auto of = [&](PromiseOutcome outcome) {
        return outcomes[static_cast<std::size_t>(outcome)];
    };
    counts.kept = of(PromiseOutcome::Kept);
    counts.late = of(PromiseOutcome::Late);
    counts.broken = of(PromiseOutcome::Broken);
    counts.at_risk = of(PromiseOutcome::AtRisk);
    counts.open = of(PromiseOutcome::Open) + counts.at_risk;
}

void finish_statuses(const std::array<std::uint64_t, 3>& statuses, MetricCounts& counts) {
    counts.completed = statuses[static_cast<std::size_t>(EpisodeStatus::Completed)];
    counts.abandoned = statuses[static_cast<std::size_t>(EpisodeStatus::Abandoned)];
    counts.unfinished = statuses[static_cast<std::size_t>(EpisodeStatus::Open)];
}

}  // namespace

SeriesCounter::SeriesCounter(const Part& part, const MetricRule& rule, ReadGroups read_groups,
                             std::size_t groups, EpisodeIn episode_in)
    : part_(&part),
      judge_(*part.blueprint, part.latest_time),
      rule_(&rule),
      read_groups_(std::move(read_groups)),
      episode_in_(episode_in),
      encounters_(groups),
      answer_slots_(std::max(groups, part.answers.size())) {
    using Reads = MetricRule::Reads;
    outcomes_.resize(rule.reads == Reads::Promises ? groups : 0);
    rates_.resize(rule.reads == Reads::Contacts ? groups : 0);
    customer_rates_.resize(rates_.size());
    statuses_.resize(rule.reads == Reads::Episodes ? groups : 0);
    last_unit_.resize(statuses_.size(), none);
}

void SeriesCounter::add(const Block& block) {
    read_groups_(block, block_groups_);
    for (const Code group : block_groups_) {
        ++encounters_[group];
    }
    switch (rule_->reads) {
        case MetricRule::Reads::Scores: return add_scores(block);
        case MetricRule::Reads::Promises: return add_promises(block);
        case MetricRule::Reads::Contacts: return add_contacts(block);
        case MetricRule::Reads::Episodes: return add_episodes(block);
    }
}

void SeriesCounter::add_scores(const Block& block) {
    const auto rows = block.rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row row = rows[i];
        const auto answer = part_->answer.code_at(row);
        if (answer && rule_->answers[*answer] != 0 && rule_->places[part_->touchpoint[row]] != 0) {
            count_answer(block_groups_[i], *answer, 1);
        }
    }
}

void SeriesCounter::count_answer(Code group, Code answer, std::uint64_t times) {
    const auto slot = answer_slots_.slot(group, answer);
    if (slot == answer_counts_.size()) {
        answer_counts_.push_back(0);
    }
    answer_counts_[slot] += times;
}

void SeriesCounter::add_promises(const Block& block) {
    const auto rows = block.rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const auto& made : part_->promises.made_at(rows[i])) {
            if (rule_->promises[made.promise] != 0) {
                ++outcomes_[block_groups_[i]][static_cast<std::size_t>(judge_.outcome(made))];
            }
        }
    }
}

void SeriesCounter::add_contacts(const Block& block) {
    std::uint64_t units = 0;
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        add_contacts_of_unit(block, unit);
        ++units;
        ++unit_;
        if (unit + 1 == block.units() || block.customers[unit + 1] != block.customers[unit]) {
            end_customer(units);
            units = 0;
        }
    }
}

void SeriesCounter::add_contacts_of_unit(const Block& block, std::size_t unit) {
    const auto rows = block.rows();
    for (std::size_t i = block.offsets[unit]; i < block.offsets[unit + 1]; ++i) {
        const Row row = rows[i];
        CustomerRate& rate = customer_rates_[block_groups_[i]];
        if (rate.b == 0) {
            touched_.push_back(block_groups_[i]);
        }
        if (rate.b == 0 || rate.last_unit != unit_) {
            rate.last_unit = unit_;
            ++rate.b;
        }
        if (rule_->places[part_->touchpoint[row]] != 0 && is_contact(*part_, row)) {
            ++rate.a;
            ++customer_contacts_;
        }
    }
}

void SeriesCounter::end_customer(std::uint64_t units) {
    rate_total_.add(customer_contacts_, units);
    customer_contacts_ = 0;
    for (const Code group : touched_) {
        rates_[group].add(customer_rates_[group].a, customer_rates_[group].b);
        customer_rates_[group] = CustomerRate{};
    }
    touched_.clear();
}

void SeriesCounter::add_episodes(const Block& block) {
    for (std::size_t unit = 0; unit < block.units(); ++unit, ++unit_) {
        const auto status = static_cast<std::size_t>(block.statuses[unit]);
        ++statuses_total_[status];
        const std::size_t from = block.offsets[unit];
        const std::size_t to =
            episode_in_ == EpisodeIn::FirstGroup ? from + 1 : block.offsets[unit + 1];
        for (std::size_t i = from; i < to; ++i) {
            const Code group = block_groups_[i];
            if (last_unit_[group] != unit_) {
                last_unit_[group] = unit_;
                ++statuses_[group][status];
            }
        }
    }
}

void SeriesCounter::merge(const SeriesCounter& other) {
    for (std::size_t group = 0; group < encounters_.size(); ++group) {
        encounters_[group] += other.encounters_[group];
    }
    for (std::size_t slot = 0; slot < other.answer_counts_.size(); ++slot) {
        const auto [group, answer] = other.answer_slots_.pairs()[slot];
        count_answer(group, answer, other.answer_counts_[slot]);
    }
    const auto add_all = [](auto& mine, const auto& theirs) {
        for (std::size_t i = 0; i < mine.size(); ++i) {
            mine[i] += theirs[i];
        }
    };
    for (std::size_t group = 0; group < outcomes_.size(); ++group) {
        add_all(outcomes_[group], other.outcomes_[group]);
    }
    for (std::size_t group = 0; group < rates_.size(); ++group) {
        rates_[group].merge(other.rates_[group]);
    }
    for (std::size_t group = 0; group < statuses_.size(); ++group) {
        add_all(statuses_[group], other.statuses_[group]);
    }
    rate_total_.merge(other.rate_total_);
    add_all(statuses_total_, other.statuses_total_);
}

question::MetricCounts SeriesCounter::total() const {
    MetricCounts counts;
    std::map<double, std::uint64_t> levels;
    for (std::size_t slot = 0; slot < answer_counts_.size(); ++slot) {
        const Code answer = answer_slots_.pairs()[slot].second;
        levels[rule_->numbers[answer]] += answer_counts_[slot];
    }
    finish_scores(std::move(levels), counts);
    Outcomes outcomes{};
    for (const auto& group : outcomes_) {
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            outcomes[i] += group[i];
        }
    }
    finish_outcomes(outcomes, counts);
    rate_total_.finish(counts);
    finish_statuses(statuses_total_, counts);
    return counts;
}

std::vector<question::MetricCounts> SeriesCounter::groups() const {
    std::vector<MetricCounts> all(encounters_.size());
    std::map<Code, std::map<double, std::uint64_t>> levels;
    for (std::size_t slot = 0; slot < answer_counts_.size(); ++slot) {
        const auto [group, answer] = answer_slots_.pairs()[slot];
        levels[group][rule_->numbers[answer]] += answer_counts_[slot];
    }
    for (auto& [group, of_group] : levels) {
        finish_scores(std::move(of_group), all[group]);
    }
    for (std::size_t group = 0; group < outcomes_.size(); ++group) {
        finish_outcomes(outcomes_[group], all[group]);
    }
    for (std::size_t group = 0; group < rates_.size(); ++group) {
        rates_[group].finish(all[group]);
    }
    for (std::size_t group = 0; group < statuses_.size(); ++group) {
        finish_statuses(statuses_[group], all[group]);
    }
    return all;
}

void SeriesCounter::RateSums::add(std::uint64_t contacts, std::uint64_t exposure) {
    ++customers;
    a += contacts;
    b += exposure;
    aa += contacts * contacts;
    ab += contacts * exposure;
    bb += exposure * exposure;
}

void SeriesCounter::RateSums::merge(const RateSums& other) {
    customers += other.customers;
    a += other.a;
    b += other.b;
    aa += other.aa;
    ab += other.ab;
    bb += other.bb;
}

void SeriesCounter::RateSums::finish(MetricCounts& counts) const {
    counts.customers = customers;
    counts.a = static_cast<double>(a);
    counts.b = static_cast<double>(b);
    counts.aa = static_cast<double>(aa);
    counts.ab = static_cast<double>(ab);
    counts.bb = static_cast<double>(bb);
}

}  // namespace kokemus::timeline
