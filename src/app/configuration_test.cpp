#include "app/configuration.h"

#include <cstdlib>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/project_file.h"
#include "ledger/ledger_test_folder.h"

namespace kokemus::app {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// A variable of the environment for as long as this lives.
class Variable {
public:
    Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
    ~Variable() { ::unsetenv(name_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* name_;
};

Result<Configuration> read_with_nothing() {
    const ledger::TestFolder area;
    return read_configuration(std::nullopt, area.path());
}

TEST(Configuration, IsAllLeftOutOrAllThere) {
    EXPECT_EQ(parse_configuration("", "k.toml").value(), Configuration());
    const auto all = parse_configuration(R"(
[records]
store = "postgresql://db/k"
seal_key = "/k"
[server]
address = "0.0.0.0"
port = 80
web = "/w"
write_key = "wk"
origins = ["https://a", "https://b"]
certificate = "/c.pem"
certificate_key = "/k.pem"
hsts_days = 0
[log]
level = "debug"
form = "json"
requests = true
)",
                                         "k.toml");
    ASSERT_TRUE(all) << all.error().message;
    Configuration wanted;
    wanted.records = "postgresql://db/k";
    wanted.seal_key = "/k";
    wanted.address = "0.0.0.0";
    wanted.port = 80;
    wanted.web = "/w";
    wanted.write_key = "wk";
    wanted.origins = {"https://a", "https://b"};
    wanted.certificate = "/c.pem";
    wanted.certificate_key = "/k.pem";
    wanted.hsts_days = 0;
    wanted.log_level = "debug";
    wanted.log_form = "json";
    wanted.logs_requests = true;
    EXPECT_EQ(*all, wanted);
    EXPECT_TRUE(parse_configuration("[server]\nbehind_tls = true", "k")->is_behind_tls);
}

TEST(Configuration, SaysWhereWebhooksMayGoAndWhoTakesMails) {
    const auto told = parse_configuration(
        "[server]\nurl = \"https://cx.example\"\n[webhooks]\nnetworks = [\"10.1.0.0/16\"]\n"
        "allow_http = true\n[mail]\nhost = \"mail.example\"\nport = 465\ntls = \"tls\"\n"
        "user = \"cx\"\nsecret = \"smtp\"\nfrom = \"cx@example.com\"\nlanguage = \"fi\"\n",
        "k.toml");
    ASSERT_TRUE(told) << told.error().message;
    EXPECT_EQ(told->url, "https://cx.example");
    EXPECT_EQ(told->webhooks.networks, std::vector<std::string>{"10.1.0.0/16"});
    EXPECT_TRUE(told->webhooks.allows_http);
    EXPECT_EQ(told->mail.host, "mail.example");
    EXPECT_EQ(told->mail.port, 465);
    EXPECT_EQ(told->mail.tls, "tls");
    EXPECT_EQ(told->mail.language, "fi");
    const auto wrong =
        parse_configuration("[mail]\nport = 0\ntls = \"ssl\"\nlanguage = 7\n", "k.toml");
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message,
                AllOf(HasSubstr("line 2: port: write a whole number from 1 to 65535"),
                      HasSubstr("line 3: tls: write one of starttls, tls, none"),
                      HasSubstr("line 4: language: write one of en, fi")));
    EXPECT_THAT(parse_configuration("[webhooks]\nnetworks = [\"10.1\"]", "k").error().message,
                HasSubstr("[webhooks] networks: \"10.1\" is no address"));
}

TEST(Configuration, TellsEveryFaultWithItsLine) {
    const auto wrong = parse_configuration(
        "name = 1\n[records]\nstoer = \"sqlite\"\nstore = 7\n[server]\nbehind_tls = \"yes\"\n"
        "port = 70000\norigins = [1]\n[sevrer]\n",
        "k.toml");
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message,
                AllOf(HasSubstr("k.toml: line 1: there are sections alone: [records], [server], "
                                "[webhooks], [mail], [retention], [privacy], [log]"),
                      HasSubstr("k.toml: line 3: there is no key \"stoer\" in [records]; did you "
                                "mean \"store\"?"),
                      HasSubstr("k.toml: line 4: store: write a text"),
                      HasSubstr("k.toml: line 6: behind_tls: write true or false"),
                      HasSubstr("k.toml: line 7: port: write a whole number from 0 to 65535"),
                      HasSubstr("k.toml: line 8: origins: write a list of texts"),
                      HasSubstr("k.toml: line 9: there is no section [sevrer]")));
    EXPECT_THAT(parse_configuration("[records\n", "k.toml").error().message,
                HasSubstr("k.toml: line 1"));
}

TEST(Configuration, TellsWhatDoesNotGoTogether) {
    const auto fault = [](std::string_view text) {
        return parse_configuration(text, "k").error().message;
    };
    EXPECT_THAT(fault("[server]\ncertificate = \"/c\""), HasSubstr("name both files"));
    EXPECT_THAT(fault("[server]\ncertificate_key = \"/k\""), HasSubstr("name both files"));
    EXPECT_THAT(fault("[log]\nlevel = \"loud\""), HasSubstr("one of debug, info"));
    EXPECT_THAT(fault("[log]\nform = \"xml\""), HasSubstr("one of text, json"));
}

TEST(Configuration, SaysHowLongEachClassIsKept) {
    EXPECT_FALSE(parse_configuration("", "k.toml")->retention.has_rules());
    const auto rules =
        parse_configuration("[retention]\ntexts_days = 730\nrefused_days = 30\n", "k.toml");
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(rules->retention, (RetentionDays{.texts = 730, .refused = 30}));
    const auto wrong = parse_configuration(
        "[retention]\ntexts_days = 0\ntraits_days = \"7\"\nwords_days = 1\n", "k.toml");
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message,
                AllOf(HasSubstr("k.toml: line 2: texts_days: write a whole number"),
                      HasSubstr("k.toml: line 3: traits_days: write a whole number"),
                      HasSubstr("k.toml: line 4: there is no key \"words_days\"")));
}

TEST(Configuration, IsReadFromTheDataFolderUnlessAnotherIsTold) {
    const ledger::TestFolder area;
    EXPECT_EQ(read_configuration(std::nullopt, area.path())->records, "sqlite");
    ASSERT_TRUE(
        write_file(area.path() / "kokemus.toml", "[records]\nstore = \"sqlite:/elsewhere\"\n"));
    EXPECT_EQ(read_configuration(std::nullopt, area.path())->records, "sqlite:/elsewhere");
    ASSERT_TRUE(write_file(area.path() / "other.toml", "[records]\nstore = \"sqlite:/third\"\n"));
    EXPECT_EQ(read_configuration(area.path() / "other.toml", area.path())->records,
              "sqlite:/third");
    EXPECT_FALSE(read_configuration(area.path() / "absent.toml", area.path()));
    const Variable told("KOKEMUS_RECORDS_STORE", "sqlite:/by-variable");
    EXPECT_EQ(read_configuration(std::nullopt, area.path())->records, "sqlite:/by-variable");
}

TEST(Configuration, EveryKeyHasAVariable) {
    for (const ConfigurationKey& key : configuration_keys()) {
        const std::string name = variable_of(key);
        const bool is_flag = std::holds_alternative<ConfigurationKey::Of<bool>>(key.place);
        const bool is_number = key.most > 0;
        const Variable told(name.c_str(), is_flag ? "maybe" : is_number ? "-1" : "\n");
        const auto read = read_with_nothing();
        if (is_flag || is_number) {
            EXPECT_THAT(read.error().message, HasSubstr(name + ": write")) << name;
        } else if (read) {
            EXPECT_FALSE(std::holds_alternative<ConfigurationKey::Of<std::string>>(key.place) &&
                         *read == Configuration())
                << name << " is not looked at";
        }
    }
    const Variable origins("KOKEMUS_SERVER_ORIGINS", "https://a, https://b,");
    const Variable port("KOKEMUS_SERVER_PORT", "443");
    const Variable only("KOKEMUS_SERVER_BEHIND_TLS", "true");
    const auto read = read_with_nothing();
    EXPECT_THAT(read->origins, ElementsAre("https://a", "https://b"));
    EXPECT_EQ(read->port, 443);
    EXPECT_TRUE(read->is_behind_tls);
}

TEST(Configuration, AMisspeltVariableIsAFault) {
    const Variable misspelt("KOKEMUS_SERVER_PRT", "1");
    const Variable elsewhere("KOKEMUS_SERVERS", "1");
    const Variable secret("KOKEMUS_SECRET_SERVER_PRT", "1");
    const auto read = read_with_nothing();
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message,
                HasSubstr("KOKEMUS_SERVER_PRT: there is no such variable; did you mean "
                          "\"KOKEMUS_SERVER_PORT\"?"));
    EXPECT_THAT(read.error().message, Not(HasSubstr("KOKEMUS_SERVERS")));
    EXPECT_THAT(read.error().message, Not(HasSubstr("KOKEMUS_SECRET")));
}

TEST(Configuration, TheDefaultOneSaysWhatAnEmptyOneSays) {
    const auto read = parse_configuration(default_configuration(), "default");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, Configuration());
    std::string examples = default_configuration();
    for (const ConfigurationKey& key : configuration_keys()) {
        if (!key.example.empty()) {
            const std::string line = fmt::format("# {} = {}", key.key, key.example);
            EXPECT_THAT(examples, HasSubstr(line));
            const auto example =
                parse_configuration(fmt::format("[{}]\n{}", key.section, line.substr(2)), "k");
            EXPECT_TRUE(example || example.error().message.find("line") == std::string::npos)
                << line;
        }
    }
}

TEST(Configuration, ThePageShowsItAsItIs) {
    const auto page = read_file(project_file("docs/operations.md"), 1 << 20);
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_THAT(*page, HasSubstr("```toml\n" + default_configuration() + "```"))
        << "put what `kokemus config` prints into docs/operations.md";
}

}  // namespace
}  // namespace kokemus::app
