#include "answer/promise_answers_table.h"

#include <fmt/format.h>

#include "answer/number_text.h"
#include "base/text.h"

namespace kokemus::answer {
namespace {

constexpr Align right = Align::Right;

std::string change_text(const std::optional<metric::Change>& change) {
    if (!change) {
        return "";
    }
    const bool share = change->unit == metric::Unit::Share;
    const auto one = [&](double number) {
        return (number > 0 ? "+" : "") + number_text(share ? 100 * number : number, share ? 1 : 2);
    };
    return fmt::format("{}{}, {} to {}",
                       one(change->estimate),
                       share ? " points" : "",
                       one(change->interval.low),
                       one(change->interval.high));
}

std::string slack_text(std::int64_t seconds) {
    if (seconds == 0) {
        return "due";
    }
    return format_duration(std::chrono::seconds(seconds < 0 ? -seconds : seconds)) +
           (seconds < 0 ? " late" : " early");
}

std::string dose_text(const DoseRow& dose) {
    if (!dose.from) {
        return "more than " + slack_text(*dose.to);
    }
    return dose.to ? slack_text(*dose.from) + " to " + slack_text(*dose.to)
                   : "more than " + slack_text(*dose.from);
}

std::string slopes_text(const stats::TwoSlopes& slopes) {
    std::string text =
        fmt::format("each day early: {} experience (error {}); each day late: {} (error {})\n",
                    number_text(slopes.gain, 3),
                    number_text(slopes.gain_error, 3),
                    number_text(-slopes.loss, 3),
                    number_text(slopes.loss_error, 3));
    if (slopes.ratio) {
        text += fmt::format("a day late weighs {} times a day early ({} to {})\n",
                            number_text(*slopes.ratio, 1),
                            number_text(slopes.ratio_interval.low, 1),
                            number_text(slopes.ratio_interval.high, 1));
    }
    return text;
}

std::string may_text(const promise::MayPromise& one, std::uint64_t cases) {
    if (one.time) {
        return format_duration(*one.time);
    }
    return cases < one.needed ? fmt::format("nothing yet: {} cases, {} are needed",
                                            count_text(cases),
                                            count_text(one.needed))
                              : "nothing: too many were never kept";
}

std::string sample_line(std::uint64_t one_of) {
    return one_of > 1 ? fmt::format("read of one of {} customers\n", one_of) : "";
}

}  // namespace

std::string table_of(const Lateness& lateness, Colour colour) {
    Grid after{{{"ended"},
                {"promises", right},
                {"experience"},
                {"less kept"},
                {"contact in the week after"},
                {"less kept"}},
               {}};
    for (const AfterPromise& row : lateness.after) {
        after.rows.push_back({row.outcome,
                              count_text(row.promises),
                              value_text(row.experience),
                              change_text(row.experience_less_kept),
                              value_text(row.contacted),
                              change_text(row.contacted_less_kept)});
    }
    Grid doses{{{"kept"}, {"promises", right}, {"experience"}}, {}};
    for (const DoseRow& dose : lateness.doses) {
        doses.rows.push_back(
            {dose_text(dose), count_text(dose.promises), value_text(dose.experience)});
    }
    Grid may{{{"may be promised so that"}, {"within"}}, {}};
    for (const promise::MayPromise& one : lateness.may_promise) {
        may.rows.push_back({percent_text(one.share) + " keep it", may_text(one, lateness.cases)});
    }
    return sample_line(lateness.one_of) + draw(after, colour) + "\n" + draw(doses, colour) + "\n" +
           (lateness.slopes ? slopes_text(*lateness.slopes) + "\n" : "") + draw(may, colour);
}

std::string table_of(const Foresight& foresight, Colour colour) {
    const promise::Trial& trial = foresight.trial;
    std::string text = sample_line(foresight.one_of);
    text += fmt::format(
        "tried on {} promises {} before their due: {} broke\n"
        "of {} given a chance of half and more broke: {}\n"
        "of those that broke had been given it: {}\n\n",
        count_text(trial.promises),
        format_duration(trial.lead),
        count_text(trial.broken),
        count_text(trial.called),
        value_text(foresight.precision),
        value_text(foresight.foreseen));
    Grid grid{{{"chance to break"}, {"due"}, {"made"}, {"customer"}, {"thread"}}, {}};
    if (!foresight.by.empty()) {
        grid.columns.push_back({foresight.by});
    }
    for (const ForesightRow& row : foresight.rows) {
        grid.rows.push_back({value_text(row.chance),
                             format_instant(row.due),
                             format_instant(row.made),
                             row.customer,
                             row.thread});
        if (!foresight.by.empty()) {
            grid.rows.back().push_back(none_given(row.group));
        }
    }
    text += draw(grid, colour);
    if (foresight.rows.size() + foresight.untold < foresight.open) {
        text += fmt::format("{} to {} of {}\n",
                            count_text(foresight.offset + 1),
                            count_text(foresight.offset + foresight.rows.size()),
                            count_text(foresight.open - foresight.untold));
    }
    return text;
}

}  // namespace kokemus::answer
