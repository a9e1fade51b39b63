#include "base/test_moment.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include <gtest/gtest.h>

namespace kokemus {
namespace {

TEST(TestMoment, IsStillMarkedWhenTheProgramWasKilledInIt) {
    const auto file =
        std::filesystem::temp_directory_path() / ("kokemus-moments-" + std::to_string(::getpid()));
    TestMoments moments(file);
    EXPECT_FALSE(moments.is_active("sleeping"));
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("KOKEMUS_TEST_MOMENTS", file.c_str(), 1);
        for (int i = 0; i < 3; ++i) {
            const TestMoment past("past");
        }
        const TestMoment outer("sleeping");
        ::raise(SIGKILL);
        ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(moments.is_active("sleeping"));
    EXPECT_EQ(moments.begun("sleeping"), 1);
    EXPECT_FALSE(moments.is_active("past"));
    EXPECT_EQ(moments.begun("past"), 3);
    EXPECT_EQ(moments.begun("never"), 0);
    moments.clear();
    EXPECT_FALSE(moments.is_active("sleeping"));
    std::filesystem::remove(file);
}

}  // namespace
}  // namespace kokemus
