#include "asked.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "lines.h"
#include "question/parse.h"
#include "sample_sql.h"
#include "stopwatch.h"

namespace kokemus::bench {
namespace {

using question::Kind;
using question::Question;

constexpr const char* by_customer = "plan = 'Fibre 300'";
constexpr const char* by_encounter = "channel in ('web', 'app', 'phone')";

Result<Question> read_question(const timeline::Timeline& timeline, const Asked& asked) {
    const std::string where = asked.filter.empty() ? "" : " where " + asked.filter;
    return question::parse_question(asked.text + where, *timeline.blueprint);
}

template <typename Count, typename Spell>
Result<Timed> best_of(int repeats, const Count& count, const Spell& spell) {
    Timed best;
    best.wall_seconds = std::numeric_limits<double>::max();
    for (int i = 0; i < repeats; ++i) {
        const Stopwatch watch;
        const auto counts = count();
        const double wall = watch.wall_seconds();
        if (!counts) {
            return counts.error();
        }
        if (wall < best.wall_seconds) {
            best.wall_seconds = wall;
            best.work_seconds = watch.work_seconds();
        }
        if (i == 0) {
            best.lines = spell(*counts);
        }
    }
    return best;
}

}  // namespace

std::vector<Asked> questions_asked() {
    std::vector<Asked> all = {
        {.name = "flow with times", .text = "flow"},
        {.name = "flow counts", .text = "flow counts", .detail = sql::Detail::Counts},
        {.name = "funnel of 4 steps",
         .text = "funnel 'Order placed' then 'Visit time picked' then 'Technician visit' then "
                 "'Bill paid' within 60d"},
        {.name = "all variants", .text = "variants limit 20"},
        {.name = "trend by week", .text = "trend nps by week"},
        {.name = "breakdown by touchpoint", .text = "breakdown nps by touchpoint"},
        {.name = "breakdown by channel", .text = "breakdown nps by channel"},
        {.name = "promises", .text = "promises"},
        {.name = "switches", .text = "switches"},
    };
    std::vector<Asked> out;
    for (const auto& each : all) {
        for (const char* filter : {"", by_customer, by_encounter}) {
            out.push_back(each);
            out.back().filter = filter;
        }
    }
    return out;
}

Result<Timed> ask_timeline(const timeline::TimelineEngine& engine, const Asked& asked,
                           int repeats) {
    const auto question = TRY(read_question(engine.columns(), asked));
    const auto ask = [&](auto count) {
        return best_of(
            repeats,
            [&] { return (engine.*count)(question); },
            [&](const auto& counts) {
                if constexpr (requires { counts.edges; }) {
                    return sql::lines_of(counts, asked.detail);
                } else if constexpr (requires { counts.groups; }) {
                    return question.kind == Kind::Trend
                               ? trend_lines(counts, engine.columns().blueprint->time_zone)
                               : sql::lines_of(counts);
                } else if constexpr (requires { counts.steps; }) {
                    return sql::lines_of(counts);
                } else {
                    return lines_of(counts);
                }
            });
    };
    using timeline::TimelineEngine;
    switch (question.kind) {
        case Kind::Flow: return ask(&TimelineEngine::flow);
        case Kind::Variants: return ask(&TimelineEngine::variants);
        case Kind::Funnel: return ask(&TimelineEngine::funnel);
        case Kind::Trend: return ask(&TimelineEngine::trend);
        case Kind::Breakdown: return ask(&TimelineEngine::breakdown);
        case Kind::Promises: return ask(&TimelineEngine::promises);
        default: return ask(&TimelineEngine::switches);
    }
}

Result<std::string> query_of(const timeline::Timeline& timeline, const Asked& asked) {
    const auto question = TRY(read_question(timeline, asked));
    const auto& blueprint = *timeline.blueprint;
    switch (question.kind) {
        case Kind::Flow: return sql::flow(asked.detail, "touchpoint");
        case Kind::Variants: return variants_sql(question.limit);
        case Kind::Funnel: return sql::funnel(question);
        case Kind::Trend: return trend_sql(blueprint.time_zone, "nps");
        case Kind::Breakdown: return sql::breakdown(question, "nps");
        case Kind::Promises: return promises_sql(blueprint, timeline.latest_time, asked.filter);
        default: return switches_sql(timeline.latest_time, asked.filter);
    }
}

std::size_t bytes_needed(const timeline::Timeline& timeline, const Asked& asked) {
    std::size_t bytes = 0;
    const auto is = [&](std::string_view begin) { return asked.text.starts_with(begin); };
    const bool times = is("flow") ? asked.detail == sql::Detail::Times
                                  : is("funnel") || is("trend") || is("variants") || is("switches");
    const bool touchpoints = !is("trend") && !is("promises") && !is("breakdown nps by channel");
    const bool answers = is("trend") || is("breakdown") || (is("flow") && times) || is("variants");
    const bool channels =
        is("switches") || is("breakdown nps by channel") || asked.filter == by_encounter;
    for (const auto& part : timeline.parts) {
        bytes += part.customer_offsets.bytes();
        bytes += times ? part.time.bytes() : 0;
        bytes += touchpoints ? part.touchpoint.bytes() : 0;
        bytes += answers ? part.answer.bytes() : 0;
        bytes += channels ? part.channel.bytes() : 0;
        bytes += is("promises") ? part.promises.bytes() : 0;
        for (std::size_t i = 0; i < part.dimension.size(); ++i) {
            const bool filtered = asked.filter == by_customer;
            bytes +=
                filtered && timeline.dimensions[i].name == "plan" ? part.dimension[i].bytes() : 0;
        }
    }
    return bytes;
}

}  // namespace kokemus::bench
