#include "timeline/series_counter.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/limits.h"
#include "timeline/full_width.h"

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
                             const Groups& groups)
    : part_(&part),
      judge_(*part.blueprint, part.latest_time),
      rule_(&rule),
      read_groups_(std::move(read_groups)),
      groups_of_(groups.of),
      episode_in_(groups.episode_in),
      contacts_(part.facts, rule.places),
      encounters_(groups.count),
      answers_(groups.count, rule.reads == MetricRule::Reads::Scores ? part.answers.size() : 0) {
    using Reads = MetricRule::Reads;
    outcomes_.resize(rule.reads == Reads::Promises ? groups.count : 0);
    rates_.resize(rule.reads == Reads::Contacts ? groups.count : 0);
    statuses_.resize(rule.reads == Reads::Episodes ? groups.count : 0);
    last_unit_.resize(statuses_.size(), none);
}

void SeriesCounter::add(const MarkedBlock& marked) {
    block_groups_.resize(marked.rows.size() * 64);
    read_groups_(marked, block_groups_);
    if (groups_of_ == GroupsOf::Customers && marked.whole) {
        const Block& block = marked.block;
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            encounters_.add(group_at(marked, block.first(unit)),
                            block.offsets[unit + 1] - block.offsets[unit]);
        }
    } else {
        at_full_width([&] { encounters_.add(marked.rows, block_groups_); });
    }
    switch (rule_->reads) {
        case MetricRule::Reads::Scores: return add_scores(marked);
        case MetricRule::Reads::Promises: return add_promises(marked);
        case MetricRule::Reads::Contacts: return add_contacts(marked);
        case MetricRule::Reads::Episodes: return add_episodes(marked);
    }
}

void SeriesCounter::add_scores(const MarkedBlock& marked) {
    part_->answer.codes().visit([&](const auto* answers) {
        part_->touchpoint.visit([&](const auto* touchpoints) {
            at_full_width([&] {
                for_each_member(
                    part_->answer.rows(),
                    marked.stretch,
                    marked.rows,
                    [&](Row row, std::size_t place) {
                        const Code answer = answers[place];
                        if (rule_->answers[answer] != 0 && rule_->places[touchpoints[row]] != 0) {
                            answers_.add(group_at(marked, row), answer);
                        }
                    });
            });
        });
    });
}

void SeriesCounter::add_promises(const MarkedBlock& marked) {
    PromiseIndex::Cursor cursor(part_->promises);
    for_each_member(
        part_->promises.rows(), marked.stretch, marked.rows, [&](Row row, std::size_t rank) {
            cursor.for_each_by(rank, [&](const PromiseMade& made) {
                if (rule_->promises[made.promise] != 0) {
                    ++outcomes_[group_at(marked, row)]
                               [static_cast<std::size_t>(judge_.outcome(made))];
                }
            });
        });
}

void SeriesCounter::add_contacts(const MarkedBlock& marked) {
    part_->touchpoint.visit([&](const auto* touchpoints) {
        part_->channel.visit([&](const auto* channels) {
            const auto is_contact = [&](Row row) {
                return contacts_.is_contact(touchpoints[row], channels[row]);
            };
            if (rule_->per.kind == question::UnitKind::Customer) {
                add_contacts_of_units(marked, is_contact, [&](Row row, Code customer, bool is) {
                    rates_[group_at(marked, row)].add_to_only_unit(customer, is);
                });
            } else {
                add_contacts_of_units(marked, is_contact, [&](Row row, Code customer, bool is) {
                    rates_[group_at(marked, row)].add(customer, unit_, is);
                });
            }
        });
    });
}

/// `add_to_group(row, customer, is_contact)` counts it in its group.
template <typename IsContact, typename AddToGroup>
void SeriesCounter::add_contacts_of_units(const MarkedBlock& marked, const IsContact& is_contact,
                                          const AddToGroup& add_to_group) {
    const Block& block = marked.block;
    std::uint64_t contacts = 0;
    std::uint64_t units = 0;
    for (std::size_t unit = 0; unit < block.units(); ++unit, ++unit_) {
        const Code customer = block.customers[unit];
        bool any = false;
        marked.for_each_row(unit, [&](Row row) {
            const bool is = is_contact(row);
            add_to_group(row, customer, is);
            contacts += is ? 1 : 0;
            any = true;
        });
        units += any ? 1 : 0;
        const bool last = unit + 1 == block.units() || block.customers[unit + 1] != customer;
        if (last && units > 0) {
            rate_total_.add(contacts, units);
            contacts = 0;
            units = 0;
        }
    }
}

void SeriesCounter::add_episodes(const MarkedBlock& marked) {
    const Block& block = marked.block;
    const auto count_in = [&](Row row, std::size_t status) {
        const Code group = group_at(marked, row);
        if (last_unit_[group] != unit_) {
            last_unit_[group] = unit_;
            ++statuses_[group][status];
        }
    };
    for (std::size_t unit = 0; unit < block.units(); ++unit, ++unit_) {
        const UnitEnds ends = ends_of(marked, unit);
        if (ends.first == none) {
            continue;
        }
        const auto status = static_cast<std::size_t>(block.statuses[unit]);
        ++statuses_total_[status];
        if (episode_in_ == EpisodeIn::FirstGroup) {
            count_in(ends.first, status);
        } else {
            marked.for_each_row(unit, [&](Row row) { count_in(row, status); });
        }
    }
}

void SeriesCounter::merge(const SeriesCounter& other, Sign sign) {
    encounters_.merge(other.encounters_, sign);
    answers_.merge(other.answers_, sign);
    const auto add_all = [sign](auto& mine, const auto& theirs) {
        for (std::size_t i = 0; i < mine.size(); ++i) {
            mine[i] += with_sign(sign, theirs[i]);
        }
    };
    for (std::size_t group = 0; group < outcomes_.size(); ++group) {
        add_all(outcomes_[group], other.outcomes_[group]);
    }
    for (std::size_t group = 0; group < rates_.size(); ++group) {
        rates_[group].sums.merge(other.rates_[group].sums, sign);
    }
    for (std::size_t group = 0; group < statuses_.size(); ++group) {
        add_all(statuses_[group], other.statuses_[group]);
    }
    rate_total_.merge(other.rate_total_, sign);
    add_all(statuses_total_, other.statuses_total_);
}

void SeriesCounter::rest() {
    part_ = nullptr;
    rule_ = nullptr;
    read_groups_ = nullptr;
    last_unit_ = {};
    block_groups_ = {};
}

std::size_t SeriesCounter::bytes() const {
    return sizeof(*this) + encounters_.bytes() + answers_.bytes() +
           outcomes_.size() * sizeof(Outcomes) + rates_.size() * sizeof(GroupRate) +
           statuses_.size() * sizeof(Statuses);
}

question::MetricCounts SeriesCounter::total() const {
    MetricCounts counts;
    std::map<double, std::uint64_t> levels;
    answers_.for_each(
        [&](Code, Code answer, std::uint64_t count) { levels[rule_->numbers[answer]] += count; });
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
    answers_.for_each([&](Code group, Code answer, std::uint64_t count) {
        levels[group][rule_->numbers[answer]] += count;
    });
    for (auto& [group, of_group] : levels) {
        finish_scores(std::move(of_group), all[group]);
    }
    for (std::size_t group = 0; group < outcomes_.size(); ++group) {
        finish_outcomes(outcomes_[group], all[group]);
    }
    for (std::size_t group = 0; group < rates_.size(); ++group) {
        GroupRate rate = rates_[group];
        if (rule_->per.kind == question::UnitKind::Customer) {
            rate.complete_only_units();
        }
        rate.sums.finish(all[group]);
    }
    for (std::size_t group = 0; group < statuses_.size(); ++group) {
        finish_statuses(statuses_[group], all[group]);
    }
    return all;
}

}  // namespace kokemus::timeline
