// sample_bench [CUSTOMERS] [FOLDER]: how fast the sample is made, and made and appended together.
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "ledger/ledger.h"
#include "sample/load.h"

namespace {

using kokemus::sample::Generator;
using SteadyClock = std::chrono::steady_clock;

double seconds_since(SteadyClock::time_point start) {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

void report(const char* what, std::size_t encounters, double seconds) {
    fmt::print("{}: {} encounters in {:.2f} s, {:.2f} M/s\n",
               what,
               encounters,
               seconds,
               static_cast<double>(encounters) / seconds / 1e6);
}

}  // namespace

int main(int count, char** words) {
    const std::uint64_t customers = count > 1 ? std::strtoull(words[1], nullptr, 10) : 100'000;
    const std::filesystem::path folder =
        count > 2 ? words[2] : std::filesystem::temp_directory_path() / "sample-bench";
    const auto options = kokemus::sample::options_until(kokemus::SystemClock().now(), customers);
    {
        Generator generator(options);
        std::vector<kokemus::encounter::Encounter> batch;
        std::size_t made = 0;
        const auto start = SteadyClock::now();
        while (generator.next(batch)) {
            made += batch.size();
        }
        report("made", made, seconds_since(start));
    }
    std::filesystem::remove_all(folder);
    auto ledger = kokemus::ledger::Ledger::open(folder);
    if (!ledger) {
        fmt::print("{}\n", ledger.error().message);
        return 1;
    }
    const auto start = SteadyClock::now();
    const auto realised = kokemus::sample::load(options, **ledger, folder, [](const auto&) {});
    if (!realised) {
        fmt::print("{}\n", realised.error().message);
        return 1;
    }
    report("made and appended", realised->encounters, seconds_since(start));
    ledger->reset();
    std::filesystem::remove_all(folder);
    return 0;
}
