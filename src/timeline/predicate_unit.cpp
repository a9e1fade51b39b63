#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "shape/deviation.h"
#include "timeline/contacts.h"
#include "timeline/predicate_row.h"
#include "timeline/window_funnel.h"

namespace kokemus::timeline {
namespace {

using question::Sight;

/// Calls `use(count, row_at)` with the rows of a unit, where `row_at(i)` is the i-th: computed, not
/// read, where the unit is a range.
template <typename Use>
auto with_rows(const Block& block, std::size_t unit, const Use& use) {
    if (!block.starts().empty()) {
        const Row first = block.first(unit);
        return use(std::size_t{block.last(unit) + 1 - first},
                   [first](std::size_t i) { return first + i; });
    }
    const auto rows = block.unit(unit);
    return use(rows.size(), [rows](std::size_t i) { return std::size_t{rows[i]}; });
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

/// A designed path as numbers from 0, and touchpoints as such numbers: those without a place on it
/// as the next one, since nothing tells them apart.
class Design {
public:
    Design(const std::vector<std::string>& path, const Dictionary& touchpoints)
        : names_(path),
          step_of_code_(touchpoints.size(), static_cast<shape::Step>(path.size())),
          distance_(numbers()) {
        for (const std::string& name : names_) {
            if (const auto code = touchpoints.find(name)) {
                step_of_code_[*code] = step_of(name);
            }
        }
    }

    shape::Step step_of(const std::string& name) const {
        return static_cast<shape::Step>(std::ranges::find(names_, name) - names_.begin());
    }

    template <typename Width, typename RowAt>
    std::vector<shape::Step> steps_of(const Width* codes, std::size_t count,
                                      const RowAt& row_at) const {
        std::vector<shape::Step> steps(count);
        for (std::size_t i = 0; i < count; ++i) {
            steps[i] = step_of_code_[codes[row_at(i)]];
        }
        return steps;
    }

    const shape::EditDistance& distance() const { return distance_; }

private:
    std::vector<shape::Step> numbers() const {
        std::vector<shape::Step> numbers;
        for (const std::string& name : names_) {
            numbers.push_back(step_of(name));
        }
        return numbers;
    }

    std::vector<std::string> names_;
    std::vector<shape::Step> step_of_code_;
    shape::EditDistance distance_;
};

PredicatePtr never() {
    return unit_rule(
        Sight::Unit, 0, [](const Judged&, Words units) { std::ranges::fill(units, 0); });
}

/// Wraps a function `holds(block, unit)`.
template <typename Holds>
PredicatePtr each_unit(double nanoseconds, Holds holds) {
    return unit_rule(
        Sight::Unit, nanoseconds, [holds = std::move(holds)](const Judged& judged, Words units) {
            narrow_each_unit(units, [&](std::size_t unit) { return holds(judged.block, unit); });
        });
}

/// Wraps a function `holds(codes, count, row_at)` on a column's codes, typed by their width, and
/// the rows of a unit.
template <typename Holds>
PredicatePtr each_path(const CodeColumn& column, double nanoseconds, Holds holds) {
    return unit_rule(Sight::Unit,
                     nanoseconds,
                     [&column, holds = std::move(holds)](const Judged& judged, Words units) {
                         column.visit([&](const auto* codes) {
                             narrow_each_unit(units, [&](std::size_t unit) {
                                 return with_rows(judged.block,
                                                  unit,
                                                  [&](std::size_t count, const auto& row_at) {
                                                      return holds(codes, count, row_at);
                                                  });
                             });
                         });
                     });
}

}  // namespace

/// The costs beside the rules are nanoseconds a row.
PredicatePtr compile_unit(const question::Touches& touches, const Part& part) {
    const question::Field touchpoint{question::FieldOf::Encounter, "touchpoint"};
    auto inner = compile_row(question::TextCondition{touchpoint, touches.touchpoints, false}, part);
    return has_row(std::move(*inner));
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
        return each_unit(0.1, [&column, code = *to](const Block& block, std::size_t unit) {
            return column[block.first(unit)] == code;
        });
    }
    if (ends) {
        return each_unit(0.1, [&column, code = *from](const Block& block, std::size_t unit) {
            return column[block.last(unit)] == code;
        });
    }
    return each_path(
        column,
        0.8,
        [first = *from, second = *to](const auto* codes, std::size_t count, const auto& row_at) {
            for (std::size_t i = 1; i < count; ++i) {
                if (codes[row_at(i - 1)] == first && codes[row_at(i)] == second) {
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
    return each_path(part.touchpoint,
                     0.3,
                     [path = std::move(*path), collapsed = follows.collapsed](
                         const auto* codes, std::size_t count, const auto& row_at) {
                         std::size_t step = 0;
                         for (std::size_t i = 0; i < count; ++i) {
                             const Code code = codes[row_at(i)];
                             if (collapsed && i > 0 && code == codes[row_at(i - 1)]) {
                                 continue;
                             }
                             if (step == path.size() || path[step] != code) {
                                 return false;
                             }
                             ++step;
                         }
                         return step == path.size();
                     });
}

PredicatePtr compile_unit(const question::Lasts& lasts, const Part& part) {
    return each_unit(0.2, [&time = part.time, lasts](const Block& block, std::size_t unit) {
        const auto length = static_cast<double>(time[block.last(unit)] - time[block.first(unit)]);
        return compare(length, lasts.comparison, static_cast<double>(lasts.duration.count()));
    });
}

PredicatePtr compile_unit(const question::Size& size, const Part&) {
    return each_unit(0.1, [size](const Block& block, std::size_t unit) {
        const std::uint32_t count = block.offsets[unit + 1] - block.offsets[unit];
        return compare(static_cast<double>(count), size.comparison, size.count);
    });
}

PredicatePtr compile_unit(const question::StatusCondition& status, const Part&) {
    return each_unit(0.1, [status](const Block& block, std::size_t unit) {
        const bool is = std::ranges::count(status.statuses, block.statuses[unit]) != 0;
        return is != status.negated;
    });
}

PredicatePtr compile_unit(const question::PromiseCondition& condition, const Part& part) {
    return has_row(
        compile_row(question::MakesPromise{condition.promise, condition.outcomes}, part));
}

Result<PredicatePtr> compile_unit(const question::Reaches& reaches, const Part& part) {
    auto funnel = TRY(WindowFunnel::make(part, reaches.steps, reaches.within));
    return each_unit(4,
                     [funnel = std::move(funnel), exactly = reaches.exactly](const Block& block,
                                                                             std::size_t unit) {
                         const std::size_t level = funnel.follow(block.unit(unit)).level;
                         return exactly > 0 ? level == static_cast<std::size_t>(exactly)
                                            : level == funnel.steps();
                     });
}

PredicatePtr compile_unit(const question::Switches& switches, const Part& part) {
    const auto from = part.channels.find(switches.from_channel);
    const auto to = part.channels.find(switches.to_channel);
    if (!from || !to) {
        return never();
    }
    return each_path(part.channel,
                     1,
                     [&part, from_code = *from, to_code = *to, forced = switches.forced](
                         const auto* codes, std::size_t count, const auto& row_at) {
                         for (std::size_t i = 1; i < count; ++i) {
                             const Code left = codes[row_at(i - 1)];
                             const Code right = codes[row_at(i)];
                             if (left != right && left != 0 && right != 0 &&
                                 (from_code == 0 || from_code == left) &&
                                 (to_code == 0 || to_code == right) &&
                                 (!forced || part.is_forced(static_cast<Row>(row_at(i - 1)),
                                                            static_cast<Row>(row_at(i))))) {
                                 return true;
                             }
                         }
                         return false;
                     });
}

PredicatePtr compile_unit(const question::Deviates& deviates, const Part& part) {
    using question::Deviation;
    if (deviates.deviation == Deviation::LeftOut || deviates.deviation == Deviation::PutIn) {
        const auto designed = std::ranges::count(deviates.path, deviates.touchpoint);
        const bool more = deviates.deviation == Deviation::PutIn;
        const auto code = part.touchpoints.find(deviates.touchpoint);
        return each_path(
            part.touchpoint,
            0.8,
            [designed, more, code](const auto* codes, std::size_t count, const auto& row_at) {
                std::ptrdiff_t done = 0;
                for (std::size_t i = 0; code && i < count; ++i) {
                    done += codes[row_at(i)] == *code ? 1 : 0;
                }
                return more ? done > designed : done < designed;
            });
    }
    Design design(deviates.path, part.touchpoints);
    const auto asked_for = design.step_of(deviates.touchpoint);
    return each_path(part.touchpoint,
                     deviates.deviation == Deviation::Any ? 2 : 20,
                     [design = std::move(design), asked_for, is_any = deviates.touchpoint.empty()](
                         const auto* codes, std::size_t count, const auto& row_at) {
                         const auto done = design.steps_of(codes, count, row_at);
                         if (is_any) {
                             return design.distance().deviations(done) > 0;
                         }
                         const shape::Deviation moved{shape::Deviation::Kind::Moved, asked_for};
                         const auto found = shape::deviations(design.distance(), done);
                         return std::ranges::find(found, moved) != found.end();
                     });
}

PredicatePtr compile_unit(const question::Repeats& repeats, const Part& part) {
    return each_unit(
        3, [&part, within = repeats.within.count()](const Block& block, std::size_t unit) {
            return with_rows(block, unit, [&](std::size_t count, const auto& row_at) {
                for (std::size_t i = 0; i < count; ++i) {
                    const auto row = static_cast<Row>(row_at(i));
                    if (is_contact(part, row) &&
                        is_repeated(part, block.customers[unit], row, within)) {
                        return true;
                    }
                }
                return false;
            });
        });
}

}  // namespace kokemus::timeline
