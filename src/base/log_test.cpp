#include "base/log.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/log_fields.h"
#include "base/log_form.h"

namespace kokemus {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

TEST(Log, WritesTimeLevelAndTextToStandardError) {
    ::testing::internal::CaptureStderr();
    log_info("read {} rows", 3);
    EXPECT_THAT(
        ::testing::internal::GetCapturedStderr(),
        MatchesRegex("[0-9]+-[0-9]+-[0-9]+T[0-9]+:[0-9]+:[0-9]+\\.[0-9]+Z info +read 3 rows\n"));
}

TEST(Log, LeavesOutWhatIsBelowTheLevel) {
    ::testing::internal::CaptureStderr();
    log_debug("small");
    set_log_level(LogLevel::Error);
    log_warning("middle");
    log_error("large");
    set_log_level(LogLevel::Info);
    const std::string written = ::testing::internal::GetCapturedStderr();
    EXPECT_THAT(written, Not(HasSubstr("small")));
    EXPECT_THAT(written, Not(HasSubstr("middle")));
    EXPECT_THAT(written, HasSubstr("large"));
}

TEST(Log, DoesNotLetATextForgeALineOrAColour) {
    ::testing::internal::CaptureStderr();
    log_line(LogLevel::Info, "name\n2026-01-01T00:00:00Z error\x1b[31m {}");
    const std::string written = ::testing::internal::GetCapturedStderr();
    EXPECT_THAT(written, HasSubstr("name\\n2026"));
    EXPECT_THAT(written, HasSubstr("\\x1b[31m {}"));
    EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 1);
}

TEST(Log, AsJsonIsOneObjectALine) {
    ::testing::internal::CaptureStderr();
    set_log_form(LogForm::Json);
    log_line(LogLevel::Warning, "a \"quote\", a \\ and\na line \x1b[31m h\xc3\xa4\xc3\xa4");
    log_line(LogLevel::Info, "broken \xff");
    set_log_form(LogForm::Text);
    EXPECT_THAT(::testing::internal::GetCapturedStderr(),
                MatchesRegex(
                    "\\{\"time\":\"[-0-9T:.]+Z\",\"level\":\"warning\",\"text\":\"a "
                    "\\\\\"quote\\\\\", a \\\\\\\\ and\\\\u000aa line \\\\u001b\\[31m "
                    "h\xc3\xa4\xc3\xa4\"\\}\n"
                    "\\{\"time\":\"[-0-9T:.]+Z\",\"level\":\"info\",\"text\":\"broken \\?\"\\}\n"));
}

TEST(Log, HasFieldsAndTheRequestThatAThreadWorksOn) {
    const auto write = [] {
        const LogField fields[] = {
            {"route", "/a/{id}\n"}, {"status", std::uint64_t{200}}, {"seconds", 0.25}};
        log_fields(LogLevel::Info, "answered", fields);
    };
    ::testing::internal::CaptureStderr();
    {
        const LogOfRequest outer("outer");
        {
            const LogOfRequest inner("inner");
            write();
        }
        set_log_form(LogForm::Json);
        write();
    }
    write();
    set_log_form(LogForm::Text);
    const std::string written = ::testing::internal::GetCapturedStderr();
    EXPECT_THAT(written,
                HasSubstr("answered route=/a/{id}\\n status=200 seconds=0.25 request=inner\n"));
    EXPECT_THAT(written,
                HasSubstr(R"("text":"answered","route":"/a/{id}\u000a","status":200,)"
                          R"("seconds":0.25,"request":"outer"})"));
    EXPECT_THAT(written, HasSubstr("\"seconds\":0.25}\n"));
}

TEST(Log, LevelsHaveNames) {
    EXPECT_EQ(read_log_level("warning").value(), LogLevel::Warning);
    EXPECT_EQ(read_log_level("debug").value(), LogLevel::Debug);
    EXPECT_FALSE(read_log_level("loud"));
}

}  // namespace
}  // namespace kokemus
