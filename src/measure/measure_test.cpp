#include <ctime>

#include <gmock/gmock.h>

#include "measure/exposition.h"
#include "measure/program.h"

namespace kokemus::measure {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

TEST(Durations, CountsEachInTheFirstBucketThatHoldsIt) {
    Durations durations;
    EXPECT_EQ(durations.state().count(), 0U);
    durations.note(-1ns);  // a clock that stood still
    durations.note(1ms);   // the end belongs to the bucket
    durations.note(1ms + 1ns);
    durations.note(1h);
    const auto state = durations.state();
    EXPECT_EQ(state.counts.front(), 2U);
    EXPECT_EQ(state.counts.at(1), 1U);
    EXPECT_EQ(state.counts.back(), 1U);
    EXPECT_EQ(state.count(), 4U);
    EXPECT_NEAR(state.sum_seconds, 3600.002, 1e-6);
}

TEST(Exposition, WritesWhatPrometheusReads) {
    Durations durations;
    durations.note(2ms);
    durations.note(1h);
    Exposition exposition;
    exposition.counter("a_total", "Things.")
        .value(3, {{"kind", "a \"b\"\n\\c"}})
        .gauge("empty", "Left out.")
        .histogram("h_seconds", "Times.")
        .durations(durations.state(), {{"route", "/x"}});
    const std::string text = exposition.text();
    EXPECT_THAT(text, HasSubstr("# HELP a_total Things.\n# TYPE a_total counter\n"));
    EXPECT_THAT(text, HasSubstr("a_total{kind=\"a \\\"b\\\"\\n\\\\c\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("h_seconds_bucket{route=\"/x\",le=\"0.001\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("h_seconds_bucket{route=\"/x\",le=\"0.0025\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("h_seconds_bucket{route=\"/x\",le=\"+Inf\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("h_seconds_count{route=\"/x\"} 2\n"));
    EXPECT_THAT(text, Not(HasSubstr("empty")));
    EXPECT_EQ(text.back(), '\n');
}

TEST(Program, IsWhatTheSystemSaysOfThisTest) {
    const Program program = this_program();
    const double now = static_cast<double>(std::time(nullptr));
    EXPECT_GT(program.started_unix_seconds, now - 3600);
    EXPECT_LE(program.started_unix_seconds, now + 2);
    EXPECT_GT(program.resident_bytes, 100'000U);
    EXPECT_GE(program.open_files, 3U);
    EXPECT_GE(program.open_files_max, program.open_files);
    EXPECT_EQ(program.threads, 1U);
}

}  // namespace
}  // namespace kokemus::measure
