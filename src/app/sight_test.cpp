#include "app/sight.h"

#include <set>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;

std::string question(std::string text) {
    for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ')) {
        text.replace(at, 1, "%20");
    }
    return "GET /api/ask?q=" + text;
}

TEST_F(Rights, QuestionsAboutSingleCustomersNeedTheRightToSeeThem) {
    // question: who may not ask it
    const std::map<std::string, std::set<std::string>> refused{
        {"flow", {}},
        {"timeline 'anna@x.fi'", {"analyst", "viewer"}},
        {"flow where customer = 'anna@x.fi'", {"analyst", "viewer"}},
        {"flow where not (customer = 'anna@x.fi' or channel = 'web')", {"analyst", "viewer"}},
        {"flow having has (employee = 'Eve')", {"analyst", "viewer"}},
        {"flow by employee", {"analyst", "viewer"}},
        {"flow where thread = 't1'", {"viewer"}},
        {"episodes per thread", {"viewer"}},
        {"drivers of experience with lasts, distinct employee", {}},
        {"drivers of experience with employee", {"analyst", "viewer"}},
        {"drivers of if (has (employee = 'Eve')) with lasts", {"analyst", "viewer"}},
        {"drivers of lasts with if (customer = 'anna@x.fi')", {"analyst", "viewer"}},
        {"drivers of lasts by employee", {"analyst", "viewer"}},
    };
    for (const auto& [text, those] : refused) {
        for (const std::string who : {"admin", "experience-lead", "analyst", "manager", "viewer"}) {
            const Heard heard = ask(who, question(text));
            EXPECT_EQ(heard.status, those.contains(who) ? 403 : 200)
                << who << ": " << text << ": " << heard.body;
        }
    }
    for (const std::string field : {"customer", "employee"}) {
        EXPECT_EQ(ask("analyst", "GET /api/values?field=" + field).status, 403);
        EXPECT_EQ(ask("experience-lead", "GET /api/values?field=" + field).status, 200);
    }
    const Heard many = ask("viewer", "POST /api/ask", R"({"questions":["flow","episodes"]})");
    EXPECT_THAT(many.body, ::testing::HasSubstr("see-customers"));
    EXPECT_THAT(ask("viewer", "GET /api/suggest?text=thread%20=%20%27").body,
                ::testing::Not(::testing::HasSubstr("t1")));
}

/// What one customer lived through is no list of values either.
TEST_F(Rights, ValuesOfFewCustomersInAllAreNotListed) {
    asker_->show_no_groups_below(2);
    for (const std::string narrowed :
         {"where=thread%20%3D%20%27t2%27", "from=2024-10-04T02:00:00Z"}) {
        const std::string route = "GET /api/values?field=touchpoint&" + narrowed;
        const Heard heard = ask("analyst", route);
        EXPECT_EQ(heard.status, 403) << heard.body;
        EXPECT_THAT(heard.body, ::testing::HasSubstr("fewer than 2 customers"));
        EXPECT_EQ(ask("experience-lead", route).status, 200);
    }
    const json::value all = json::parse(ask("analyst", "GET /api/values?field=department").body);
    EXPECT_EQ(all.at("values").as_array().size(), 1U) << "Billing has two encounters, Sales one";
    EXPECT_EQ(all.at("distinct"), 1) << "nor is it told that there are others";
    for (const char* limit : {"0", "1", "1000"}) {
        const std::string some = std::string("GET /api/values?field=department&limit=") + limit;
        EXPECT_EQ(json::parse(ask("analyst", some).body).at("distinct"), 1) << limit;
        EXPECT_EQ(json::parse(ask("experience-lead", some).body).at("distinct"), 2) << limit;
    }
    // A list of suggestions has what the blueprint knows, and nothing of few.
    asker_->show_no_groups_below(3);
    const Heard suggested = ask("analyst", "GET /api/suggest?text=department%20=%20%27");
    EXPECT_EQ(suggested.status, 200) << suggested.body;
    EXPECT_THAT(suggested.body, ::testing::Not(::testing::HasSubstr("Billing")));
}

TEST_F(Rights, AnalystsSeePseudonymsInPlaceOfCustomers) {
    const std::string full = ask("experience-lead", question("episodes per thread")).body;
    EXPECT_THAT(full, ::testing::HasSubstr("anna@x.fi"));
    const Heard heard = ask("analyst", question("episodes per thread"));
    EXPECT_THAT(heard.body, ::testing::Not(::testing::HasSubstr("@x.fi")));
    const auto rows = json::parse(heard.body).at("episodes").as_array();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].at("customer"), rows[1].at("customer"));
    EXPECT_NE(rows[0].at("customer"), rows[2].at("customer"));
    EXPECT_THAT(ask("analyst", question("episodes per thread") + "&format=csv").body,
                ::testing::Not(::testing::HasSubstr("@x.fi")));
    EXPECT_THAT(ask("experience-lead", question("episodes per thread")).body,
                ::testing::HasSubstr("anna@x.fi"))
        << "one answer is not given for the other";
}

TEST_F(Rights, ManagersSeeTheirDepartmentsAndAgentsTheirCustomers) {
    const auto encounters = [&](const std::string& who, const std::string& route) {
        return json::parse(ask(who, route).body).at("population").at("encounters").as_int64();
    };
    EXPECT_EQ(encounters("experience-lead", question("flow")), 3);
    EXPECT_EQ(encounters("manager", question("flow")), 1);
    EXPECT_EQ(encounters("manager", question("flow where department = 'Billing'")), 0);
    EXPECT_THAT(ask("manager", question("flow")).body,
                ::testing::HasSubstr("department = 'Sales'"));
    EXPECT_THAT(ask("manager", "GET /api/values?field=department").body,
                ::testing::Not(::testing::HasSubstr("Billing")));
    for (const std::string who : {"manager", "agent"}) {
        EXPECT_EQ(ask(who, "GET /api/customers/anna@x.fi").status, 200) << who;
        EXPECT_EQ(ask(who, "GET /api/customers/anna@x.fi/timeline").status, 200) << who;
        const Heard foreign = ask(who, "GET /api/customers/bert@x.fi");
        const Heard absent = ask(who, "GET /api/customers/bart@x.fi");
        EXPECT_EQ(foreign.status, 404) << who;
        EXPECT_EQ(foreign.body.size(), absent.body.size()) << "it is not told that he is there";
        EXPECT_EQ(ask(who, "GET /api/customers/bert@x.fi/timeline").status, 404) << who;
        for (const std::string list : {"GET /api/customers", "GET /api/customers?search=x.fi"}) {
            EXPECT_THAT(ask(who, list).body, ::testing::Not(::testing::HasSubstr("bert"))) << who;
        }
        EXPECT_THAT(ask(who, "GET /api/customers").body, ::testing::HasSubstr("anna")) << who;
    }
}

TEST_F(Rights, NobodyLooksAtOrCallsOffTheWorkOfOthers) {
    Task task({{}, Task::Seconds(60)});
    const auto me = json::parse(ask("viewer", "GET /api/me").body);
    const std::string owner(me.at("user").at("id").as_string());
    const Tasks::Listed listed(asker_->tasks(), owner + "\nmine", task);
    EXPECT_EQ(ask("viewer", "GET /api/tasks/mine").status, 200);
    EXPECT_EQ(ask("admin", "GET /api/tasks/mine").status, 404);
    EXPECT_EQ(ask("admin", "DELETE /api/tasks/mine").status, 404);
    EXPECT_EQ(ask("viewer", "DELETE /api/tasks/mine").status, 200);
}

TEST_F(Rights, WhoSawWhomIsInTheAuditLogWithoutNames) {
    EXPECT_EQ(ask("agent", "GET /api/customers/anna@x.fi").status, 200);
    EXPECT_EQ(ask("experience-lead", question("timeline 'anna@x.fi'")).status, 200);
    std::size_t seen = 0;
    std::string all;
    for (int i = 0; i < 500 && seen < 2; ++i) {
        all = ask("admin", "GET /api/audit").body;
        const json::value entries = json::parse(all);
        seen = 0;
        for (const json::value& entry : entries.at("entries").as_array()) {
            seen += entry.at("subject").as_string() ==
                            accounts_->audit_names_of_customer("anna@x.fi").front()
                        ? 1
                        : 0;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(seen, 2U);
    EXPECT_THAT(all, ::testing::Not(::testing::HasSubstr("anna")));
    EXPECT_THAT(all, ::testing::Not(::testing::HasSubstr(account::audited_customer("anna@x.fi"))))
        << "whoever has the log could try names";
    const json::value hers = json::parse(ask("admin", "GET /api/audit?customer=anna%40x.fi").body);
    EXPECT_EQ(hers.at("entries").as_array().size(), 2U);
    const json::value nobodys =
        json::parse(ask("admin", "GET /api/audit?customer=anna%40x.f").body);
    EXPECT_TRUE(nobodys.at("entries").as_array().empty());
}

TEST_F(Rights, SmallGroupsAreForWhoMaySeeSingleCustomers) {
    std::vector<Encounter> many;
    for (int i = 0; i < 30; ++i) {
        Encounter one = at(fmt::format("c{}@x.fi", i), 100 + i, "Sales", "");
        one.touchpoint = i < 20 ? "visit" : i < 27 ? "mail" : "rare";
        many.push_back(one);
    }
    ASSERT_TRUE(organisation_->ledger().append(many));
    ASSERT_TRUE(organisation_->snapshot());
    asker_->show_no_groups_below(5);
    const std::string few = "GET /api/ask?q=flow+where+touchpoint+%3D+%27rare%27";
    EXPECT_EQ(ask("admin", few).status, 200);
    const Heard refused = ask("viewer", few);
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.body, ::testing::HasSubstr("fewer than 5 customers"));
    EXPECT_EQ(ask("viewer", "GET /api/overview?where=touchpoint+%3D+%27rare%27").status, 403);

    const std::string all = "GET /api/ask?q=flow+per+customer";
    EXPECT_THAT(ask("admin", all).body, ::testing::HasSubstr("rare"));
    const Heard shown = ask("viewer", all);
    EXPECT_EQ(shown.status, 200) << shown.body;
    EXPECT_THAT(shown.body, ::testing::Not(::testing::HasSubstr("rare")));
    EXPECT_THAT(shown.body, ::testing::HasSubstr("visit"));
    EXPECT_GE(json::parse(shown.body).at("withheld").at("rows").to_number<int>(), 2);
    for (const char* form : {"csv", "json"}) {
        const Heard file = ask("viewer", all + "&format=" + form);
        EXPECT_THAT(file.body, ::testing::Not(::testing::HasSubstr("rare"))) << form;
        EXPECT_THAT(file.body, ::testing::HasSubstr("not shown")) << form;
    }
    const std::string values = "GET /api/values?field=touchpoint";
    EXPECT_THAT(ask("admin", values).body, ::testing::HasSubstr("rare"));
    EXPECT_THAT(ask("viewer", values).body, ::testing::Not(::testing::HasSubstr("rare")));
}

/// Others' customers are newer, and there are more of them.
TEST_F(Rights, OneOfManyFindsTheCustomersWithinTheirReach) {
    std::vector<Encounter> others;
    for (int hour = 3; hour < 2103; ++hour) {
        others.push_back(at(fmt::format("aa{:04}", hour % 700), hour, "Elsewhere", ""));
    }
    others.push_back(at("carl@x.fi", 3, "Sales", ""));
    ASSERT_TRUE(organisation_->ledger().append(others));
    ASSERT_TRUE(organisation_->refresh());
    const auto found = [&](const std::string& who, const std::string& query) {
        const json::value answer = json::parse(ask(who, "GET /api/customers?" + query).body);
        std::vector<std::string> names;
        for (const json::value& row : answer.at("customers").as_array()) {
            names.emplace_back(row.at("customer").as_string());
        }
        return std::pair(names, answer.at("more").as_bool());
    };
    using Found = std::pair<std::vector<std::string>, bool>;
    EXPECT_EQ(found("agent", "limit=20"), Found({"anna@x.fi"}, false));
    EXPECT_EQ(found("agent", "search=a"), Found({"anna@x.fi"}, false));
    EXPECT_EQ(found("agent", "search=bert"), Found({}, false));
    EXPECT_EQ(found("manager", "search=x.fi").first.size(), 2U);
    const auto of_manager = found("manager", "limit=20").first;
    EXPECT_THAT(of_manager, ::testing::ElementsAre("carl@x.fi", "anna@x.fi")) << "newest first";
    EXPECT_EQ(found("manager", "limit=1"), Found({"carl@x.fi"}, true));
    EXPECT_EQ(found("admin", "limit=20").first.size(), 20U);
    EXPECT_TRUE(found("admin", "search=aa").second);
}

}  // namespace
}  // namespace kokemus::app
