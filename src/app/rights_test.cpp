#include <map>
#include <set>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"
#include "base/file.h"
#include "base/project_file.h"
#include "base/text.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;

std::vector<std::string> cells(std::string_view row) {
    std::vector<std::string> list;
    row.remove_prefix(1);
    while (!row.empty()) {
        const std::size_t end = row.find('|');
        list.emplace_back(trim(row.substr(0, end)));
        row = end == std::string_view::npos ? std::string_view{} : row.substr(end + 1);
    }
    return list;
}

/// The table of docs/security.md: of each route its cells by the heads of their columns.
std::map<std::string, std::map<std::string, std::string>> written_table() {
    const std::string page = read_file(project_file("docs/security.md"), 1024 * 1024).value();
    std::map<std::string, std::map<std::string, std::string>> table;
    std::vector<std::string> heads;
    for (std::size_t at = page.find("| route |"); at < page.size() && page[at] == '|';) {
        const std::size_t end = page.find('\n', at);
        const auto row = cells(std::string_view(page).substr(at, end - at));
        if (heads.empty()) {
            heads = row;
        } else if (row.front().starts_with('`')) {
            const std::string route = row.front().substr(1, row.front().size() - 2);
            for (std::size_t i = 0; i < heads.size(); ++i) {
                table[route][heads[i]] = row.at(i);
            }
        }
        at = end + 1;
    }
    return table;
}

std::string right_of(const http::Router::Listed& route) {
    const auto access = account::Access::from_mark(static_cast<std::uint32_t>(route.access));
    if (access->is_by_sender()) {
        return "by-sender";
    }
    return access->right() ? std::string(account::right_name(*access->right())) : "anyone";
}

/// The route with something in the place of its {names}.
std::string addressed(std::string route) {
    for (std::size_t at = route.find('{'); at != std::string::npos; at = route.find('{')) {
        route.replace(at, route.find('}') - at + 1, "nothing-of-ours");
    }
    return route;
}

/// What the door said, whatever came after it.
std::string told(const Heard& heard) {
    return heard.status == 401 && heard.body.find("sign_in_needed") != std::string::npos ? "401"
           : heard.status == 403                                                         ? "403"
           : heard.status == 0 || heard.status == 500                                    ? "broken"
                                                                                         : "yes";
}

/// The code of a problem, when there is one and docs/openapi.yaml does not name it.
std::string undescribed_code(const Heard& heard) {
    static const std::string page =
        read_file(project_file("docs/openapi.yaml"), 1024 * 1024).value();
    const std::size_t begins = page.find("enum: [invalid_input,");
    const std::string known = page.substr(begins, page.find(']', begins) - begins);
    json::error_code fault;
    const json::value problem = json::parse(heard.body, fault);
    if (fault || !problem.is_object() || !problem.as_object().contains("title")) {
        return {};
    }
    const std::string code(problem.at("code").as_string());
    return known.find(code) == std::string::npos ? code : std::string();
}

bool ends_the_session(const std::string& route) {
    return route == "DELETE /api/session";
}

TEST_F(Rights, EveryRouteStandsInTheWrittenTableWithItsRight) {
    std::map<std::string, std::string> found;
    std::map<std::string, std::string> written;
    for (const auto& route : routes_) {
        EXPECT_TRUE(found.emplace(route.name, right_of(route)).second) << route.name << " twice";
    }
    for (const auto& [route, row] : written_table()) {
        written[route] = row.at("right");
    }
    EXPECT_EQ(found, written);
}

TEST_F(Rights, EveryRouteIsDescribed) {
    const std::string page = read_file(project_file("docs/openapi.yaml"), 1024 * 1024).value();
    for (const auto& route : routes_) {
        const std::size_t blank = route.name.find(' ');
        const std::size_t at = page.find("\n  " + route.name.substr(blank + 1) + ":\n");
        ASSERT_NE(at, std::string::npos) << route.name;
        const std::string there = page.substr(at, page.find("\n\n", at) - at);
        EXPECT_NE(there.find("\n    " + lower(route.name.substr(0, blank)) + ":\n"),
                  std::string::npos)
            << route.name;
    }
}

TEST_F(Rights, EveryRouteAnswersEveryRoleAsTheWrittenTableSays) {
    const auto table = written_table();
    ASSERT_GT(table.size(), 25U);
    for (const auto& [who, proof] : proof_) {
        for (const bool last : {false, true}) {
            for (const auto& [route, row] : table) {
                if (ends_the_session(route) == last) {
                    const Heard heard = ask(who, addressed(route), "{}");
                    EXPECT_EQ(undescribed_code(heard), "") << route << ": " << heard.body;
                    EXPECT_EQ(told(heard), row.at(who))
                        << who << ": " << route << ": " << heard.status << " " << heard.body;
                }
            }
        }
    }
}

TEST_F(Rights, AKeyOpensWhatItsScopeNamesAndNothingElse) {
    const account::User& owner = admin_.user;
    // What shows who customers are needs the right to that too.
    const std::set<std::string> shows_names{"GET /api/joins",
                                            "GET /api/joins/suggestions",
                                            "POST /api/joins",
                                            "DELETE /api/joins/{number}",
                                            "POST /api/improvements",
                                            "POST /api/improvements/power",
                                            "GET /api/customers/{id}/copy",
                                            "POST /api/customers/{id}/consents"};
    const account::Rights of_person{
        Right::UseOwnAccount, Right::ManageUsers, Right::ManageKeys, Right::MakeBackups};
    for (std::size_t i = 0; i < account::right_count; ++i) {
        const auto right = static_cast<Right>(i);
        if (of_person.has(right)) {
            continue;
        }
        const Proof proof = with_key(key(owner.id, {right}));
        for (const auto& route : routes_) {
            const std::string needed = right_of(route);
            const bool opens =
                needed == "anyone" || needed == "by-sender" ||
                (needed == account::right_name(right) && !shows_names.contains(route.name));
            const Heard heard = asked(server_->port(), addressed(route.name), proof, "{}");
            EXPECT_EQ(told(heard), opens ? "yes" : "403")
                << account::right_name(right) << ": " << route.name << ": " << heard.body;
        }
    }
    const Proof both = with_key(key(owner.id,
                                    {Right::JoinCustomers,
                                     Right::EraseCustomers,
                                     Right::EditBlueprint,
                                     Right::SeePersonalData}));
    for (const std::string& route : shows_names) {
        EXPECT_EQ(told(asked(server_->port(), addressed(route), both, "{}")), "yes") << route;
    }
    for (const std::string wrong : {"kk_x_y", "kk_", "x"}) {
        for (const auto& route : routes_) {
            const Heard heard =
                asked(server_->port(), addressed(route.name), with_key(wrong), "{}");
            EXPECT_EQ(told(heard),
                      right_of(route) == "anyone" || right_of(route) == "by-sender" ? "yes"
                      : right_of(route) == "make-backups"                           ? "403"
                                                                                    : "401")
                << route.name;
        }
    }
}

TEST_F(Rights, WhatASignedOutSessionOrADisabledUserBringsIsNothingAtOnce) {
    EXPECT_EQ(ask("viewer", "GET /api/blueprint").status, 200);
    EXPECT_EQ(ask("viewer", "DELETE /api/session").status, 200);
    EXPECT_EQ(ask("viewer", "GET /api/blueprint").status, 401);
    EXPECT_EQ(ask("analyst", "GET /api/blueprint").status, 200);
    const json::value listed = json::parse(ask("admin", "GET /api/users").body);
    for (const json::value& user : listed.at("users").as_array()) {
        if (user.at("role") == "analyst") {
            EXPECT_EQ(ask("admin",
                          "PATCH /api/users/" + std::string(user.at("id").as_string()),
                          R"({"disabled":true})")
                          .status,
                      200);
        }
    }
    EXPECT_EQ(ask("analyst", "GET /api/blueprint").status, 401);
}

}  // namespace
}  // namespace kokemus::app
