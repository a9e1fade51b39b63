#include "measure/program.h"

#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace kokemus::measure {

namespace {

/// The fields of /proc/self/stat (man 5 proc) behind the program's name, which may hold blanks; the
/// first is field 3.
std::istringstream fields_behind_name() {
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    const std::size_t end = line.rfind(')');
    return std::istringstream(end == std::string::npos ? std::string() : line.substr(end + 1));
}

double boot_unix_seconds() {
    std::ifstream file("/proc/stat");
    std::string word;
    while (file >> word) {
        if (double seconds = 0; word == "btime" && file >> seconds) {
            return seconds;
        }
    }
    return 0;
}

std::size_t open_files() {
    std::error_code error;
    std::size_t count = 0;
    for (std::filesystem::directory_iterator entry("/proc/self/fd", error), end;
         !error && entry != end;
         entry.increment(error)) {
        ++count;
    }
    return count;
}

}  // namespace

Program this_program() {
    Program program;
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    std::istringstream fields = fields_behind_name();
    std::string field;
    for (int place = 3; fields >> field; ++place) {
        double number = 0;
        std::from_chars(field.data(), field.data() + field.size(), number);
        switch (place) {
            case 14:
            case 15: program.cpu_seconds += number / ticks; break;
            case 20: program.threads = static_cast<std::size_t>(number); break;
            case 22: program.started_unix_seconds = boot_unix_seconds() + number / ticks; break;
            case 24:
                program.resident_bytes = static_cast<std::uint64_t>(number) *
                                         static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
                break;
            default: break;
        }
    }
    program.open_files = open_files();
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        program.open_files_max = limit.rlim_cur;
    }
    return program;
}

}  // namespace kokemus::measure
