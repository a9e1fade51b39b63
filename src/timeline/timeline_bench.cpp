#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>

#include "base/parallel.h"
#include "base/random.h"
#include "timeline/bench_columns.h"
#include "timeline/timeline_build.h"
#include "timeline/timeline_engine.h"

/// What each pass costs per encounter, over made-up ones: 20 a customer, 40 touchpoints in runs
/// that follow one another, 8 channels, a thread per 6 encounters, a score on every tenth, a
/// promise on every sixth. TIMELINE_BENCH_MILLIONS (10) says how many, TIMELINE_BENCH_WORKERS on
/// how many threads. They are made straight as columns; with TIMELINE_BENCH_BUILD they are built
/// from encounters, which says what building costs.
namespace kokemus::timeline {
namespace {

using question::Question;

std::size_t encounters_wanted() {
    const char* millions = std::getenv("TIMELINE_BENCH_MILLIONS");
    return static_cast<std::size_t>((millions != nullptr ? std::atof(millions) : 10) * 1e6);
}

blueprint::Blueprint make_blueprint() {
    using blueprint::ChannelKind;
    blueprint::Blueprint out;
    for (int channel = 0; channel < 8; ++channel) {
        out.channels.push_back(
            {"channel " + std::to_string(channel), static_cast<ChannelKind>(channel % 4)});
    }
    for (int i = 0; i < 40; ++i) {
        blueprint::Touchpoint touchpoint;
        touchpoint.name = "touchpoint " + std::to_string(i);
        touchpoint.channel = out.channels[static_cast<std::size_t>(i % 8)].name;
        touchpoint.topic = "topic " + std::to_string(i / 5);
        touchpoint.owner = "department " + std::to_string(i / 8);
        out.touchpoints.push_back(touchpoint);
    }
    out.scales = {{"nps", 0, 10, true}};
    blueprint::Journey journey;
    journey.name = "journey";
    journey.starts = {"touchpoint 0", "touchpoint 7"};
    journey.ends = {"touchpoint 5"};
    journey.silence = std::chrono::hours(24 * 30);
    out.journeys = {journey};
    blueprint::Promise promise;
    promise.name = "promise";
    promise.kept = {"touchpoint 4", "touchpoint 9"};
    out.promises = {promise};
    blueprint::Metric nps;
    nps.name = "nps";
    nps.scale = "nps";
    nps.kind = blueprint::MetricKind::Nps;
    blueprint::Metric rate;
    rate.name = "contact rate";
    rate.kind = blueprint::MetricKind::ContactRate;
    out.metrics = {nps, rate};
    out.dimensions = {{"plan", blueprint::DimensionSource::Traits, "plan"}};
    return out;
}

/// Adds in order of time, as a ledger would give them: a customer is met again and again.
std::shared_ptr<const Timeline> build_timeline_of(std::size_t encounters) {
    TimelineBuilder builder(std::make_shared<const blueprint::Blueprint>(make_blueprint()),
                            reads_nothing(),
                            encounters);
    Random random(1);
    const std::size_t customers = encounters / 20 + 1;
    std::vector<std::uint64_t> last(customers);
    std::vector<ledger::Entry> batch(1024);
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < encounters; ++i) {
        auto& entry = batch[i % batch.size()];
        auto& encounter = entry.encounter;
        const std::uint64_t customer = random.below(customers);
        last[customer] = random.chance(0.7) ? (last[customer] + 1) % 40 : random.below(40);
        entry.number = i + 1;
        encounter.id = encounter::EncounterId(std::to_string(i));
        encounter.customer = encounter::CustomerName("customer " + std::to_string(customer));
        encounter.time = Instant(Milliseconds(1'700'000'000'000 + i * 3000 + random.below(999)));
        encounter.touchpoint = "touchpoint " + std::to_string(last[customer]);
        encounter.thread = encounter::ThreadName(std::to_string(customer * 4 + random.below(4)));
        encounter.score.reset();
        encounter.scale.clear();
        encounter.due.clear();
        if (random.chance(0.1)) {
            encounter.score = static_cast<double>(random.below(11));
            encounter.scale = "nps";
        }
        if (random.chance(1.0 / 6)) {
            encounter.due["promise"] = encounter.time + std::chrono::hours(24 * 3);
        }
        if ((i + 1) % batch.size() == 0) {
            const auto added = builder.add(batch);
            if (!added) {
                std::abort();
            }
        }
    }
    const auto added = std::chrono::steady_clock::now();
    auto timeline = builder.finish().value();
    const auto built = std::chrono::steady_clock::now();
    const double count = static_cast<double>(timeline->rows());
    const auto per_second = [&](auto from, auto to) {
        return count / std::chrono::duration<double>(to - from).count() / 1e6;
    };
    std::printf(
        "%.1f M encounters: made and added at %.2f M/s, sorted and indexed at %.2f M/s, "
        "%.1f bytes each, %zu workers\n",
        count / 1e6,
        per_second(begin, added),
        per_second(added, built),
        static_cast<double>(timeline->bytes()) / count,
        worker_count());
    return timeline;
}

std::shared_ptr<const Timeline> make_timeline(std::size_t encounters) {
    if (std::getenv("TIMELINE_BENCH_BUILD") != nullptr) {
        return build_timeline_of(encounters);
    }
    auto timeline = bench::make_columns(
        std::make_shared<const blueprint::Blueprint>(make_blueprint()), encounters);
    const double count = static_cast<double>(timeline->rows());
    std::printf("%.1f M encounters, %.1f bytes each, %zu workers\n",
                count / 1e6,
                static_cast<double>(timeline->bytes()) / count,
                worker_count());
    return timeline;
}

const TimelineEngine& engine() {
    static const TimelineEngine one(make_timeline(encounters_wanted()));
    return one;
}

template <typename Ask>
void run(benchmark::State& state, const Ask& ask) {
    const TimelineEngine& over = engine();
    for (auto _ : state) {
        const auto answer = ask(over);
        if (!answer) {
            state.SkipWithError(answer.error().message.c_str());
        }
        benchmark::DoNotOptimize(answer);
    }
    // Prints as seconds with their unit: "3.4ns".
    state.counters["each"] = benchmark::Counter(
        static_cast<double>(over.columns().rows()),
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

Question per(question::UnitKind kind) {
    Question question;
    question.per.kind = kind;
    question.per.journey = "journey";
    return question;
}

Question with_filter(auto is) {
    Question question;
    question.where =
        std::make_shared<const question::Condition>(question::Condition{std::move(is)});
    return question;
}

Question of_metric(const std::string& metric, const std::string& by) {
    Question question;
    question.metric = metric;
    question.by = question::Field{
        by == "plan" ? question::FieldOf::Customer : question::FieldOf::Encounter, by};
    return question;
}

/// The same question under each kind of filter, to be held against the one without.
std::vector<std::pair<std::string, question::ConditionPtr>> filters() {
    using namespace question;  // NOLINT: the words of the filter are what this function is about
    const Field channel{FieldOf::Encounter, "channel"};
    const Field touchpoint{FieldOf::Encounter, "touchpoint"};
    TextCondition many{touchpoint, {}, false};
    for (int i = 0; i < 20; ++i) {
        many.values.push_back("touchpoint " + std::to_string(2 * i));
    }
    const auto phone = make_condition(TextCondition{channel, {"channel 1", "channel 5"}, false});
    const auto low =
        make_condition(NumberCondition{{FieldOf::Encounter, "score"}, Comparison::LessOrEqual, 6});
    return {
        {"", nullptr},
        {" where channel != one of 8", make_condition(TextCondition{channel, {"channel 1"}, true})},
        {" where channel in 2 of 8", phone},
        {" where touchpoint in 20 of 40", make_condition(many)},
        {" where plan != gold",
         make_condition(TextCondition{{FieldOf::Customer, "plan"}, {"gold"}, true})},
        {" where score <= 6", low},
        {" where channel in 2 and score <= 6", both(phone, low)},
        {" where touches", make_condition(Touches{{"touchpoint 3"}})},
        {" where lasts > 30d",
         make_condition(Lasts{Comparison::Greater, std::chrono::hours(24 * 30)})}};
}

void add(const std::string& name, auto ask) {
    auto* registered = benchmark::RegisterBenchmark(
        name.c_str(), [ask](benchmark::State& state) { run(state, ask); });
    registered->Unit(benchmark::kMillisecond);
    if (worker_count() > 1) {
        registered->UseRealTime();
    }
}

void add_all() {
    using question::UnitKind;
    const question::Field channel{question::FieldOf::Encounter, "channel"};
    const question::TextCondition phone{channel, {"channel 1", "channel 5"}, false};
    const auto flow = [](const Question& question) {
        return [question](const TimelineEngine& over) { return over.flow(question); };
    };
    add("flow", flow({}));
    Question counts;
    counts.counts_only = true;
    add("flow counts", flow(counts));
    add("flow per thread", flow(per(UnitKind::Thread)));
    add("flow per journey", flow(per(UnitKind::Journey)));
    add("flow where channel in (2 of 8)", flow(with_filter(phone)));
    add("flow where not channel in (2 of 8)",
        flow(with_filter(question::TextCondition{channel, phone.values, true})));
    add("flow where touches", flow(with_filter(question::Touches{{"touchpoint 3"}})));
    add("variants", [](const TimelineEngine& over) { return over.variants({}); });
    add("variants per thread",
        [](const TimelineEngine& over) { return over.variants(per(UnitKind::Thread)); });
    Question steps;
    steps.steps = {{"touchpoint 1"}, {"touchpoint 2"}, {"touchpoint 3"}, {"touchpoint 4"}};
    steps.within = std::chrono::hours(24 * 7);
    add("funnel of 4 steps", [steps](const TimelineEngine& over) { return over.funnel(steps); });
    for (const char* by : {"touchpoint", "channel", "plan"}) {
        const auto question = of_metric("nps", by);
        add(std::string("nps by ") + by,
            [question](const TimelineEngine& over) { return over.breakdown(question); });
    }
    for (const auto& [words, condition] : filters()) {
        auto filtered = of_metric("nps", "touchpoint");
        filtered.where = condition;
        add("filtered nps by touchpoint" + words,
            [filtered](const TimelineEngine& over) { return over.breakdown(filtered); });
    }
    add("nps by week",
        [](const TimelineEngine& over) { return over.trend(of_metric("nps", "channel")); });
    add("contact rate by channel", [](const TimelineEngine& over) {
        return over.breakdown(of_metric("contact rate", "channel"));
    });
    add("promises", [](const TimelineEngine& over) { return over.promises({}); });
    add("switches", [](const TimelineEngine& over) { return over.switches({}); });
    add("episodes, first page",
        [](const TimelineEngine& over) { return over.episodes(per(UnitKind::Journey)); });
    add("values of channel",
        [channel](const TimelineEngine& over) { return over.values(channel, {}, 10); });
    Question one;
    one.customer =
        std::getenv("TIMELINE_BENCH_BUILD") != nullptr ? "customer 77" : "customer 00000077";
    add("timeline of one customer",
        [one](const TimelineEngine& over) { return over.timeline(one); });
}

}  // namespace
}  // namespace kokemus::timeline

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (const char* workers = std::getenv("TIMELINE_BENCH_WORKERS")) {
        kokemus::set_worker_count(static_cast<std::size_t>(std::atoi(workers)));
    }
    kokemus::timeline::add_all();
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
