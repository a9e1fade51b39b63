#include "app/wrong_use.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/command.h"

namespace kokemus::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// What the program says of these words on standard error; it must end with exit code 2.
std::string said_of(std::vector<std::string> words) {
    words.insert(words.begin(), "kokemus");
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    testing::internal::CaptureStderr();
    EXPECT_EQ(run(static_cast<int>(arguments.size()), arguments.data()), 2);
    return testing::internal::GetCapturedStderr();
}

TEST(WrongUse, NoCommandListsThemAll) {
    EXPECT_EQ(said_of({}),
              "kokemus: a command is missing: import, ask, check, serve, config, demo, "
              "export, info, doctor, diff, apply, blueprint, refused, joins, improve, watch, "
              "backup, restore, verify, erase, erasures, copy, retention; kokemus --help shows how\n");
}

TEST(WrongUse, AnUnknownCommandIsNamedWithTheNearest) {
    EXPECT_EQ(said_of({"improt", "a.csv"}),
              "kokemus: there is no command \"improt\"; did you mean \"import\"? "
              "kokemus --help shows how\n");
    EXPECT_THAT(said_of({"--quiet", "bogus"}),
                AllOf(HasSubstr("no command \"bogus\""), HasSubstr("import, ask, check")));
}

TEST(WrongUse, WhatStandsOpenIsForThisComputerAlone) {
    for (const char* address : {"0.0.0.0", "192.0.2.1", "::", "::2"}) {
        EXPECT_THAT(said_of({"--data", "/nonexistent", "serve", "--open", "--address", address}),
                    AllOf(HasSubstr("--open"), HasSubstr("127.0.0.1"), HasSubstr(address)));
    }
}

TEST(WrongUse, AnUnknownOptionIsNamedWithTheNearest) {
    EXPECT_THAT(said_of({"ask", "flow", "--jsn"}),
                AllOf(HasSubstr("kokemus ask has no option \"--jsn\""), HasSubstr("\"--json\"")));
    EXPECT_THAT(said_of({"info", "--dta=x"}),
                AllOf(HasSubstr("kokemus info has no option \"--dta\""), HasSubstr("\"--data\"")));
    EXPECT_THAT(said_of({"--zzzzzzzz"}), HasSubstr("kokemus has no option \"--zzzzzzzz\""));
}

TEST(WrongUse, AWordTooMuchIsNamed) {
    EXPECT_THAT(said_of({"info", "everything"}),
                HasSubstr("kokemus info takes no \"everything\" here"));
}

TEST(WrongUse, WhatIsMissingOrWrongInAnOptionKeepsItsWords) {
    EXPECT_THAT(said_of({"export"}), HasSubstr("file"));
    EXPECT_THAT(said_of({"serve", "--port", "70000"}), HasSubstr("65535"));
}

}  // namespace
}  // namespace kokemus::app
