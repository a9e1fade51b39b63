#include "account/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account/api_key.h"
#include "account/forgery.h"
#include "account/secret.h"

namespace kokemus::account {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant noon = Instant(hours(24 * 20'000 + 12));

TEST(Session, EndsWhenIdleOrOldAndWhenTheClockIsSetBack) {
    EXPECT_TRUE(is_alive({"d", "u", noon, noon}, noon));
    EXPECT_TRUE(is_alive({"d", "u", noon, noon}, noon + minutes(29)));
    EXPECT_FALSE(is_alive({"d", "u", noon, noon}, noon + minutes(30)));
    EXPECT_TRUE(is_alive({"d", "u", noon, noon + minutes(470)}, noon + minutes(479)));
    EXPECT_FALSE(is_alive({"d", "u", noon, noon + minutes(470)}, noon + hours(8)));
    EXPECT_FALSE(is_alive({"d", "u", noon, noon}, noon - hours(1)));
    EXPECT_TRUE(is_alive({"d", "u", noon, noon}, noon - minutes(1))) << "clocks differ a little";
}

TEST(Session, CookieIsOutOfReachForScriptsAndOtherSites) {
    EXPECT_EQ(cookie_set("s", Transport::Tls),
              "__Host-kokemus=s; Path=/; HttpOnly; SameSite=Lax; Secure");
    EXPECT_EQ(cookie_set("s", Transport::Plain), "kokemus=s; Path=/; HttpOnly; SameSite=Lax");
    EXPECT_EQ(cookie_cleared(Transport::Tls),
              "__Host-kokemus=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
}

TEST(Session, CookieIsFoundAmongOthersUnlessItIsThereTwice) {
    EXPECT_EQ(cookie_secret("", Transport::Plain), std::nullopt);
    EXPECT_EQ(cookie_secret("kokemus=s", Transport::Plain), "s");
    EXPECT_EQ(cookie_secret("a=1; kokemus=s; b=kokemus=t", Transport::Plain), "s");
    EXPECT_EQ(cookie_secret("kokemus=s", Transport::Tls), std::nullopt) << "without the prefix";
    EXPECT_EQ(cookie_secret("kokemus=t; kokemus=s", Transport::Plain), std::nullopt);
    EXPECT_EQ(cookie_secret("xkokemus=s;;=", Transport::Plain), std::nullopt);
}

TEST(Forgery, IsWhatComesFromElsewhereOrWithoutTheToken) {
    const std::string secret = new_secret();
    const std::string token = forgery_token(secret);
    const SentBy page{.site = "same-origin",
                      .origin = "http://cx.example:8080",
                      .host = "cx.example:8080",
                      .content_type = "application/json; charset=utf-8",
                      .token = token,
                      .has_body = true};
    const auto refused = [&](const auto& change, Transport transport = Transport::Plain) {
        SentBy sent = page;
        change(sent);
        return !check_not_forged(sent, secret, transport);
    };
    EXPECT_FALSE(refused([](SentBy&) {}));
    EXPECT_FALSE(refused([](SentBy& sent) { sent.site = sent.origin = ""; })) << "curl";
    EXPECT_FALSE(refused([](SentBy& sent) { sent.site = "none"; }));
    EXPECT_TRUE(refused([](SentBy& sent) { sent.site = "cross-site"; }));
    EXPECT_TRUE(refused([](SentBy& sent) { sent.site = "same-site"; }));
    EXPECT_TRUE(refused([](SentBy& sent) { sent.origin = "http://evil.example"; }));
    EXPECT_TRUE(refused([](SentBy& sent) { sent.origin = "null"; }));
    EXPECT_TRUE(refused([](SentBy& sent) { sent.origin = "http://cx.example:8080.evil.example"; }));
    EXPECT_TRUE(refused([](SentBy& sent) { sent.host = ""; }));
    EXPECT_TRUE(refused([](SentBy& sent) { sent.content_type = "text/plain"; }));
    EXPECT_TRUE(refused([](SentBy& sent) { sent.content_type = ""; }));
    EXPECT_TRUE(refused([](SentBy& sent) { sent.token = ""; }));
    const std::string foreign = forgery_token(new_secret());
    EXPECT_TRUE(refused([&](SentBy& sent) { sent.token = foreign; }));
    EXPECT_TRUE(refused([](SentBy&) {}, Transport::Tls)) << "a page that came in the clear";
}

TEST(ApiKey, AllowsWhatBothItsScopeAndItsUserMay) {
    const std::string secret = new_secret();
    const ApiKey key{.id = random_id(),
                     .user = "u",
                     .name = "shop",
                     .digest = digest_of(secret),
                     .rights = Rights::all(),
                     .made = noon,
                     .expires = noon + hours(24),
                     .revoked = {}};
    const Rights user{
        Right::SendEncounters, Right::UseOwnAccount, Right::ManageUsers, Right::ManageKeys};
    EXPECT_EQ(rights_by_key(key, secret, user, noon), Rights{Right::SendEncounters});
    ApiKey narrow = key;
    narrow.rights = {Right::AskQuestions};
    EXPECT_TRUE(rights_by_key(narrow, secret, user, noon).empty());
    EXPECT_TRUE(rights_by_key(key, new_secret(), user, noon).empty());
    EXPECT_TRUE(rights_by_key(key, secret, user, noon + hours(24)).empty()) << "expired";
    ApiKey revoked = key;
    revoked.revoked = noon;
    EXPECT_TRUE(rights_by_key(revoked, secret, user, noon).empty());
}

TEST(ApiKey, IsReadBackFromItsText) {
    const std::string id = random_id();
    const std::string secret = new_secret();
    const auto sent = read_key(key_text(id, secret));
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->id, id);
    EXPECT_EQ(sent->secret, secret);
    EXPECT_FALSE(read_key(""));
    EXPECT_FALSE(read_key("kk_"));
    EXPECT_FALSE(read_key("sk_" + key_text(id, secret).substr(3)));
    EXPECT_FALSE(read_key(key_text(id, secret) + "x"));
}

}  // namespace
}  // namespace kokemus::account
