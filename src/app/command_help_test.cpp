#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/command.h"

namespace kokemus::app {
namespace {

using testing::HasSubstr;
using testing::Not;

/// What the program prints on standard output; it must end well.
std::string printed(std::vector<std::string> words) {
    words.insert(words.begin(), "kokemus");
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    testing::internal::CaptureStdout();
    EXPECT_EQ(run(static_cast<int>(arguments.size()), arguments.data()), 0);
    return testing::internal::GetCapturedStdout();
}

/// The commands, as the program lists them.
std::vector<std::string> commands() {
    const std::string help = printed({"--help"});
    const std::size_t list = help.find("\nSubcommands:");
    std::vector<std::string> names;
    for (std::size_t at = help.find("\n  ", list); at < help.find("Examples:", list);
         at = help.find("\n  ", at + 1)) {
        const std::size_t end = help.find_first_of(" \n", at + 3);
        if (end > at + 3) {
            names.push_back(help.substr(at + 3, end - at - 3));
        }
    }
    return names;
}

TEST(CommandHelp, OfEachCommandEndsWithItsOwnExamples) {
    const auto names = commands();
    EXPECT_THAT(names, testing::IsSupersetOf({"ask", "copy", "retention", "info", "serve"}));
    for (const std::string& name : names) {
        const std::string help = printed({name, "--help"});
        const std::size_t examples = help.find("Examples:");
        ASSERT_NE(examples, std::string::npos) << name;
        const std::string shown = help.substr(examples);
        EXPECT_THAT(shown, testing::ContainsRegex("kokemus .*" + name)) << name;
        if (name != "demo") {
            EXPECT_THAT(shown, Not(HasSubstr("kokemus demo  "))) << name << " shows those of all";
        }
    }
}

}  // namespace
}  // namespace kokemus::app
