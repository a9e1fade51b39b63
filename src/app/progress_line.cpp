#include "app/progress_line.h"

#include <unistd.h>

#include <cstdio>

#include <fmt/format.h>

namespace kokemus::app {

ProgressLine::ProgressLine(bool wanted) : shown_(wanted && ::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
    if (written_) {
        fmt::print(stderr, "\r\033[K");
    }
}

void ProgressLine::show(std::string_view text) {
    if (shown_) {
        fmt::print(stderr, "\r\033[K{}", text);
        std::fflush(stderr);
        written_ = true;
    }
}

}  // namespace kokemus::app
