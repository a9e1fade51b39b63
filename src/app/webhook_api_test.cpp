#include <filesystem>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/collecting_fixture_test.h"
#include "app/secrets.h"
#include "base/clock.h"
#include "base/file.h"
#include "intake/signing.h"
#include "intake/webhook.h"

namespace kokemus::app {
namespace {

using testing::ElementsAre;

/// A helpdesk that calls, over a ledger.
class WebhookApi : public CollectingTest {
protected:
    void SetUp() override {
        std::filesystem::create_directories(folder_ / "secrets");
        ASSERT_TRUE(write_file(folder_ / "secrets" / "desk", "older\nnewer\n"));
        blueprint::Blueprint blueprint;
        const std::map<std::string, std::string> fields{{"customer", "/email"},
                                                        {"touchpoint", "/event"}};
        blueprint.webhooks = {{"desk", blueprint::WebhookKind::Chatwoot, "desk", fields},
                              {"bare", blueprint::WebhookKind::Zammad, "nothing", fields}};
        blueprint_ = std::make_shared<const blueprint::Blueprint>(std::move(blueprint));
        CollectingTest::SetUp();
    }

    void add_routes() override { add_webhook_routes(router_, *collecting_, folder_); }

    http::Response send(const std::string& name, const std::string& body, const std::string& secret,
                        const std::string& delivery = "d1") {
        const std::string seconds =
            std::to_string(std::chrono::floor<std::chrono::seconds>(SystemClock().now())
                               .time_since_epoch()
                               .count());
        std::string hex;
        for (const char byte : intake::hmac_sha256(secret, seconds + "." + body)) {
            hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
        }
        return ask(http::Method::Post,
                   "/api/webhooks/" + name,
                   body,
                   {{"x-chatwoot-timestamp", seconds},
                    {"x-chatwoot-delivery", delivery},
                    {"x-chatwoot-signature", "sha256=" + hex}});
    }

    const std::filesystem::path folder_ = area_.path();
};

constexpr const char* resolved = R"({"event":"conversation_resolved","email":"anna@example.com"})";
constexpr const char* opened = R"({"event":"conversation_created","email":"anna@example.com"})";

TEST_F(WebhookApi, a_signed_delivery_is_an_encounter_once) {
    const http::Response first = send("desk", opened, "newer");
    EXPECT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(first.body, R"({"accepted":1,"duplicates":0})");
    EXPECT_EQ(send("desk", opened, "older").body, R"({"accepted":0,"duplicates":1})");
    EXPECT_EQ(send("desk", opened, "newer", "d2").body, R"({"accepted":0,"duplicates":1})")
        << "a replay under an id that nobody signed";
    EXPECT_EQ(send("desk", resolved, "newer").body, R"({"accepted":1,"duplicates":0})");
    EXPECT_EQ(ledger_->totals()->encounters, 2U);
}

TEST_F(WebhookApi, what_is_not_proven_is_not_kept_and_learns_nothing) {
    const auto told = [&](const std::string& name) {
        http::Response refused = send(name, opened, "other");
        EXPECT_EQ(refused.status, 404) << name;
        return refused.body.replace(refused.body.find(name), name.size(), "NAME");
    };
    EXPECT_EQ(told("desk"), told("none"));
    EXPECT_EQ(told("bare"), told("none")) << "its secret is nowhere";
    EXPECT_EQ(ledger_->totals()->encounters, 0U);
}

TEST_F(WebhookApi, what_is_too_large_is_refused_whatever_its_name) {
    const std::string large(intake::webhook_body_bytes_max + 1, ' ');
    EXPECT_EQ(send("desk", large, "newer").status, 413);
    EXPECT_EQ(send("none", large, "newer").status, 413);
    EXPECT_EQ(send("desk", large.substr(1), "newer").status, 400) << "proven, but no JSON";
}

TEST_F(WebhookApi, a_body_without_a_customer_is_refused_with_words) {
    const http::Response refused = send("desk", R"({"event":"x"})", "newer");
    EXPECT_EQ(refused.status, 400);
    EXPECT_NE(refused.body.find("`customer`"), std::string::npos) << refused.body;
}

TEST_F(WebhookApi, secrets_come_from_the_environment_first) {
    EXPECT_THAT(*find_secrets(folder_, "desk"), ElementsAre("older", "newer"));
    ::setenv("KOKEMUS_SECRET_DESK_2", "one two", 1);
    EXPECT_THAT(*find_secrets(folder_, "desk-2"), ElementsAre("one", "two"));
    ::unsetenv("KOKEMUS_SECRET_DESK_2");
    EXPECT_EQ(find_secrets(folder_, "desk-2").error().code, ErrorCode::NotFound);
    for (const char* wrong : {"", "../desk", "a/b", ".", "d\xc3\xa4"}) {
        EXPECT_EQ(find_secrets(folder_, wrong).error().code, ErrorCode::InvalidInput) << wrong;
    }
}

}  // namespace
}  // namespace kokemus::app
