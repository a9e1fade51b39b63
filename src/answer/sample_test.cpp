#include "answer/sample_test.h"

#include <limits>

#include <gtest/gtest.h>

#include "blueprint/built_in.h"
#include "question/parse.h"

namespace kokemus::answer::sample {
namespace {

using blueprint::ChannelKind;

question::Population population() {
    question::Population population;
    population.encounters = 1000;
    population.units = 300;
    population.customers = 280;
    population.without_unit = 12;
    population.first = at("2026-01-05T08:00:00Z");
    population.latest = at("2026-03-20T16:30:00Z");
    return population;
}

question::FlowNode node(std::string touchpoint, std::string channel, std::uint64_t encounters,
                        const stats::Moments& experience) {
    question::FlowNode node;
    node.touchpoint = std::move(touchpoint);
    node.channel = std::move(channel);
    node.encounters = encounters;
    node.units = encounters;
    node.customers = encounters;
    node.experience = experience;
    node.position_sum = static_cast<double>(encounters) / 4;
    return node;
}

question::FlowEdge edge(std::string from, std::string to, std::uint64_t units,
                        const stats::Moments& experience) {
    question::FlowEdge edge;
    edge.from = std::move(from);
    edge.to = std::move(to);
    edge.count = units;
    edge.units = units;
    edge.customers = units;
    edge.experience = experience;
    return edge;
}

question::FlowCounts flow() {
    question::FlowCounts counts;
    counts.population = population();
    counts.experience = scores(60, -1.5);
    counts.experience.merge(scores(140, 1.5));
    counts.nodes = {node("call", "phone", 60, scores(60, -1.5)),
                    node("delivered", "", 240, scores(140, 1.5)),
                    node("order placed", "web", 300, stats::Moments())};
    counts.edges = {edge("START", "order placed", 300, counts.experience),
                    edge("call", "END", 60, scores(60, -1.5)),
                    edge("order placed", "call", 60, scores(60, -1.5)),
                    edge("order placed", "delivered", 240, scores(140, 1.5)),
                    edge("delivered", "END", 240, scores(140, 1.5))};
    counts.edges[2].forced = 20;
    counts.edges[2].milliseconds = hours({2, 4, 6});
    counts.edges[2].seconds_sum = 12 * 3600;
    return counts;
}

question::VariantCounts variants() {
    question::VariantCounts counts;
    counts.population = population();
    question::Variant common;
    common.path = {"order placed", "delivered"};
    common.count = 240;
    common.customers = 230;
    common.milliseconds = hours({48, 72});
    common.seconds_sum = 120 * 3600;
    common.experience = scores(140, 1.5);
    counts.variants = {common};
    counts.distinct = 4;
    counts.other_variants = 3;
    counts.other_count = 60;
    return counts;
}

/// 100 of 300 go the path; 120 leave out "paid", 80 call.
question::VariantCounts courses() {
    question::VariantCounts counts;
    counts.population = population();
    const auto course = [&](std::vector<std::string> path, std::uint64_t count, double mean) {
        question::Variant variant;
        variant.path = std::move(path);
        variant.count = variant.customers = count;
        variant.experience = scores(count / 2, mean);
        counts.variants.push_back(std::move(variant));
    };
    course({"order placed", "delivered"}, 120, 1.4);
    course({"order placed", "paid", "delivered"}, 100, 1.5);
    course({"order placed", "call", "paid", "delivered"}, 80, -1);
    counts.distinct = 3;
    return counts;
}

question::FunnelCounts funnel() {
    question::FunnelCounts counts;
    counts.population = population();
    counts.steps.resize(3);
    counts.steps[0].touchpoints = {"order placed"};
    counts.steps[0].units = counts.steps[0].customers = 300;
    counts.steps[0].instead = {{"END", 5}, {"call", 15}};
    counts.steps[1].touchpoints = {"paid", "invoiced"};
    counts.steps[1].units = counts.steps[1].customers = 280;
    counts.steps[1].instead = {{"END", 30}, {"call", 10}};
    counts.steps[2].touchpoints = {"delivered"};
    counts.steps[2].units = counts.steps[2].customers = 240;
    counts.steps[2].milliseconds = hours({48});
    counts.steps[2].seconds_sum = 48 * 3600;
    return counts;
}

question::MetricCounts nps_counts(std::uint64_t promoters, std::uint64_t detractors) {
    question::MetricCounts counts;
    counts.levels = {{10, promoters}, {2, detractors}};
    return counts;
}

question::SeriesCounts series() {
    question::SeriesCounts counts;
    counts.population = population();
    counts.total = nps_counts(150, 90);
    const std::vector<std::string> starts = {
        "2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"};
    for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
        question::MetricGroup group;
        group.value = std::vector<std::string>{"phone", "web", ""}[i];
        group.start = at(starts[i]);
        group.end = at(starts[i + 1]);
        group.encounters = 100 * (i + 1);
        group.counts = std::vector{nps_counts(20, 60), nps_counts(129, 28), nps_counts(1, 2)}[i];
        counts.groups.push_back(std::move(group));
    }
    return counts;
}

question::PromiseCounts promises() {
    question::PromiseCounts counts;
    counts.population = population();
    counts.now = at("2026-03-20T16:30:00Z");
    question::PromiseTally delivery;
    delivery.promise = "delivery";
    delivery.made = 300;
    delivery.kept = 200;
    delivery.late = 50;
    delivery.broken = 30;
    delivery.open = 20;
    delivery.at_risk = 4;
    delivery.customers = 280;
    delivery.early_milliseconds = hours({24, 48, 72});
    delivery.late_milliseconds = hours({6, 12});
    delivery.slack_seconds_sum = 126 * 3600;
    delivery.slack_bins.assign(question::slack_edges.size() + 1, 0);
    delivery.slack_bins[8] = 250;
    delivery.after_kept = scores(100, 1.5);
    delivery.after_broken = scores(20, -2);
    question::PromiseTally callback;
    callback.promise = "call-back";
    callback.made = callback.kept = 40;
    callback.slack_bins.assign(question::slack_edges.size() + 1, 0);
    counts.promises = {callback, delivery};
    return counts;
}

question::SwitchCounts switches() {
    question::SwitchCounts counts;
    counts.population = population();
    counts.units_with_switch = 90;
    counts.units_forced = 60;
    counts.window = std::chrono::hours(168);
    question::ChannelSwitch to_phone;
    to_phone.from = "chatbot";
    to_phone.to = "phone";
    to_phone.count = 100;
    to_phone.units = to_phone.customers = 80;
    to_phone.forced = 60;
    to_phone.experience = scores(40, -1);
    counts.switches = {to_phone};
    counts.encounters_machine = 500;
    counts.all.contacts = 120;
    counts.all.repeats = 30;
    counts.all.censored = 20;
    counts.all.event_hours = {{5, 10}, {100, 20}};
    counts.all.censored_hours = {{50, 20}};
    counts.topics = {counts.all};
    counts.topics[0].topic = "billing";
    return counts;
}

/// Answers of 240 threads of 120 customers: a day late costs 3 points, being called for nothing 1,
/// and the rest is a pattern that goes with neither.
question::UnitTable unit_table() {
    question::UnitTable table;
    table.population = population();
    table.with_outcome = 240;
    table.columns.resize(4);
    table.columns[3].texts = {"phone", "web"};
    for (std::uint64_t row = 0; row < 240; ++row) {
        const bool promised = row % 5 != 0;
        const double late = row % 3 == 0 ? static_cast<double>(row % 4) / 2 : 0;
        const double switches = row % 7 < 2 ? 1 : 0;
        const double rest = static_cast<double>(row * 37 % 11) / 5 - 1;
        table.customers.push_back(1000 + row / 2);
        table.starts.push_back(static_cast<std::int64_t>(row));
        table.columns[0].numbers.push_back(8 - (promised ? 3 * late : 0) - switches + rest);
        table.columns[1].numbers.push_back(promised ? late
                                                    : std::numeric_limits<double>::quiet_NaN());
        table.columns[2].numbers.push_back(switches);
        table.columns[3].codes.push_back(row % 11 < 4 ? 0 : 1);
    }
    return table;
}

/// Methods c8, and contacts that settle it.
question::CauseCounts causes() {
    question::CauseCounts counts;
    counts.population = population();
    counts.window = std::chrono::hours(168);
    counts.contacts = 300;
    counts.contacts_alone = 20;
    counts.contacts_compared = 150;
    counts.at = {{"call", 300}};
    const auto cause = [&](std::string touchpoint,
                           std::uint64_t events,
                           std::uint64_t followed,
                           std::uint64_t last) {
        question::CauseTally tally;
        tally.touchpoint = std::move(touchpoint);
        tally.events = events;
        tally.followed = tally.contacts = tally.units = tally.customers = followed;
        tally.followed_last = tally.contacts_last = last;
        counts.causes.push_back(std::move(tally));
    };
    cause("invoice", 1000, 120, 100);
    cause("late delivery", 200, 90, 85);
    cause("newsletter", 4000, 80, 20);
    cause("password reset", 400, 60, 50);
    counts.causes[1].case_only = 60;
    counts.causes[1].control_only = 12;
    counts.firsts = {
        {{250, 240, 10, 5, 2}, {200, 150, 40, 20, 3}, {150, 90, 60, 40, 4}, {9, 4, 80, 90, 5}}};
    return counts;
}

}  // namespace

Instant at(const std::string& text) {
    return *parse_instant(text);
}

stats::Moments scores(std::uint64_t count, double mean, double spread) {
    stats::Moments moments;
    for (std::uint64_t i = 0; i < count; ++i) {
        moments.add(mean + (i % 2 == 0 ? spread : -spread));
    }
    return moments;
}

stats::LogHistogram hours(const std::vector<std::int64_t>& hours) {
    stats::LogHistogram histogram;
    for (const std::int64_t each : hours) {
        histogram.add(each * 3'600'000);
    }
    return histogram;
}

blueprint::Blueprint shop() {
    blueprint::Blueprint shop;
    shop.name = "Shop";
    shop.channels = {{"web", ChannelKind::SelfService}, {"phone", ChannelKind::Human}};
    blueprint::Touchpoint order;
    order.name = "order placed";
    order.stage = "order";
    order.owner = "Sales";
    order.channel = "web";
    blueprint::Touchpoint delivered;
    delivered.name = "delivered";
    delivered.stage = "delivery";
    shop.touchpoints = {order, delivered};
    blueprint::Promise delivery;
    delivery.name = "delivery";
    delivery.owner = "Logistics";
    delivery.target = 0.9;
    shop.promises = {delivery};
    blueprint::Journey journey;
    journey.name = "getting it";
    journey.path = {"order placed", "paid", "delivered"};
    shop.journeys = {journey};
    return blueprint::with_built_ins(shop);
}

/// A delivery a customer, promised within ten days: those of even numbers come early, of the others
/// one in three late, and the last are still open.
question::GivenPromises promises_given() {
    question::GivenPromises given;
    given.now = at("2026-03-31T00:00:00Z");
    given.groups = {""};
    given.population.encounters = 600;
    given.population.units = given.population.customers = 300;
    for (int i = 0; i < 300; ++i) {
        question::GivenPromise one;
        one.customer = static_cast<std::uint64_t>(i);
        one.made = at("2026-01-01T00:00:00Z") + std::chrono::hours(7 * i);
        one.due = one.made + std::chrono::days(10);
        const int late_hours = i % 2 == 0 ? -(i % 80) - 10 : i % 6 == 1 ? 24 + i % 90 : -2;
        const Instant kept = one.due + std::chrono::hours(late_hours);
        if (kept <= given.now) {
            one.kept = kept;
            one.experience = late_hours > 0 ? -0.02 * late_hours : 1.0 - 0.001 * late_hours;
        } else if (one.due >= given.now) {
            one.holder = static_cast<std::uint32_t>(given.holders.size());
            given.holders.push_back({"c" + std::to_string(i), "o" + std::to_string(i)});
        }
        if (one.due + question::GivenPromises::contact_window <= given.now) {
            one.contacted = late_hours > 0 && i % 5 != 0;
        }
        given.rows.push_back(one);
    }
    return given;
}

FakeEngine engine() {
    FakeEngine engine;
    engine.flow_counts = flow();
    engine.variant_counts = variants();
    engine.course_counts = courses();
    engine.funnel_counts = funnel();
    engine.series_counts = series();
    engine.promise_counts = promises();
    engine.switch_counts = switches();
    engine.unit_table = unit_table();
    engine.promises_given = promises_given();
    engine.cause_counts = causes();
    question::EpisodeRow row;
    row.customer = "c1";
    row.thread = "o7";
    row.start = at("2026-01-05T08:00:00Z");
    row.end = at("2026-01-06T08:00:00Z");
    row.encounters = 2;
    row.status = question::EpisodeStatus::Completed;
    row.experience = 1.5;
    row.path = {"order placed", "delivered"};
    engine.episode_page = question::EpisodePage{population(), 3496, {row}};
    question::TimelineRow encounter;
    encounter.time = at("2026-01-05T08:00:00Z");
    encounter.touchpoint = "delivered";
    encounter.channel = "phone";
    encounter.thread = "o7";
    encounter.score = 5;
    encounter.scale = "csat5";
    engine.timeline_page = question::TimelinePage{population(), 1, {encounter}};
    engine.value_counts = {{"web", 700}, {"phone", 300}};
    return engine;
}

question::Question asking(question::Kind kind) {
    question::Question question;
    question.kind = kind;
    question.per.kind = question::UnitKind::Thread;
    question.metric = "nps";
    question.grain = question::Grain::Month;
    if (kind == question::Kind::Funnel) {
        question.steps = {{"order placed"}, {"paid", "invoiced"}, {"delivered"}};
        question.within = std::chrono::hours(168);
    }
    if (kind == question::Kind::Breakdown || kind == question::Kind::League) {
        question.by = question::Field{question::FieldOf::Encounter, "channel"};
    }
    if (kind == question::Kind::Drivers) {
        question.outcome = question::parse_outcome("nps", shop()).value();
        question.factors =
            question::parse_factors("late 'delivery', switches forced, channel", shop()).value();
    }
    if (kind == question::Kind::Conformance) {
        question.per = {question::UnitKind::Journey, "getting it"};
    }
    if (kind == question::Kind::Causes) {
        question.steps = {{"call"}};
    }
    if (kind == question::Kind::Timeline) {
        question.per.kind = question::UnitKind::Customer;
        question.customer = "c1";
    }
    return question;
}

Answer answered(const question::Question& question) {
    return answered(question, engine());
}

Answer answered(const question::Question& question, const FakeEngine& engine) {
    auto answer = answer::answer(question, engine, shop(), at("2026-03-20T16:30:00Z"));
    EXPECT_TRUE(answer.has_value()) << (answer ? "" : answer.error().message);
    return std::move(*answer);
}

}  // namespace kokemus::answer::sample
