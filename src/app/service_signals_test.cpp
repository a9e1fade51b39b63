#include "app/service_signals.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include <gtest/gtest.h>

namespace kokemus::app {
namespace {

/// `serve | tee log`, and tee goes.
TEST(ServiceSignals, WhoeverReadsNoLongerEndsNothing) {
    EXPECT_EXIT(
        {
            block_signals();
            int ends[2] = {};
            const bool is_open = ::pipe(ends) == 0 && ::close(ends[0]) == 0;
            const bool is_told = ::write(ends[1], "x", 1) == -1 && errno == EPIPE;
            std::exit(is_open && is_told ? 0 : 1);
        },
        testing::ExitedWithCode(0),
        "");
}

}  // namespace
}  // namespace kokemus::app
