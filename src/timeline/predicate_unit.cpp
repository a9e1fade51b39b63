#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "timeline/code_set.h"
#include "timeline/contacts.h"
#include "timeline/predicate.h"
#include "timeline/window_funnel.h"

namespace kokemus::timeline {
namespace {

/// Wraps a decision on the rows of one unit.
template <typename Decide>
class UnitRule final : public UnitPredicate {
public:
    explicit UnitRule(Decide rule) : rule_(std::move(rule)) {}

    bool holds(const Block& block, std::size_t unit) const override { return rule_(block, unit); }

private:
    Decide rule_;
};

template <typename Decide>
PredicatePtr rule(Decide decide) {
    return std::make_unique<UnitRule<Decide>>(std::move(decide));
}

/// The codes of a path; nothing when a touchpoint of it never occurs.
std::optional<std::vector<Code>> codes_of(const std::vector<std::string>& path,
                                          const Dictionary& dictionary) {
    std::vector<Code> codes;
    for (const auto& touchpoint : path) {
        const auto code = dictionary.find(touchpoint);
        if (!code) {
            return std::nullopt;
        }
        codes.push_back(*code);
    }
    return codes;
}

bool equals_path(const CodeColumn& touchpoint, std::span<const Row> rows,
                 const std::vector<Code>& path, bool collapsed) {
    std::size_t step = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Code code = touchpoint[rows[i]];
        if (collapsed && i > 0 && code == touchpoint[rows[i - 1]]) {
            continue;
        }
        if (step == path.size() || path[step] != code) {
            return false;
        }
        ++step;
    }
    return step == path.size();
}

PredicatePtr never() {
    return rule([](const Block&, std::size_t) { return false; });
}

}  // namespace

PredicatePtr compile_unit(const question::Touches& touches, const Part& part) {
    return rule(
        [&column = part.touchpoint, wanted = CodeSet(part.touchpoints, touches.touchpoints)](
            const Block& block, std::size_t unit) {
            return std::ranges::any_of(block.unit(unit),
                                       [&](Row row) { return wanted.contains(column[row]); });
        });
}

PredicatePtr compile_unit(const question::Goes& goes, const Part& part) {
    const auto& column = part.touchpoint;
    const bool starts = goes.from == "START";
    const bool ends = goes.to == "END";
    const auto from = part.touchpoints.find(goes.from);
    const auto to = part.touchpoints.find(goes.to);
    if ((!starts && !from) || (!ends && !to) || (starts && ends)) {
        return never();
    }
    if (starts) {
        return rule([&column, code = *to](const Block& block, std::size_t unit) {
            return column[block.unit(unit).front()] == code;
        });
    }
    if (ends) {
        return rule([&column, code = *from](const Block& block, std::size_t unit) {
            return column[block.unit(unit).back()] == code;
        });
    }
    return rule([&column, first = *from, second = *to](const Block& block, std::size_t unit) {
        const auto rows = block.unit(unit);
        for (std::size_t i = 1; i < rows.size(); ++i) {
            if (column[rows[i - 1]] == first && column[rows[i]] == second) {
                return true;
            }
        }
        return false;
    });
}

PredicatePtr compile_unit(const question::Follows& follows, const Part& part) {
    auto path = codes_of(follows.path, part.touchpoints);
    if (!path) {
        return never();
    }
    return rule([&column = part.touchpoint,
                 codes = std::move(*path),
                 collapsed = follows.collapsed](const Block& block, std::size_t unit) {
        return equals_path(column, block.unit(unit), codes, collapsed);
    });
}

PredicatePtr compile_unit(const question::Lasts& lasts, const Part& part) {
    return rule([&time = part.time, lasts](const Block& block, std::size_t unit) {
        const auto rows = block.unit(unit);
        const auto length = static_cast<double>(time[rows.back()] - time[rows.front()]);
        return compare(length, lasts.comparison, static_cast<double>(lasts.duration.count()));
    });
}

PredicatePtr compile_unit(const question::Size& size, const Part&) {
    return rule([size](const Block& block, std::size_t unit) {
        return compare(static_cast<double>(block.unit(unit).size()), size.comparison, size.count);
    });
}

PredicatePtr compile_unit(const question::StatusCondition& status, const Part&) {
    return rule([status](const Block& block, std::size_t unit) {
        const bool is = std::ranges::count(status.statuses, block.statuses[unit]) != 0;
        return is != status.negated;
    });
}

PredicatePtr compile_unit(const question::PromiseCondition& condition, const Part& part) {
    std::vector<std::uint8_t> wanted(part.blueprint->promises.size());
    for (std::size_t promise = 0; promise < wanted.size(); ++promise) {
        wanted[promise] = condition.promise.empty() ||
                          part.blueprint->promises[promise].name == condition.promise;
    }
    std::array<bool, 5> outcomes{};
    for (const auto outcome : condition.outcomes) {
        outcomes[static_cast<std::size_t>(outcome)] = true;
        if (outcome == question::PromiseOutcome::Open) {
            outcomes[static_cast<std::size_t>(question::PromiseOutcome::AtRisk)] = true;
        }
    }
    return rule([&index = part.promises,
                 judge = PromiseJudge(*part.blueprint, part.latest_time),
                 wanted,
                 outcomes](const Block& block, std::size_t unit) {
        return std::ranges::any_of(block.unit(unit), [&](Row row) {
            return std::ranges::any_of(index.made_at(row), [&](const PromiseMade& made) {
                return wanted[made.promise] != 0 &&
                       outcomes[static_cast<std::size_t>(judge.outcome(made))];
            });
        });
    });
}

Result<PredicatePtr> compile_unit(const question::Reaches& reaches, const Part& part) {
    auto funnel = TRY(WindowFunnel::make(part, reaches.steps, reaches.within));
    return rule([funnel = std::move(funnel), exactly = reaches.exactly](const Block& block,
                                                                        std::size_t unit) {
        const std::size_t level = funnel.follow(block.unit(unit)).level;
        return exactly > 0 ? level == static_cast<std::size_t>(exactly) : level == funnel.steps();
    });
}

PredicatePtr compile_unit(const question::Switches& switches, const Part& part) {
    const auto from = part.channels.find(switches.from_channel);
    const auto to = part.channels.find(switches.to_channel);
    if (!from || !to) {
        return never();
    }
    return rule([&part, from_code = *from, to_code = *to, forced = switches.forced](
                    const Block& block, std::size_t unit) {
        const auto rows = block.unit(unit);
        for (std::size_t i = 1; i < rows.size(); ++i) {
            const Code left = part.channel[rows[i - 1]];
            const Code right = part.channel[rows[i]];
            if (left != 0 && right != 0 && left != right && (from_code == 0 || from_code == left) &&
                (to_code == 0 || to_code == right) &&
                (!forced || part.is_forced(rows[i - 1], rows[i]))) {
                return true;
            }
        }
        return false;
    });
}

PredicatePtr compile_unit(const question::Repeats& repeats, const Part& part) {
    return rule([&part, within = repeats.within.count()](const Block& block, std::size_t unit) {
        return std::ranges::any_of(block.unit(unit), [&](Row row) {
            return is_contact(part, row) && is_repeated(part, block.customers[unit], row, within);
        });
    });
}

}  // namespace kokemus::timeline
