#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

std::string day_in(int days) {
    return format_instant(SystemClock().now() + std::chrono::days(days));
}

std::string a_lot_among_employees() {
    return json::serialize(json::object{{"name", "Ring first"},
                                        {"change", "Eve rings before she comes"},
                                        {"metric", "score"},
                                        {"population", "employee = 'Eve'"},
                                        {"comparison", "employee != 'Eve'"},
                                        {"assignment", "lot"},
                                        {"start", day_in(1)},
                                        {"until", day_in(90)},
                                        {"expected", 0.5}});
}

class ImprovementsApi : public Rights {
protected:
    json::value said(const std::string& who, const std::string& route,
                     const std::string& body = {}) {
        return json::parse(ask(who, route, body).body);
    }
};

TEST_F(ImprovementsApi, IsRegisteredShownAndWithdrawnAndNoted) {
    const Heard heard = ask("experience-lead", "POST /api/improvements", a_lot_among_employees());
    ASSERT_EQ(heard.status, 201) << heard.body;
    const json::value made = json::parse(heard.body);
    const std::string place = "/api/improvements/" + json::serialize(made.at("id"));
    EXPECT_EQ(made.at("design"), "randomised");
    EXPECT_EQ(made.at("power").at("known"), false);
    EXPECT_EQ(said("experience-lead", "GET " + place).at("registration").at("metric_version"),
              "score 1");
    EXPECT_EQ(ask("experience-lead", "POST " + place + "/looks", "{}").status, 409);
    const Heard stale = asked(server_->port(),
                              "PATCH " + place,
                              proof_.at("experience-lead") + "If-Match: \"77\"\r\n",
                              R"({"owner": "Eve"})");
    EXPECT_EQ(stale.status, 412) << stale.body;
    EXPECT_EQ(said("experience-lead", "PATCH " + place, R"({"owner": "Eve"})").at("owner"), "Eve");
    EXPECT_EQ(ask("experience-lead", "DELETE " + place + "?reason=no").status, 200);
    EXPECT_EQ(ask("experience-lead", "PATCH " + place, R"({"owner": "Bo"})").status, 409);
    const json::value record = said("experience-lead", "GET " + place + "/record");
    EXPECT_EQ(record.at("entries").as_array().size(), 3U);
    EXPECT_EQ(said("viewer", "GET /api/improvements/verification").at("sound"), true);
    const std::string audit = ask("admin", "GET /api/audit").body;
    for (const char* action :
         {"improvement.register", "improvement.amend", "improvement.withdraw"}) {
        EXPECT_THAT(audit, HasSubstr(action));
    }
    EXPECT_THAT(audit, Not(HasSubstr("Ring first")));
}

TEST_F(ImprovementsApi, WhomItNamesIsForThoseWhoMayAskForThem) {
    const json::value made =
        json::parse(ask("admin", "POST /api/improvements", a_lot_among_employees()).body);
    const std::string place = "/api/improvements/" + json::serialize(made.at("id"));
    EXPECT_THAT(ask("viewer", "GET /api/improvements").body,
                AllOf(HasSubstr("Ring first"), Not(HasSubstr("Eve"))));
    EXPECT_EQ(ask("viewer", "GET " + place).status, 403);
    EXPECT_EQ(ask("viewer", "GET " + place + "/record").status, 403);
    EXPECT_EQ(ask("manager", "GET " + place).status, 200);
    const auto users = json::parse(ask("admin", "GET /api/users").body);
    const std::string lead(users.at("users").at(0).at("id").as_string());
    const Proof program = with_key(key(lead, {Right::EditBlueprint, Right::AskQuestions}));
    EXPECT_EQ(
        asked(server_->port(), "POST /api/improvements/power", program, a_lot_among_employees())
            .status,
        403);
}

TEST_F(ImprovementsApi, FaultsSayWhatToWrite) {
    EXPECT_THAT(ask("admin", "POST /api/improvements", R"({"nmae": 1})").body,
                HasSubstr("there is no member"));
    EXPECT_EQ(ask("admin", "POST /api/improvements", "[").status, 400);
    EXPECT_EQ(ask("admin", "GET /api/improvements/99").status, 404);
    EXPECT_EQ(ask("admin", "GET /api/improvements?after=x").status, 400);
    EXPECT_EQ(ask("admin", "POST /api/improvements/x/looks", "{}").status, 404);
}

TEST_F(ImprovementsApi, TheWatchAnswersWhateverThereIs) {
    const json::value found = said("admin", "GET /api/watch");
    EXPECT_EQ(found.at("alarms"), 0);
    EXPECT_EQ(ask("admin", "GET /api/watch?false_alarms=none").status, 400);
    EXPECT_EQ(ask("admin", "GET /api/watch?metric=nsp").status, 400);
    EXPECT_EQ(ask("admin", "GET /api/watch?by=nothing").status, 400);
    EXPECT_EQ(ask("viewer", "GET /api/watch?by=employee").status, 403);
}

}  // namespace
}  // namespace kokemus::app
