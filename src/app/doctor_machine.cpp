#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <sys/timex.h>

#include "app/doctor.h"
#include "base/file.h"
#include "base/limits.h"

namespace kokemus::app {

namespace {

using Grade = Symptom::Grade;

constexpr double gibibyte = 1024.0 * 1024 * 1024;
constexpr double room_fault = 0.25 * gibibyte;
constexpr double room_attention = 2 * gibibyte;
constexpr double memory_attention = 0.5 * gibibyte;
constexpr double sync_seconds_attention = 0.1;

Symptom examine_room(const std::filesystem::path& data) {
    struct statvfs found {};
    if (::statvfs(data.c_str(), &found) != 0) {
        return {Grade::Fault,
                "disk",
                fmt::format("{} cannot be looked at", data.string()),
                "make the folder, or name another with --data"};
    }
    const double free = static_cast<double>(found.f_bavail) * static_cast<double>(found.f_frsize);
    const std::string words = fmt::format("{:.1f} GiB are free", free / gibibyte);
    if (free < room_attention) {
        return {free < room_fault ? Grade::Fault : Grade::Attention,
                "disk",
                words,
                "make room: a full disk stops taking encounters in (nothing is lost)"};
    }
    return {Grade::Well, "disk", words};
}

/// What is acknowledged has been synced, so a slow sync is a slow answer.
Symptom examine_sync(const std::filesystem::path& data) {
    const std::filesystem::path file = data / fmt::format("doctor.{}", ::getpid());
    const auto start = std::chrono::steady_clock::now();
    const Status written = write_file(file, "x");
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    if (!written) {
        return {Grade::Fault,
                "sync",
                written.error().message,
                "the data folder must be writable for whoever runs the server"};
    }
    const std::string words =
        fmt::format("a small file is on disk after {:.1f} ms", 1000 * took.count());
    if (took.count() > sync_seconds_attention) {
        return {Grade::Attention,
                "sync",
                words,
                "every batch waits for this; use a faster disk, or none over a network"};
    }
    return {Grade::Well, "sync", words};
}

Symptom examine_clock() {
    timex state{};
    const int outcome = ::adjtimex(&state);
    const bool is_kept = outcome >= 0 && outcome != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
    if (!is_kept) {
        return {Grade::Attention,
                "clock",
                "nothing keeps the clock right, as far as the system knows",
                "run chrony or systemd-timesyncd here (in a container: on its host); codes of "
                "authenticators and promises' due times hang on it"};
    }
    return {Grade::Well, "clock", "it is kept right"};
}

Symptom examine_files() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const auto wanted = limits::connections_max + limits::files_kept_min + limits::turned_away_max;
    if (limit.rlim_max < wanted) {
        return {Grade::Attention,
                "open files",
                fmt::format("the system lets this program open {} at once", limit.rlim_max),
                fmt::format("for {} connections allow {} (LimitNOFILE, ulimit -n)",
                            limits::connections_max,
                            wanted)};
    }
    return {Grade::Well, "open files", fmt::format("{} at once", limit.rlim_max)};
}

Symptom examine_memory() {
    std::ifstream file("/proc/meminfo");
    double available = -1;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name;
        double kibibytes = 0;
        if (words >> name >> kibibytes && name == "MemAvailable:") {
            available = kibibytes * 1024;
        }
    }
    if (available < 0) {
        return {Grade::Attention, "memory", "how much there is cannot be read", "look at /proc"};
    }
    const std::string words = fmt::format("{:.1f} GiB are free", available / gibibyte);
    if (available < memory_attention) {
        return {Grade::Attention,
                "memory",
                words,
                "the timeline takes about 32 bytes an encounter, beside 150 MB"};
    }
    return {Grade::Well, "memory", words};
}

}  // namespace

Symptoms examine_machine(const std::filesystem::path& data) {
    Symptoms symptoms{examine_room(data)};
    if (symptoms.front().grade != Grade::Fault) {
        symptoms.push_back(examine_sync(data));
    }
    symptoms.push_back(examine_clock());
    symptoms.push_back(examine_files());
    symptoms.push_back(examine_memory());
    return symptoms;
}

}  // namespace kokemus::app
