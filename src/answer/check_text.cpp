#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "answer/check.h"
#include "answer/json_parts.h"
#include "answer/number_text.h"
#include "base/text.h"

namespace kokemus::answer {
namespace {

std::size_t count_of_verdict(const CheckReport& report, CheckVerdict verdict) {
    return static_cast<std::size_t>(std::ranges::count(report.rows, verdict, &CheckRow::verdict));
}

/// Rows that are held against a target.
std::size_t targets_of(const CheckReport& report) {
    return static_cast<std::size_t>(std::ranges::count_if(
        report.rows, [](const CheckRow& row) { return row.target.has_value(); }));
}

/// What needs attention first.
int urgency(CheckVerdict verdict) {
    constexpr std::array order{CheckVerdict::Missed,
                               CheckVerdict::Unclear,
                               CheckVerdict::NotEnough,
                               CheckVerdict::NeverMade,
                               CheckVerdict::NotInBlueprint,
                               CheckVerdict::NobodyOwns,
                               CheckVerdict::NoEpisodes,
                               CheckVerdict::Met};
    return static_cast<int>(std::ranges::find(order, verdict) - order.begin());
}

std::string sentence(const CheckReport& report) {
    const std::size_t targets = targets_of(report);
    if (targets == 0) {
        return "The blueprint sets no target.";
    }
    const std::size_t missed = report.missed();
    const std::size_t met = count_of_verdict(report, CheckVerdict::Met);
    if (missed > 0) {
        return fmt::format(
            "{} of {} missed, {} met.", missed, count_of(targets, "target is", "targets are"), met);
    }
    if (met == targets) {
        return fmt::format("{} met.", targets == 1 ? "The target is" : "All targets are");
    }
    return fmt::format("No target is missed beyond its interval; {} of {} met.",
                       met,
                       count_of(targets, "target is", "targets are"));
}

}  // namespace

std::string to_json(const CheckReport& report) {
    JsonWriter json;
    json.open_object().key("rows").open_list();
    for (const CheckRow& row : report.rows) {
        json.open_object().member("what", row.what).member("name", row.name).key("value");
        if (row.value) {
            write(json, *row.value);
        } else {
            json.null();
        }
        json.member("target", row.target)
            .member("verdict", name_of(row.verdict))
            .member("why", row.why)
            .close_object();
    }
    json.close_list()
        .member("blueprint_version", report.blueprint_version)
        .member("targets", targets_of(report))
        .member("met", count_of_verdict(report, CheckVerdict::Met))
        .member("missed", report.missed())
        .member("unclear", count_of_verdict(report, CheckVerdict::Unclear))
        .close_object();
    return json.take();
}

std::string to_table(const CheckReport& report, Colour colour) {
    std::vector<const CheckRow*> rows;
    for (const CheckRow& row : report.rows) {
        rows.push_back(&row);
    }
    std::ranges::stable_sort(rows, {}, [](const CheckRow* row) { return urgency(row->verdict); });
    Grid grid{{{"verdict"}, {"what"}, {"name"}, {"why"}}, {}};
    for (const CheckRow* row : rows) {
        grid.rows.push_back({std::string(name_of(row->verdict)), row->what, row->name, row->why});
    }
    std::string text = strong(sentence(report), colour) + "\n";
    if (!rows.empty()) {
        text += "\n" + draw(grid, colour);
    }
    return text;
}

}  // namespace kokemus::answer
