#include <fmt/format.h>

#include "answer/body_writers.h"
#include "answer/number_text.h"
#include "answer/safe_text.h"
#include "base/text.h"

namespace kokemus::answer {
namespace {

std::string excess_text(const Excess& excess) {
    if (!excess.enough) {
        return "";
    }
    return fmt::format("{}, {} to {}",
                       number_text(excess.contacts, 0),
                       number_text(excess.interval.low, 0),
                       number_text(excess.interval.high, 0));
}

std::string crossover_text(const Crossover& crossover) {
    if (!crossover.odds_ratio) {
        return "";
    }
    return fmt::format("{}, {} to {}",
                       number_text(*crossover.odds_ratio, 2),
                       number_text(crossover.interval.low, 2),
                       number_text(crossover.interval.high, 2));
}

Grid first_contacts_of(const Causes& causes) {
    Grid grid{{{"settled at first contact", Align::Left},
               {"within", Align::Right},
               {"first contacts", Align::Right},
               {"repeats", Align::Right},
               {"not over", Align::Right}},
              {}};
    for (const FirstContactRow& row : causes.first_contacts) {
        grid.rows.push_back({value_text(row.resolved),
                             count_of(static_cast<std::uint64_t>(row.days), "day", "days"),
                             count_text(row.tally.firsts),
                             count_text(row.tally.repeats),
                             count_text(row.tally.too_late)});
    }
    return grid;
}

}  // namespace

std::string table_of(const Causes& causes, Colour colour) {
    std::string of;
    for (const std::string& touchpoint : causes.of) {
        of += (of.empty() ? "" : " or ") + touchpoint;
    }
    std::string text = fmt::format("{} at {}, {} with nothing in the {} before\n",
                                   count_of(causes.contacts, "contact", "contacts"),
                                   safe_line(of),
                                   count_text(causes.alone),
                                   format_duration(causes.window));
    if (causes.cost_per_contact) {
        text += fmt::format("a contact costs {}\n", number_text(*causes.cost_per_contact, 2));
    }
    Grid grid{{{"what came before"},
               {"times", Align::Right},
               {"followed"},
               {"lift", Align::Right},
               {"excess contacts"},
               {"as the last"},
               {"cost", Align::Right},
               {"against before"},
               {""}},
              {}};
    for (const CauseRow& row : causes.rows) {
        grid.rows.push_back({row.tally.touchpoint,
                             count_text(row.tally.events),
                             value_text(row.followed),
                             row.all.enough ? number_text(row.all.lift, 2) : "",
                             excess_text(row.all),
                             excess_text(row.last),
                             row.cost && row.all.enough ? number_text(*row.cost, 0) : "",
                             crossover_text(row.crossover),
                             row.all.beyond_chance() ? "beyond chance" : ""});
    }
    return text + "\n" + draw(grid, colour) + "\n" + draw(first_contacts_of(causes), colour);
}

}  // namespace kokemus::answer
