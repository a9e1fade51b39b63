#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using question::Question;
using tiny::day;
using tiny::hour;
using tiny::Ledger;

std::vector<std::string> edges_of(const question::FlowCounts& counts) {
    std::vector<std::string> edges;
    for (const auto& edge : counts.edges) {
        edges.push_back(edge.from + ">" + edge.to + " " + std::to_string(edge.count) + "/" +
                        std::to_string(edge.units) + "/" + std::to_string(edge.customers));
    }
    return edges;
}

using Texts = std::vector<std::string>;

void give_score(encounter::Encounter& encounter, double score) {
    encounter.score = score;
    encounter.scale = "nps";
}

TEST(Flow, CountsEdgesUnitsAndCustomersWithEnds) {
    Ledger ledger;
    for (const auto minute : {0, 1, 2, 3}) {
        ledger.add("a", minute, minute % 2 == 0 ? "x" : "y");
    }
    ledger.add("b", 0, "x");
    const auto flow = ledger.engine().flow({});
    ASSERT_TRUE(flow);
    EXPECT_EQ(edges_of(*flow),
              (Texts{"START>x 2/2/2", "x>END 1/1/1", "x>y 2/1/1", "y>END 1/1/1", "y>x 1/1/1"}));
    ASSERT_EQ(flow->nodes.size(), 2U);
    EXPECT_EQ(flow->nodes[0].encounters, 3U);
    EXPECT_EQ(flow->nodes[0].units, 2U);
    EXPECT_NEAR(flow->nodes[0].position_sum, 0 + 2.0 / 3 + 0, 1e-8);
    EXPECT_NEAR(flow->nodes[1].position_sum, 1.0 / 3 + 1, 1e-8);
    EXPECT_EQ(flow->edges[2].milliseconds.count(), 2U);
    EXPECT_EQ(flow->edges[2].seconds_sum, 120);
    EXPECT_EQ(flow->edges[0].milliseconds.count(), 0U);
    EXPECT_EQ(flow->population.encounters, 5U);
    EXPECT_EQ(flow->population.units, 2U);
    EXPECT_EQ(flow->population.first, tiny::at(0));
    EXPECT_EQ(flow->population.latest, tiny::at(3));
}

TEST(Flow, GivesEachEdgeTheExperienceOfTheUnitsThatTakeIt) {
    Ledger ledger;
    give_score(ledger.add("a", 0, "x"), 10);
    give_score(ledger.add("a", 1, "y"), 0);
    ledger.add("a", 2, "y");
    ledger.add("a", 3, "y");
    give_score(ledger.add("b", 0, "y"), 10);
    const auto flow = ledger.engine(tiny::four_channels()).flow({});
    EXPECT_EQ(flow->experience.count(), 2U);
    EXPECT_DOUBLE_EQ(flow->experience.mean(), 1.5);
    const auto& repeated = flow->edges[4];
    EXPECT_EQ(repeated.from + repeated.to, "yy");
    EXPECT_EQ(repeated.count, 2U);
    EXPECT_EQ(repeated.experience.count(), 1U) << "one value per unit";
    EXPECT_DOUBLE_EQ(repeated.experience.mean(), 0);
    EXPECT_EQ(flow->nodes[1].experience.count(), 2U) << "one value per score at the touchpoint";
    EXPECT_DOUBLE_EQ(flow->nodes[1].experience.mean(), 0);
    EXPECT_DOUBLE_EQ(flow->nodes[1].experience.variance(), 18);
}

TEST(Flow, IsOfWhatTheFilterLeaves) {
    Ledger ledger;
    for (const char* touchpoint : {"x", "noise", "y"}) {
        ledger.add("a", static_cast<std::int64_t>(ledger.entries.size()), touchpoint);
    }
    ledger.add("b", 0, "noise");
    Question question;
    question.where = tiny::text_is("touchpoint", {"x", "y"});
    const auto engine = ledger.engine();
    const auto flow = engine.flow(question);
    EXPECT_EQ(edges_of(*flow), (Texts{"START>x 1/1/1", "x>y 1/1/1", "y>END 1/1/1"}));
    EXPECT_EQ(flow->population.units, 1U);
    question.having = tiny::condition(question::Goes{"x", "y"});
    EXPECT_EQ(engine.flow(question)->population.units, 1U) << "x goes to y among those that count";
    question.having = tiny::condition(question::Touches{{"noise"}});
    EXPECT_EQ(engine.flow(question)->population.units, 0U);
    question.having = nullptr;
    question.where = tiny::condition(question::Goes{"x", "y"});
    EXPECT_EQ(engine.flow(question)->population.units, 0U) << "not in the whole unit";
}

TEST(Flow, NamesTheChannelThatIsUsedMost) {
    Ledger ledger;
    for (const char* channel : {"b", "a", "b", "a", "c"}) {
        ledger.add("c", static_cast<std::int64_t>(ledger.entries.size()), "x").channel = channel;
    }
    EXPECT_EQ(ledger.engine().flow({})->nodes[0].channel, "a");
}

TEST(Flow, TellsForcedSwitchesFromChosenOnes) {
    Ledger ledger;
    ledger.add("same topic", 0, "ask");
    ledger.add("same topic", day, "call");
    ledger.add("too late", 0, "ask");
    ledger.add("too late", day + 1, "call");
    ledger.add("other topic", 0, "ask");
    ledger.add("other topic", 1, "move");
    ledger.add("same thread", 0, "ask", "t");
    ledger.add("same thread", 1, "move", "t");
    ledger.add("human first", 0, "call");
    ledger.add("human first", 1, "ask");
    const auto engine = ledger.engine(tiny::four_channels());
    const auto flow = engine.flow({});
    std::vector<std::string> forced;
    for (const auto& edge : flow->edges) {
        if (edge.forced > 0) {
            forced.push_back(edge.from + ">" + edge.to + " " + std::to_string(edge.forced));
        }
    }
    EXPECT_EQ(forced, (Texts{"ask>call 1", "ask>move 1"}));
    const auto switches = engine.switches({});
    ASSERT_EQ(switches->switches.size(), 2U);
    EXPECT_EQ(switches->switches[0].from, "bot");
    EXPECT_EQ(switches->switches[0].count, 4U);
    EXPECT_EQ(switches->switches[0].forced, 2U);
    EXPECT_EQ(switches->units_with_switch, 5U);
    EXPECT_EQ(switches->units_forced, 2U);
    EXPECT_EQ(switches->encounters_machine, 5U);
}

TEST(Variants, SumTheTailAndKeepNothingBack) {
    Ledger ledger;
    const auto add = [&](const std::string& customer, const std::string& path) {
        for (std::size_t i = 0; i < path.size(); ++i) {
            ledger.add(customer, static_cast<std::int64_t>(i), std::string(1, path[i]));
        }
    };
    add("1", "xy");
    add("2", "xy");
    add("3", "xxy");
    add("4", "y");
    add("5", "a");
    const auto engine = ledger.engine();
    Question question;
    question.limit = 2;
    const auto variants = engine.variants(question);
    ASSERT_EQ(variants->variants.size(), 2U);
    EXPECT_EQ(variants->variants[0].path, (Texts{"x", "y"}));
    EXPECT_EQ(variants->variants[0].count, 2U);
    EXPECT_EQ(variants->variants[0].customers, 2U);
    EXPECT_EQ(variants->variants[0].seconds_sum, 120);
    EXPECT_EQ(variants->variants[1].path, (Texts{"a"})) << "of equals the first path";
    EXPECT_EQ(variants->distinct, 4U);
    EXPECT_EQ(variants->other_variants, 2U);
    EXPECT_EQ(variants->other_count, 2U);
    question.collapse = true;
    EXPECT_EQ(engine.variants(question)->variants[0].count, 3U);
    question.offset = 10;
    EXPECT_EQ(engine.variants(question)->other_count, 5U);
}

TEST(Funnel, SaysHowFarUnitsGetAndWhatTheyDoInstead) {
    Ledger ledger;
    ledger.add("a", 0, "x");
    ledger.add("a", 2, "y");
    ledger.add("b", 0, "x");
    ledger.add("b", 1, "z");
    ledger.add("b", 9, "y");
    ledger.add("c", 0, "x");
    Question question;
    question.steps = {{"x"}, {"y"}};
    question.within = std::chrono::minutes(5);
    const auto funnel = ledger.engine().funnel(question);
    ASSERT_EQ(funnel->steps.size(), 2U);
    EXPECT_EQ(funnel->steps[0].units, 3U);
    EXPECT_EQ(funnel->steps[1].units, 1U);
    EXPECT_EQ(funnel->steps[1].seconds_sum, 120);
    EXPECT_EQ(funnel->steps[0].instead,
              (std::map<std::string, std::uint64_t>{{"z", 1}, {"END", 1}}));
    EXPECT_TRUE(funnel->steps[1].instead.empty());
}

blueprint::Blueprint with_metric(blueprint::Metric metric) {
    auto blueprint = tiny::four_channels();
    metric.name = "m";
    blueprint.metrics = {std::move(metric)};
    return blueprint;
}

Question about_m() {
    Question question;
    question.metric = "m";
    question.by = question::Field{question::FieldOf::Encounter, "channel"};
    return question;
}

TEST(Breakdown, CountsScoresOfTheScaleAndPlacesOfTheMetric) {
    blueprint::Metric nps;
    nps.kind = blueprint::MetricKind::Nps;
    nps.scale = "nps";
    nps.touchpoints = {"call", "ask"};
    Ledger ledger;
    give_score(ledger.add("a", 0, "call"), 9);
    give_score(ledger.add("a", 1, "call"), 9);
    give_score(ledger.add("a", 2, "ask"), 3);
    give_score(ledger.add("a", 3, "letter"), 3);
    give_score(ledger.add("a", 4, "call"), 1);
    ledger.entries.back().encounter.scale = "ces7";
    const auto breakdown = ledger.engine(with_metric(nps)).breakdown(about_m());
    ASSERT_EQ(breakdown->groups.size(), 3U) << "also the mail, without a score that counts";
    EXPECT_EQ(breakdown->groups[0].value, "bot");
    EXPECT_EQ(breakdown->groups[2].value, "phone");
    EXPECT_EQ(breakdown->groups[2].encounters, 3U);
    EXPECT_EQ(breakdown->groups[2].counts.levels, (std::map<double, std::uint64_t>{{9, 2}}));
    EXPECT_EQ(breakdown->total.levels, (std::map<double, std::uint64_t>{{3, 1}, {9, 2}}));
    EXPECT_DOUBLE_EQ(breakdown->total.scores.mean(), 7);
    EXPECT_DOUBLE_EQ(breakdown->total.scores.variance(), 12);
}

TEST(Breakdown, AMetricOfNoScaleAddsUpExperience) {
    auto blueprint = with_metric({});
    blueprint.scales = {{"nps", 0, 10, true}, {"effort", 1, 5, false}};
    Ledger ledger;
    give_score(ledger.add("a", 0, "call"), 10);
    give_score(ledger.add("a", 1, "call"), 5);
    give_score(ledger.add("a", 2, "call"), 5);
    ledger.entries.back().encounter.scale = "effort";
    give_score(ledger.add("a", 3, "call"), 4);
    ledger.entries.back().encounter.scale = "unheard of";
    const auto breakdown = ledger.engine(blueprint).breakdown(about_m());
    EXPECT_EQ(breakdown->total.levels, (std::map<double, std::uint64_t>{{-3, 1}, {0, 1}, {3, 1}}));
}

TEST(Breakdown, SaysWhenThereAreTooManyLevels) {
    blueprint::Metric mean;
    mean.scale = "nps";
    Ledger ledger;
    for (int i = 0; i < 300; ++i) {
        give_score(ledger.add("a", i, "call"), i);
    }
    const auto breakdown = ledger.engine(with_metric(mean)).breakdown(about_m());
    EXPECT_TRUE(breakdown->total.overflow);
    EXPECT_TRUE(breakdown->total.levels.empty());
    EXPECT_EQ(breakdown->total.scores.count(), 300U);
    EXPECT_DOUBLE_EQ(breakdown->total.scores.mean(), 149.5);
}

TEST(Breakdown, SumsContactsOverCustomers) {
    blueprint::Metric rate;
    rate.kind = blueprint::MetricKind::ContactRate;
    Ledger ledger;
    ledger.add("a", 0, "call", "t");
    ledger.add("a", 1, "ask", "t");
    ledger.add("a", 2, "look", "u");
    ledger.add("b", 0, "look", "t");
    ledger.add("c", 0, "call");
    Question question = about_m();
    question.per.kind = question::UnitKind::Thread;
    const auto breakdown = ledger.engine(with_metric(rate)).breakdown(question);
    EXPECT_EQ(breakdown->population.without_unit, 1U);
    EXPECT_EQ(breakdown->total.customers, 2U);
    EXPECT_EQ(breakdown->total.a, 2);
    EXPECT_EQ(breakdown->total.b, 3);
    EXPECT_EQ(breakdown->total.aa, 4);
    EXPECT_EQ(breakdown->total.ab, 4);
    EXPECT_EQ(breakdown->total.bb, 5);
    const auto& web = breakdown->groups[2];
    EXPECT_EQ(web.value, "web");
    EXPECT_EQ(web.counts.customers, 2U);
    EXPECT_EQ(web.counts.a, 0);
    EXPECT_EQ(web.counts.b, 2);
}

TEST(Breakdown, CountsEpisodesOfTheMetricsJourney) {
    blueprint::Metric completion;
    completion.kind = blueprint::MetricKind::Completion;
    completion.journey = "j";
    auto blueprint = with_metric(completion);
    blueprint::Journey journey;
    journey.name = "j";
    journey.starts = {"look"};
    journey.ends = {"call"};
    journey.silence = std::chrono::hours(1);
    blueprint.journeys = {journey};
    Ledger ledger;
    ledger.add("a", 0, "look");
    ledger.add("a", 1, "call");
    ledger.add("a", 2, "look");
    ledger.add("b", 500, "look");
    const auto engine = ledger.engine(blueprint);
    const auto breakdown = engine.breakdown(about_m());
    EXPECT_EQ(breakdown->total.completed, 1U);
    EXPECT_EQ(breakdown->total.abandoned, 1U);
    EXPECT_EQ(breakdown->total.unfinished, 1U);
    EXPECT_EQ(breakdown->groups[0].value, "phone");
    EXPECT_EQ(breakdown->groups[0].counts.completed, 1U);
    EXPECT_EQ(breakdown->groups[0].counts.abandoned, 0U);
    blueprint.metrics[0].journey.clear();
    EXPECT_EQ(ledger.engine(blueprint).breakdown(about_m()).error().code, ErrorCode::InvalidInput);
}

TEST(Trend, GivesEveryPeriodOfThePlace) {
    blueprint::Metric mean;
    mean.scale = "nps";
    auto blueprint = with_metric(mean);
    blueprint.time_zone = "Europe/Helsinki";
    Ledger ledger;
    give_score(ledger.add("a", 3 * day + 21 * hour + 59, "call"), 1);  // Sunday in Helsinki
    give_score(ledger.add("a", 3 * day + 22 * hour, "call"), 2);       // Monday
    give_score(ledger.add("a", 18 * day, "call"), 3);
    Question question = about_m();
    question.grain = question::Grain::Week;
    const auto engine = ledger.engine(blueprint);
    const auto trend = engine.trend(question);
    ASSERT_EQ(trend->groups.size(), 4U);
    EXPECT_EQ(format_instant(*trend->groups[0].start), "2025-12-28T22:00:00Z");
    EXPECT_EQ(format_instant(*trend->groups[0].end), "2026-01-04T22:00:00Z");
    EXPECT_EQ(trend->groups[0].encounters, 1U);
    EXPECT_EQ(trend->groups[1].counts.scores.mean(), 2);
    EXPECT_EQ(trend->groups[2].encounters, 0U) << "an empty week is a week";
    EXPECT_EQ(trend->groups[3].encounters, 1U);
    question.grain = question::Grain::Month;
    EXPECT_EQ(engine.trend(question)->groups.size(), 1U);
    question.range = {tiny::at(0), tiny::at(4 * day)};
    question.grain = question::Grain::Day;
    EXPECT_EQ(engine.trend(question)->groups.size(), 2U);
}

TEST(Trend, RefusesMoreDaysThanAnybodyReads) {
    Ledger ledger;
    ledger.add("a", -1000LL * 366 * day, "call");
    ledger.add("a", 0, "call");
    Question question = about_m();
    question.grain = question::Grain::Day;
    const auto engine = ledger.engine(with_metric({}));
    EXPECT_EQ(engine.trend(question).error().code, ErrorCode::InvalidInput);
    question.grain = question::Grain::Month;
    EXPECT_GT(engine.trend(question)->groups.size(), 12'000U);
}

blueprint::Promise delivery() {
    blueprint::Promise promise;
    promise.name = "delivery";
    promise.kept = {"delivered"};
    return promise;
}

TEST(Promises, AreKeptLateBrokenOpenOrAtRisk) {
    blueprint::Blueprint blueprint;
    blueprint.promises = {delivery()};
    Ledger ledger;
    const auto promise = [&](const std::string& customer, std::int64_t due) {
        ledger.add(customer, 0, "order").due["delivery"] = tiny::at(due);
    };
    promise("kept", 5 * hour);
    ledger.add("kept", 5 * hour, "delivered");
    promise("late", 5 * hour);
    ledger.add("late", 6 * hour, "delivered");
    promise("broken", 9 * day);
    promise("open", 12 * day);
    promise("at risk", 11 * day);
    promise("due now", 10 * day);
    ledger.add("clock", 10 * day, "x");
    const auto engine = ledger.engine(blueprint);
    const auto counts = engine.promises({});
    ASSERT_EQ(counts->promises.size(), 1U);
    const auto& tally = counts->promises[0];
    EXPECT_EQ(counts->now, tiny::at(10 * day));
    EXPECT_EQ(tally.made, 6U);
    EXPECT_EQ(tally.kept, 1U);
    EXPECT_EQ(tally.late, 1U);
    EXPECT_EQ(tally.broken, 1U);
    EXPECT_EQ(tally.open, 3U);
    EXPECT_EQ(tally.at_risk, 2U);
    EXPECT_EQ(tally.slack_seconds_sum, -3600);
    EXPECT_EQ(tally.slack_bins[6], 1U) << "an hour late lies before 0";
    EXPECT_EQ(tally.slack_bins[7], 1U) << "no slack lies behind 0";
    Question question;
    question.where =
        tiny::condition(question::PromiseCondition{"delivery", {question::PromiseOutcome::Open}});
    EXPECT_EQ(engine.promises(question)->population.units, 3U) << "at risk is a part of open";
    question.promise = "none";
    EXPECT_EQ(engine.promises(question).error().code, ErrorCode::NotFound);
}

TEST(Promises, AreKeptInTheThreadThatMadeThem) {
    blueprint::Blueprint blueprint;
    blueprint.promises = {delivery()};
    Ledger ledger;
    ledger.add("a", 0, "order", "t1").due["delivery"] = tiny::at(hour);
    ledger.add("a", 1, "order", "t2").due["delivery"] = tiny::at(hour);
    ledger.add("a", 2, "order").due["delivery"] = tiny::at(hour);
    ledger.add("a", 3, "delivered", "t2");
    ledger.add("a", 2 * hour, "delivered", "t1");
    const auto tally = ledger.engine(blueprint).promises({})->promises[0];
    EXPECT_EQ(tally.kept, 2U) << "t2, and the one without a thread by whichever comes first";
    EXPECT_EQ(tally.late, 1U);
    EXPECT_EQ(tally.customers, 1U);
}

TEST(Promises, AreMadeByTouchpointsWithinATime) {
    auto promise = delivery();
    promise.made = {"order"};
    promise.within = std::chrono::hours(2);
    blueprint::Blueprint blueprint;
    blueprint.promises = {promise};
    Ledger ledger;
    ledger.add("by rule", 0, "order");
    ledger.add("by rule", 2 * hour, "delivered");
    ledger.add("by itself", 0, "order").due["delivery"] = tiny::at(hour);
    ledger.add("by itself", 2 * hour, "delivered");
    ledger.add("not made here", 0, "chat").due["delivery"] = tiny::at(hour);
    const auto tally = ledger.engine(blueprint).promises({})->promises[0];
    EXPECT_EQ(tally.made, 2U);
    EXPECT_EQ(tally.kept, 1U);
    EXPECT_EQ(tally.late, 1U);
}

TEST(Promises, AreNeverKeptByTheEncounterThatMakesThem) {
    auto promise = delivery();
    promise.made = {"update"};
    promise.kept = {"update"};
    blueprint::Blueprint blueprint;
    blueprint.promises = {promise};
    Ledger ledger;
    ledger.add("a", 0, "update").due["delivery"] = tiny::at(hour);
    ledger.add("a", 0, "update");
    ledger.add("a", 3 * hour, "update").due["delivery"] = tiny::at(4 * hour);
    ledger.add("z", 9 * hour, "x");
    const auto tally = ledger.engine(blueprint).promises({})->promises[0];
    EXPECT_EQ(tally.kept, 1U) << "by the next one at the same time";
    EXPECT_EQ(tally.broken, 1U);
}

TEST(Switches, CountTheTimeToTheNextContactAboutATopic) {
    Ledger ledger;
    ledger.add("a", 0, "call");
    ledger.add("a", 5 * day, "ask");    // a repeat after 5 days: not a first contact
    ledger.add("a", 10 * day, "call");  // 5 days after the one before: no first contact either
    ledger.add("b", 0, "call");
    ledger.add("b", 8 * day, "call");   // more than a week later: a contact of its own
    ledger.add("c", 19 * day, "move");  // seen for a day only
    ledger.add("d", 20 * day, "look");  // no contact
    const auto counts = ledger.engine(tiny::four_channels()).switches({});
    ASSERT_EQ(counts->topics.size(), 2U);
    const auto& bill = counts->topics[0];
    EXPECT_EQ(bill.topic, "bill");
    EXPECT_EQ(bill.contacts, 3U);
    EXPECT_EQ(bill.repeats, 1U);
    EXPECT_EQ(bill.censored, 0U);
    EXPECT_EQ(bill.event_hours, (std::map<std::int64_t, std::uint64_t>{{120, 1}}));
    EXPECT_EQ(counts->topics[1].censored, 1U);
    EXPECT_EQ(counts->topics[1].censored_hours, (std::map<std::int64_t, std::uint64_t>{{24, 1}}));
    EXPECT_EQ(counts->all.contacts, 4U);
    EXPECT_EQ(counts->window, std::chrono::hours(168));
}

TEST(Switches, LookForRepeatsInEveryChannelAndBeyondTheRange) {
    Ledger ledger;
    ledger.add("a", 0, "ask");
    ledger.add("a", day, "call");
    ledger.add("a", 2 * day, "ask");
    ledger.add("z", 30 * day, "look");
    const auto engine = ledger.engine(tiny::four_channels());
    Question question;
    question.where = tiny::text_is("channel", {"phone"});
    EXPECT_EQ(engine.switches(question)->all.contacts, 0U) << "the call is a repeat of the chat";
    question.where = tiny::text_is("channel", {"bot"});
    question.range = {tiny::at(0), tiny::at(hour)};
    const auto counts = engine.switches(question);
    EXPECT_EQ(counts->all.contacts, 1U);
    EXPECT_EQ(counts->all.repeats, 1U);
}

TEST(Episodes, AreListedByStartPageByPage) {
    Ledger ledger;
    give_score(ledger.add("b", 0, "look", "t"), 10);
    ledger.add("b", 2, "call", "t");
    ledger.add("a", 1, "look", "u");
    ledger.add("a", 0, "look", "v");
    const auto engine = ledger.engine(tiny::four_channels());
    Question question;
    question.per.kind = question::UnitKind::Thread;
    const auto all = engine.episodes(question);
    ASSERT_EQ(all->rows.size(), 3U);
    EXPECT_EQ(all->total, 3U);
    EXPECT_EQ(all->rows[0].customer + all->rows[0].thread, "av");
    EXPECT_EQ(all->rows[1].customer + all->rows[1].thread, "bt");
    EXPECT_EQ(all->rows[1].path, (Texts{"look", "call"}));
    EXPECT_EQ(all->rows[1].end, tiny::at(2));
    EXPECT_DOUBLE_EQ(*all->rows[1].experience, 3);
    EXPECT_EQ(all->rows[2].thread, "u");
    question.limit = 1;
    question.offset = 1;
    EXPECT_EQ(engine.episodes(question)->rows.at(0).customer, "b");
    question.offset = 3;
    EXPECT_TRUE(engine.episodes(question)->rows.empty());
    question.per.kind = question::UnitKind::Customer;
    question.offset = 0;
    EXPECT_EQ(engine.episodes(question)->rows.at(0).thread, "") << "a whole timeline has no thread";
}

TEST(TimelineOfACustomer, IsListedInOrder) {
    Ledger ledger;
    ledger.add("b", 2, "call");
    auto& first = ledger.add("b", 1, "look", "t");
    give_score(first, 4);
    first.value = 2.5;
    first.employee = "E";
    ledger.add("a", 0, "look");
    const auto engine = ledger.engine(tiny::four_channels());
    Question question;
    question.customer = "b";
    const auto page = engine.timeline(question);
    ASSERT_EQ(page->rows.size(), 2U);
    EXPECT_EQ(page->total, 2U);
    const auto& row = page->rows[0];
    EXPECT_EQ(row.touchpoint + row.channel + row.department + row.employee + row.thread,
              "lookwebBillingEt");
    EXPECT_EQ(row.score, 4);
    EXPECT_EQ(row.scale, "nps");
    EXPECT_EQ(row.value, 2.5);
    EXPECT_EQ(row.duration_seconds, std::nullopt);
    EXPECT_EQ(row.ledger_number, 2U);
    question.offset = 1;
    EXPECT_EQ(engine.timeline(question)->rows.size(), 1U);
    question.customer = "nobody";
    EXPECT_EQ(engine.timeline(question)->total, 0U);
}

TEST(Values, StandByHowOftenTheyOccur) {
    Ledger ledger;
    for (const char* touchpoint : {"x", "y", "y", "z", "z", "w"}) {
        ledger.add("a", static_cast<std::int64_t>(ledger.entries.size()), touchpoint);
    }
    const auto values = ledger.engine().values({question::FieldOf::Encounter, "touchpoint"}, {}, 3);
    EXPECT_EQ(values->distinct, 4U);
    ASSERT_EQ(values->most.size(), 3U);
    EXPECT_EQ(values->most[0].value, "y");
    EXPECT_EQ(values->most[1].value, "z");
    EXPECT_EQ(values->most[2].value, "w");
    EXPECT_EQ(values->most[0].encounters, 2U);
}

}  // namespace
}  // namespace kokemus::timeline
