// sample_bench [CUSTOMERS] [FOLDER]: how fast the sample is made, and made and appended together,
// by the clock and in processor time, which other programs on the machine do not lengthen.
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "ledger/ledger.h"
#include "sample/load.h"

namespace {

using kokemus::sample::Generator;
using SteadyClock = std::chrono::steady_clock;

double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Watch {
    SteadyClock::time_point start = SteadyClock::now();
    double cpu = cpu_seconds();

    void report(const char* what, std::size_t encounters) const {
        const double seconds = std::chrono::duration<double>(SteadyClock::now() - start).count();
        const auto count = static_cast<double>(encounters);
        fmt::print("{}: {} encounters in {:.2f} s, {:.2f} M/s, {:.2f} us of processor time each\n",
                   what,
                   encounters,
                   seconds,
                   count / seconds / 1e6,
                   (cpu_seconds() - cpu) / count * 1e6);
    }
};

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
        const Watch watch;
        while (generator.next(batch)) {
            made += batch.size();
        }
        watch.report("made", made);
    }
    std::filesystem::remove_all(folder);
    auto ledger = kokemus::ledger::Ledger::open(folder);
    if (!ledger) {
        fmt::print("{}\n", ledger.error().message);
        return 1;
    }
    const Watch watch;
    const auto realised = kokemus::sample::load(options, **ledger, folder, [](const auto&) {});
    if (!realised) {
        fmt::print("{}\n", realised.error().message);
        return 1;
    }
    watch.report("made and appended", realised->encounters);
    ledger->reset();
    std::filesystem::remove_all(folder);
    return 0;
}
