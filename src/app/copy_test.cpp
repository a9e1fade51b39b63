#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

/// What a person is told about themselves, of a real server.
class Copies : public Rights {
protected:
    json::value copied(const std::string& form = "") {
        const Heard heard = ask("admin", "GET /api/customers/anna%40x.fi/copy" + form);
        EXPECT_EQ(heard.status, 200) << heard.body;
        return form.empty() ? json::parse(heard.body) : json::value(heard.body);
    }
};

TEST_F(Copies, SayWhoHasLookedByRoleAndNotByName) {
    ASSERT_EQ(ask("agent", "GET /api/customers/anna%40x.fi").status, 200);
    ASSERT_EQ(ask("agent", "GET /api/customers/bert%40x.fi").status, 404);
    json::array looks;
    for (int i = 0; i < 100 && looks.size() < 2; ++i) {
        looks = copied().at("seen_by").as_array();
        // What was read is written behind, a moment later (account/read_log.h).
        std::this_thread::sleep_for(Milliseconds(100));
    }
    ASSERT_EQ(looks.size(), 2U) << json::serialize(looks);
    EXPECT_EQ(looks[0].at("by"), "admin");
    EXPECT_EQ(looks[0].at("action"), "customer.copy");
    EXPECT_EQ(looks[1].at("by"), "agent");
    EXPECT_EQ(looks[1].at("action"), "customer.read");
    EXPECT_THAT(std::string(copied("?form=html").as_string()), HasSubstr("customer.read"));
}

TEST_F(Copies, SayWhatCameOfPromisesAndHowLongAllIsKept) {
    const Heard changed =
        asked(server_->port(),
              "POST /api/blueprint",
              proof_.at("admin") + "If-Match: \"1\"\r\n",
              json::serialize(json::object{
                  {"toml",
                   "name = \"Shop\"\n[touchpoint.call]\n[promise.answer]\nmade = [\"call\"]\n"
                   "kept = [\"call\"]\nwithin = \"2h\"\n"},
                  {"reason", "we promise"}}));
    ASSERT_EQ(changed.status, 200) << changed.body;
    ASSERT_TRUE(organisation_->wait_until_in_force(Milliseconds(20'000)));
    const json::value copy = copied();
    const json::array& promises = copy.at("promises").as_array();
    ASSERT_EQ(promises.size(), 2U) << json::serialize(promises);
    EXPECT_EQ(promises[0].at("promise"), "answer");
    EXPECT_EQ(promises[0].at("encounter"), "0");
    EXPECT_TRUE(copy.at("kept_for_days").at("texts").is_null());
    EXPECT_EQ(copy.at("kept_for_days").as_object().size(), 5U);
    EXPECT_THAT(std::string(copied("?form=html").as_string()),
                HasSubstr("<td>texts</td><td>until it is erased</td>"));
}

}  // namespace
}  // namespace kokemus::app
