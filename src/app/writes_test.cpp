#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

/// Writes of records to a real server, sent again and at the same time.
class Writes : public Rights {
protected:
    Heard send(const std::string& route, const std::string& headers, const std::string& body) {
        return asked(server_->port(), route, proof_.at("admin") + headers, body);
    }

    json::value user(const std::string& email) {
        const json::value listed = json::parse(ask("admin", "GET /api/users").body);
        for (const json::value& one : listed.at("users").as_array()) {
            if (one.at("email").as_string() == email) {
                return one;
            }
        }
        return nullptr;
    }

    static constexpr const char* somebody = R"({"email":"zoe@x.fi","name":"Zoe","role":"viewer"})";
};

TEST_F(Writes, WithAKeyAreCarriedOutOnce) {
    const std::string key = "Idempotency-Key: 8e03978e-40d5-43dd-bc93-6894a57f9324\r\n";
    const Heard first = send("POST /api/users", key, somebody);
    ASSERT_EQ(first.status, 200) << first.body;
    const Heard again = send("POST /api/users", key, somebody);
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(again.body, first.body) << "the code that is shown once, too";
    EXPECT_EQ(send("POST /api/users", "", somebody).status, 409) << "she is there";
    const Heard other =
        send("POST /api/users", key, R"({"email":"y@x.fi","name":"Y","role":"viewer"})");
    EXPECT_EQ(other.status, 422);
    EXPECT_THAT(other.body, HasSubstr("key_used_otherwise"));
    EXPECT_EQ(send("POST /api/users", "Idempotency-Key: a b\r\n", somebody).status, 400);
    const std::string path =
        "POST /api/users/" + std::string(user("zoe@x.fi").at("id").as_string());
    EXPECT_EQ(send(path + "/invitation", key, "{}").status, 422) << "another address";
}

TEST_F(Writes, OfWhatIsNotWhatWasSeenAreRefused) {
    ASSERT_EQ(send("POST /api/users", "", somebody).status, 200);
    const json::value zoe = user("zoe@x.fi");
    const std::string path = "PATCH /api/users/" + std::string(zoe.at("id").as_string());
    const std::string seen = "If-Match: \"" + std::string(zoe.at("version").as_string()) + "\"\r\n";
    EXPECT_EQ(send(path, seen, R"({"name":"Zo"})").status, 200);
    const Heard late = send(path, seen, R"({"name":"Late"})");
    EXPECT_EQ(late.status, 412);
    EXPECT_THAT(late.body, HasSubstr("look again"));
    EXPECT_EQ(user("zoe@x.fi").at("name"), "Zo");
    EXPECT_EQ(send(path, "If-Match: *\r\n", R"({"name":"Any"})").status, 200);
    EXPECT_EQ(send(path, "", R"({"name":"None"})").status, 200);
}

}  // namespace
}  // namespace kokemus::app
