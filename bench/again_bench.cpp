// again_bench: what a question costs that is asked again after news: the first time, when nothing
// is kept of its parts, and after each of some batches. Every answer after the last batch is
// compared with one that keeps nothing; ends with 1 when one differs.
#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "amount.h"
#include "asked.h"
#include "base/random.h"
#include "ledger/ledger.h"
#include "report.h"
#include "sample_timeline.h"
#include "stopwatch.h"
#include "timeline/live_timeline.h"
#include "timeline/timeline_build.h"

namespace kokemus::bench {
namespace {

using timeline::LiveTimeline;
using timeline::PartBuilder;
using timeline::Timeline;
using timeline::TimelineEngine;

struct Options {
    std::string encounters = "10M";
    std::filesystem::path data, json;
    std::uint64_t batch = 1000;
    int batches = 7;
    int repeats = 3;
    std::string only;
};

/// News of customers drawn from all there are, one in ten of them new, a second after each other.
class News {
public:
    explicit News(const Timeline& timeline) : number_(timeline.rows() + 1'000'000'000) {}

    Status take(LiveTimeline& live, std::uint64_t count) {
        const auto present = live.present();
        std::int64_t time = present->latest_time;
        const auto taken = live.take([&](PartBuilder& builder) -> Status {
            for (std::uint64_t i = 0; i < count; ++i) {
                time += 1000;
                TRY(builder.add(draw(*present, time)));
            }
            return {};
        });
        return taken ? Status() : Status(taken.error());
    }

private:
    ledger::Entry draw(const Timeline& timeline, std::int64_t time) {
        const auto& part = timeline.parts[random_.below(timeline.parts.size())];
        const std::size_t customers = part.customer_count() - 1;
        const auto code = static_cast<timeline::Code>(customers > 0 ? random_.below(customers) : 0);
        const bool is_new = customers == 0 || random_.chance(0.1);
        ledger::Entry entry;
        entry.number = ++number_;
        auto& encounter = entry.encounter;
        encounter.id = encounter::EncounterId(std::to_string(number_));
        encounter.customer = encounter::CustomerName(is_new ? "new " + std::to_string(number_)
                                                            : part.customers.string(code + 1));
        encounter.time = timeline::to_instant(time);
        encounter.touchpoint = timeline.touchpoints.string(
            static_cast<timeline::Code>(1 + random_.below(timeline.touchpoints.size() - 1)));
        if (random_.chance(0.1)) {
            encounter.score = static_cast<double>(random_.below(11));
            encounter.scale = "nps";
        }
        return entry;
    }

    std::uint64_t number_;
    Random random_{1};
};

/// The same timeline, with nothing kept.
TimelineEngine plain(const Timeline& timeline) {
    auto copy = std::make_shared<Timeline>(timeline);
    copy->tallies = nullptr;
    return TimelineEngine(copy);
}

std::vector<Asked> questions_wanted(const std::string& only) {
    auto questions = questions_asked();
    std::erase_if(questions,
                  [&](const Asked& asked) { return asked.name.find(only) == std::string::npos; });
    return questions;
}

Measured row_of(const char* when, const Asked& asked, std::size_t encounters, const Timed& timed) {
    Measured row;
    row.name = fmt::format("{}: {}", when, asked.name);
    row.filter = asked.filter;
    row.encounters = encounters;
    row.wall_seconds = timed.wall_seconds;
    row.work_seconds = timed.work_seconds;
    row.lines = timed.lines;
    return row;
}

/// The one in the middle by the wall's clock.
Timed median(std::vector<Timed> tries) {
    const auto middle = tries.begin() + static_cast<std::ptrdiff_t>(tries.size() / 2);
    std::ranges::nth_element(tries, middle, {}, &Timed::wall_seconds);
    return *middle;
}

Result<std::shared_ptr<const Timeline>> make_timeline(const Options& options) {
    if (options.data.empty()) {
        const auto encounters = TRY(parse_amount(options.encounters));
        return TRY(make_sample_timeline(encounters)).timeline;
    }
    const auto ledger = TRY(ledger::Ledger::open(options.data));
    return TRY(timeline::build_timeline(*ledger, sample_blueprint())).timeline;
}

class Asking {
public:
    Asking(std::shared_ptr<const Timeline> start, const Options& options)
        : options_(options),
          questions_(questions_wanted(options.only)),
          news_(*start),
          live_(start, timeline::reads_nothing()) {
        report_.program = "again_bench";
        report_.facts = {{"encounters", static_cast<double>(start->rows())},
                         {"encounters of a batch", static_cast<double>(options.batch)}};
    }

    Result<Report> run() {
        std::vector<std::vector<Timed>> again(questions_.size());
        TRY(ask_first());
        std::vector<double> taking;
        for (int batch = 0; batch < options_.batches; ++batch) {
            const Stopwatch watch;
            TRY(news_.take(live_, options_.batch));
            taking.push_back(watch.wall_seconds());
            while (TRY(live_.merge_some())) {
            }
            const TimelineEngine engine(live_.present());
            for (std::size_t i = 0; i < questions_.size(); ++i) {
                again[i].push_back(TRY(ask_timeline(engine, questions_[i], 1)));
            }
        }
        report_.facts.emplace_back("batch taken, seconds", *std::ranges::min_element(taking));
        report_.facts.emplace_back("parts", static_cast<double>(live_.present()->parts.size()));
        report_.facts.emplace_back("tallies kept, MiB", kept_mebibytes());
        for (std::size_t i = 0; i < questions_.size(); ++i) {
            TRY(compare(questions_[i], again[i].back()));
            report_.rows.push_back(
                row_of("again", questions_[i], live_.present()->rows(), median(again[i])));
        }
        return std::move(report_);
    }

private:
    /// Once without keeping, several tries; once more, keeping.
    Status ask_first() {
        const auto present = live_.present();
        const TimelineEngine keeping(present);
        for (const Asked& asked : questions_) {
            fmt::print(stderr, "{} where {}\n", asked.name, asked.filter);
            const auto timed = TRY(ask_timeline(plain(*present), asked, options_.repeats));
            report_.rows.push_back(row_of("first", asked, present->rows(), timed));
            const double before = kept_mebibytes();
            const auto kept = TRY(ask_timeline(keeping, asked, 1));
            report_.rows.push_back(row_of("first, keeping", asked, present->rows(), kept));
            report_.rows.back().kept_bytes = (kept_mebibytes() - before) * (1U << 20U);
        }
        return {};
    }

    Status compare(const Asked& asked, const Timed& kept) const {
        const auto timed = TRY(ask_timeline(plain(*live_.present()), asked, 1));
        const std::string difference = sql::difference(kept.lines, timed.lines);
        if (!difference.empty()) {
            return internal_error(
                fmt::format("{} where {}: {}", asked.name, asked.filter, difference));
        }
        return {};
    }

    double kept_mebibytes() const {
        return static_cast<double>(live_.present()->tallies->use().bytes) / (1U << 20U);
    }

    const Options& options_;
    const std::vector<Asked> questions_;
    Report report_;
    News news_;
    LiveTimeline live_;
};

Status run(const Options& options) {
    const auto timeline = TRY(make_timeline(options));
    const auto report = TRY(Asking(timeline, options).run());
    print(report);
    return write_json(report, options.json);
}

}  // namespace
}  // namespace kokemus::bench

int main(int count, char** words) {
    kokemus::bench::Options options;
    CLI::App app("What questions cost that are asked again after news.");
    app.add_option("--encounters", options.encounters, "how many there are: 1M, 10M, 100M");
    app.add_option("--data",
                   options.data,
                   "instead: those of a data folder of the sample organisation (kokemus demo)");
    app.add_option("--batch", options.batch, "encounters of each batch of news");
    app.add_option("--batches", options.batches, "of news; the median of all answers counts");
    app.add_option("--repeats", options.repeats, "tries of each first question; the best counts");
    app.add_option("--only", options.only, "only questions whose name holds this");
    app.add_option("--json", options.json, "write the table into this file");
    CLI11_PARSE(app, count, words);
    const auto done = kokemus::bench::run(options);
    if (!done) {
        fmt::print(stderr, "{}\n", done.error().message);
        return 1;
    }
    return 0;
}
