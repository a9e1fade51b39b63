#include "stopwatch.h"

#include <sys/resource.h>
#include <sys/time.h>

#include <chrono>
#include <fstream>
#include <string>

namespace kokemus::bench {
namespace {

double wall_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double work_now() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// A line "VmRSS:  1234 kB" of what the kernel says of this program, in bytes; 0 when it is silent.
std::uint64_t status_bytes(const std::string& name) {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        std::uint64_t kibibytes = 0;
        if (word == name + ":" && status >> kibibytes) {
            return kibibytes * 1024;
        }
    }
    return 0;
}

}  // namespace

Stopwatch::Stopwatch() : wall_begun_(wall_now()), work_begun_(work_now()) {}

double Stopwatch::wall_seconds() const {
    return wall_now() - wall_begun_;
}

double Stopwatch::work_seconds() const {
    return work_now() - work_begun_;
}

std::uint64_t resident_bytes() {
    return status_bytes("VmRSS");
}

std::uint64_t resident_bytes_peak() {
    return status_bytes("VmHWM");
}

}  // namespace kokemus::bench
