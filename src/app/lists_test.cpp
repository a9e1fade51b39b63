#include <set>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

/// Every list of a real server that comes in parts, all in one manner.
class Lists : public Rights {
protected:
    json::value get(const std::string& target) {
        const Heard heard = ask("admin", "GET " + target);
        EXPECT_EQ(heard.status, 200) << target << ": " << heard.body;
        return json::parse(heard.body);
    }

    /// All entries, read in parts of so many; `between` happens after each.
    std::vector<std::string> read(
        const std::string& path, const char* name, std::size_t limit,
        const std::function<void()>& between = [] {}) {
        std::vector<std::string> rows;
        std::string after;
        do {
            const json::value part =
                get(fmt::format("{}{}limit={}&after={}",
                                path,
                                path.find('?') == std::string::npos ? "?" : "&",
                                limit,
                                after));
            const json::array& list = part.at(name).as_array();
            EXPECT_LE(list.size(), limit);
            for (const json::value& row : list) {
                rows.push_back(json::serialize(row));
            }
            const json::value& next = part.at("next");
            EXPECT_TRUE(next.is_null() || list.size() == limit);
            after = next.is_null() ? "" : std::string(next.as_string());
            between();
        } while (!after.empty() && rows.size() < 1000);
        return rows;
    }

    void expect_in_parts(const std::string& path, const char* name, std::size_t at_least) {
        const auto whole = read(path, name, 200);
        EXPECT_GE(whole.size(), at_least) << path;
        for (const std::size_t limit : {1U, 2U}) {
            EXPECT_EQ(read(path, name, limit), whole) << path;
        }
        for (const char* wrong : {"limit=0", "limit=501", "after=x", "after=6c697374"}) {
            const Heard heard = ask(
                "admin",
                fmt::format("GET {}{}{}", path, path.find('?') == path.npos ? "?" : "&", wrong));
            EXPECT_EQ(heard.status, 400) << path << " " << wrong << heard.body;
        }
    }
};

TEST_F(Lists, come_in_parts_that_make_up_the_whole) {
    for (int i = 0; i < 3; ++i) {
        ask("admin", "POST /api/encounters", fmt::format(R"({{"customer":"c{}"}})", i));
        ask("admin",
            "POST /api/targets",
            fmt::format(R"({{"name":"t{}","url":"https://example.com/","events":["*"]}})", i));
        ask("admin", "POST /api/erasures", fmt::format(R"({{"customers":["nobody{}"]}})", i));
        ask("admin",
            "POST /api/blueprint",
            json::serialize(json::object{{"toml", fmt::format("name = \"Shop {}\"", i)},
                                         {"reason", "why"},
                                         {"expected", i + 1}}));
    }
    expect_in_parts("/api/users", "users", 7);
    expect_in_parts("/api/keys", "keys", 1);
    expect_in_parts("/api/refused", "items", 3);
    expect_in_parts("/api/targets", "targets", 3);
    expect_in_parts("/api/erasures", "erasures", 3);
    expect_in_parts("/api/blueprint/versions", "versions", 1);
    expect_in_parts("/api/mails", "mails", 0);
    const json::value target = get("/api/targets").at("targets").at(0).at("id");
    expect_in_parts(fmt::format("/api/targets/{}/deliveries", std::string_view(target.as_string())),
                    "deliveries",
                    0);
}

TEST_F(Lists, what_is_done_meanwhile_makes_nothing_of_the_audit_log_appear_twice) {
    const auto before = read("/api/audit?action=user.", "entries", 200);
    ASSERT_GE(before.size(), 5U);
    int number = 0;
    const auto during = read("/api/audit?action=user.", "entries", 2, [&] {
        ask("admin",
            "POST /api/users",
            fmt::format(R"({{"email":"n{}@x.fi","name":"New","role":"viewer"}})", ++number));
    });
    EXPECT_EQ(during, before);
    EXPECT_GT(read("/api/audit?action=user.", "entries", 200).size(), before.size());
}

TEST_F(Lists, a_cursor_leads_through_its_own_list_alone) {
    const json::value users = get("/api/users?limit=1");
    const std::string next(users.at("next").as_string());
    EXPECT_EQ(ask("admin", "GET /api/users?after=" + next).status, 200);
    const Heard heard = ask("admin", "GET /api/keys?after=" + next);
    EXPECT_EQ(heard.status, 400);
    EXPECT_THAT(heard.body, HasSubstr("begin anew"));
}

}  // namespace
}  // namespace kokemus::app
