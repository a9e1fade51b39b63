#include "sample_timeline.h"

#include <future>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/instant.h"
#include "blueprint/blueprint_read.h"
#include "sample/generator.h"
#include "sample/sample_blueprint.h"
#include "stopwatch.h"
#include "timeline/timeline_build.h"

namespace kokemus::bench {
namespace {

/// What a customer of the sample lives through in its fifteen months, on average.
constexpr double encounters_per_customer = 17.96;

void add_customers(const sample::Options& options, timeline::TimelineBuilder& builder) {
    sample::Generator generator(options);
    std::vector<encounter::Customer> customers;
    while (generator.next_customers(customers)) {
        builder.add_customers(customers);
    }
}

}  // namespace

sample::Options world_of(std::uint64_t encounters) {
    const auto customers = static_cast<double>(encounters) / encounters_per_customer;
    const auto end = std::chrono::sys_days(std::chrono::year(2026) / 7 / 1);
    return sample::options_until(end, static_cast<std::uint64_t>(customers) + 1);
}

std::shared_ptr<const blueprint::Blueprint> sample_blueprint() {
    auto reading = blueprint::read_blueprint(sample::blueprint_toml());
    CHECK(!blueprint::has_errors(reading.faults));
    return std::make_shared<const blueprint::Blueprint>(std::move(reading.blueprint));
}

Result<SampleTimeline> make_sample_timeline(std::uint64_t encounters) {
    const auto options = world_of(encounters);
    timeline::TimelineBuilder builder(
        sample_blueprint(), timeline::reads_nothing(), encounters + encounters / 20);
    const Stopwatch adding;
    add_customers(options, builder);
    sample::Generator generator(options);
    std::vector<encounter::Encounter> batch, next_batch;
    std::vector<ledger::Entry> entries;
    std::uint64_t number = 0;
    bool has_more = generator.next(batch);
    while (has_more) {
        auto making = std::async(std::launch::async, [&] { return generator.next(next_batch); });
        entries.resize(batch.size());
        for (std::size_t i = 0; i < batch.size(); ++i) {
            entries[i].number = ++number;
            std::swap(entries[i].encounter, batch[i]);
        }
        const auto added = builder.add(entries);
        has_more = making.get();
        TRY(added);
        std::swap(batch, next_batch);
    }
    SampleTimeline out;
    out.add_seconds = adding.wall_seconds();
    const Stopwatch finishing;
    out.timeline = TRY(builder.finish());
    out.finish_seconds = finishing.wall_seconds();
    return out;
}

}  // namespace kokemus::bench
