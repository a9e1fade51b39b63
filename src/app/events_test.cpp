#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"
#include "courier/receiver_test.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using courier::Receiver;
using testing::HasSubstr;
using testing::Not;

/// What is done on a real server, as those hear of it who receive its webhooks.
class Events : public Rights {
protected:
    Configuration configured() const override {
        Configuration configuration;
        configuration.webhooks.allows_http = true;
        configuration.webhooks.networks = {"127.0.0.0/8"};
        return configuration;
    }

    void SetUp() override {
        Rights::SetUp();
        done("POST /api/targets",
             fmt::format(R"({{"name":"desk","url":"{}","events":["customer.*","customers.*",)"
                         R"("encounters.*","blueprint.*"]}})",
                         receiver_.url()));
    }

    json::value done(const std::string& route, const std::string& body,
                     const std::string& who = "admin") {
        const Heard heard = ask(who, route, body);
        EXPECT_THAT(heard.status, testing::AnyOf(200, 201)) << route << ": " << heard.body;
        return json::parse(heard.body);
    }

    /// The fields of the event of that type that says so; waited for.
    json::object told(const std::string& type, const char* name, const json::value& value) {
        for (int i = 0; i < 1000; ++i) {
            for (const courier::Received& one : receiver_.received()) {
                EXPECT_THAT(one.body, Not(HasSubstr("x.fi"))) << "no names leave the house";
                const json::value event = json::parse(one.body);
                if (event.at("type") == json::value(type) && event.at("data").at(name) == value) {
                    return event.at("data").as_object();
                }
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        ADD_FAILURE() << "nothing was told of " << type;
        return {};
    }

    Receiver receiver_{[](const courier::Received&, int) { return Receiver::status(200); }};
};

TEST_F(Events, SayThatAnErasureWasOrderedAndWhichReceiptItHas) {
    const json::value receipt =
        done("POST /api/erasures", R"({"customers":["anna@x.fi"],"reason":"ticket 17"})");
    const json::object event = told("customer.erased", "receipt", receipt.at("number"));
    EXPECT_EQ(event, (json::object{{"receipt", receipt.at("number")}, {"by", admin_.user.id}}));
}

TEST_F(Events, SayThatPeopleJoinCustomersAndPartThem) {
    const json::value join =
        done("POST /api/joins", R"({"name":"anna@x.fi","other":"bert@x.fi","reason":"a ring"})");
    told("customers.joined", "join", join.at("number"));
    done("DELETE /api/joins/" + std::to_string(join.at("number").as_int64()), "");
    told("customers.parted", "join", join.at("number"));
}

TEST_F(Events, SayThatAnotherBlueprintIsInForce) {
    const auto post = [&](const std::string& version) {
        return asked(server_->port(),
                     "POST /api/blueprint",
                     proof_.at("experience-lead") + "If-Match: \"" + version + "\"\r\n",
                     R"({"toml":"name = \"Shop\"\n[touchpoint.call]\n","reason":"calls"})");
    };
    EXPECT_EQ(post("7").status, 412) << "which changes nothing";
    const Heard changed = post("1");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_TRUE(told("blueprint.changed", "version", 2).contains("by"));
}

TEST_F(Events, SayHowMuchWasRefusedAtTheDoors) {
    const std::string wrong = R"([{"customer":"carl@x.fi","time":"yesterday","touchpoint":"call"},)"
                              R"({"customer":"carl@x.fi","time":"now","touchpoint":"call"}])";
    EXPECT_EQ(ask("integration", "POST /api/encounters", wrong).status, 400);
    const json::object event = told("encounters.refused", "count", 2);
    EXPECT_EQ(event.at("kinds").at(0).at("door"), "encounters");
}

TEST_F(Events, OfATypeThatThereIsNotAreRefused) {
    const Heard heard =
        ask("admin",
            "POST /api/targets",
            fmt::format(R"({{"name":"x","url":"{}","events":["customr.*"]}})", receiver_.url()));
    EXPECT_EQ(heard.status, 400);
    EXPECT_THAT(heard.body, HasSubstr("customer.erased, customers.joined"));
}

TEST_F(Events, NobodyOverwritesATargetThatSomebodyElseHasChanged) {
    const json::value listed = json::parse(ask("admin", "GET /api/targets").body);
    const json::object& target = listed.at("targets").at(0).as_object();
    const std::string route = "PATCH /api/targets/" + std::string(target.at("id").as_string());
    const auto change = [&](const std::string& seen, const std::string& name) {
        return asked(server_->port(),
                     route,
                     proof_.at("admin") + "If-Match: \"" + seen + "\"\r\n",
                     fmt::format(R"({{"name":"{}"}})", name))
            .status;
    };
    const std::string seen(target.at("version").as_string());
    EXPECT_EQ(change(seen, "first"), 200);
    EXPECT_EQ(change(seen, "second"), 412);
    EXPECT_THAT(ask("admin", "GET /api/targets").body, HasSubstr("first"));
}

}  // namespace
}  // namespace kokemus::app
