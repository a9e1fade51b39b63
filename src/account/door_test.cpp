#include <gmock/gmock.h>

#include "account/accounts_fixture_test.h"
#include "account/door_api.h"
#include "account/forgery.h"

namespace kokemus::account {
namespace {

using http::Method;

/// One route for each right and method, and one for anyone; each answers who came.
http::Router house() {
    http::Router router;
    const auto who = [](const http::Request& request) {
        return http::json(person_of(request).written());
    };
    for (const Method method : {Method::Get, Method::Post, Method::Delete}) {
        for (std::size_t i = 0; i < right_count; ++i) {
            const auto right = static_cast<Right>(i);
            router.add(method, "/" + std::string(right_name(right)), needs(right), who);
        }
        router.add(method, "/anyone", anyone(), who);
        router.add(method, "/by-sender", by_sender(), who);
    }
    return router;
}

class DoorTest : public OnBothStores {
protected:
    void SetUp() override {
        OnBothStores::SetUp();
        router_ = house();
        router_.guard(guard_of(*accounts_, Transport::Tls, ReachedBy::Proxy, own_key));
        admin_ = set_up();
    }

    using Headers = std::map<std::string, std::string>;

    http::Response ask(Method method, const std::string& path, Headers headers) const {
        http::Request request;
        request.method = method;
        request.headers = std::move(headers);
        EXPECT_TRUE(http::parse_target(path, request));
        return router_.answer(request);
    }

    static Headers cookie(const SignedIn& begun) {
        return {{"cookie", "__Host-kokemus=" + begun.secret}};
    }

    const std::string own_key = "0123456789abcdef0123456789abcdef";
    http::Router router_;
    SignedIn admin_;
};

TEST_P(DoorTest, OpensEveryRouteToThoseWithItsRightAlone) {
    const std::pair<SignedIn, Role> people[] = {
        {admin_, Role::Admin},
        {add("b@example.com", Role::Manager, {"Sales"}), Role::Manager},
        {add("c@example.com", Role::Viewer), Role::Viewer}};
    for (std::size_t i = 0; i < right_count; ++i) {
        const auto right = static_cast<Right>(i);
        const std::string path = "/" + std::string(right_name(right));
        EXPECT_EQ(ask(Method::Get, path, {}).status, right == Right::MakeBackups ? 403 : 401)
            << path;
        for (const auto& [begun, role] : people) {
            const http::Response got = ask(Method::Get, path, cookie(begun));
            EXPECT_EQ(got.status, rights_of(role).has(right) ? 200 : 403) << path;
            EXPECT_EQ(got.body == begun.user.id, got.status == 200);
        }
    }
    EXPECT_EQ(ask(Method::Get, "/anyone", {}).body, "nobody");
    EXPECT_EQ(ask(Method::Get, "/anyone", cookie(admin_)).body, admin_.user.id);
    EXPECT_EQ(ask(Method::Get, "/read-audit", {}).headers.at("www-authenticate"), "Bearer");
}

TEST_P(DoorTest, LetsNoOtherSiteWrite) {
    Headers page = cookie(admin_);
    page["host"] = "cx.example";
    page["origin"] = "https://cx.example";
    page["sec-fetch-site"] = "same-origin";
    EXPECT_EQ(ask(Method::Delete, "/manage-keys", page).status, 403) << "without the token";
    page["x-kokemus-token"] = forgery_token(admin_.secret);
    EXPECT_EQ(ask(Method::Delete, "/manage-keys", page).status, 200);
    Headers foreign = page;
    foreign["sec-fetch-site"] = "cross-site";
    EXPECT_EQ(ask(Method::Post, "/manage-keys", foreign).status, 403);
    EXPECT_EQ(ask(Method::Post, "/anyone", foreign).status, 403) << "signing in for another";
    EXPECT_EQ(ask(Method::Get, "/manage-keys", foreign).status, 200) << "a link from elsewhere";
    EXPECT_EQ(ask(Method::Post, "/anyone", {}).status, 200);
}

TEST_P(DoorTest, TakesKeysWithinTheirScopeAndWithoutToken) {
    ApiKey wanted;
    wanted.user = admin_.user.id;
    wanted.name = "shop";
    wanted.rights = {Right::SendEncounters};
    wanted.expires = clock_.now() + std::chrono::hours(1);
    const NewKey made = accounts_->make_key(wanted, {"admin", home}).value();
    Headers key{{"authorization", "Bearer " + made.text}};
    EXPECT_EQ(ask(Method::Post, "/send-encounters", key).body, "key:" + made.key.id);
    EXPECT_EQ(ask(Method::Get, "/manage-users", key).status, 403);
    key["cookie"] = "__Host-kokemus=" + admin_.secret;
    EXPECT_EQ(ask(Method::Get, "/manage-users", key).status, 403) << "the key counts";
    ASSERT_TRUE(accounts_->revoke_key(made.key.id, {"admin", home}));
    EXPECT_EQ(ask(Method::Post, "/send-encounters", key).status, 401);
    EXPECT_EQ(ask(Method::Get, "/anyone", {{"authorization", "Basic eDp5"}}).body, "nobody");
}

TEST_P(DoorTest, TakesNoKeyForASessionNotEvenOneThatCameAMomentAgo) {
    ApiKey wanted;
    wanted.user = admin_.user.id;
    wanted.name = "shop";
    wanted.rights = {Right::SendEncounters};
    wanted.expires = clock_.now() + std::chrono::hours(1);
    const std::string key = accounts_->make_key(wanted, {"admin", home}).value().text;
    EXPECT_EQ(ask(Method::Post, "/send-encounters", {{"authorization", "Bearer " + key}}).status,
              200);
    const Headers planted{{"cookie", "__Host-kokemus=" + key}};
    EXPECT_EQ(ask(Method::Post, "/send-encounters", planted).status, 401);
    EXPECT_EQ(ask(Method::Get, "/anyone", planted).body, "nobody");
    EXPECT_FALSE(accounts_->person_by_key(admin_.secret).value());
}

TEST_P(DoorTest, LeavesSendersToTheHandlerWhoeverTheySayTheyAre) {
    const Headers shop{{"origin", "https://shop.example"}, {"authorization", "Basic a2V5Og=="}};
    Headers admin = cookie(admin_);
    admin.insert(shop.begin(), shop.end());
    for (const Headers& headers : {Headers{}, shop, admin}) {
        EXPECT_EQ(ask(Method::Post, "/by-sender", headers).body, "nobody");
    }
    router_ = house();
    router_.guard(open_guard(own_key));
    EXPECT_EQ(ask(Method::Post, "/by-sender", shop).body, "nobody");
}

TEST_P(DoorTest, StandsOpenForTheSampleButNotToOtherSites) {
    router_.guard(open_guard(own_key));
    EXPECT_EQ(ask(Method::Get, "/see-personal-data", {}).body, "nobody");
    EXPECT_EQ(ask(Method::Post, "/send-encounters", {}).status, 200) << "a program";
    EXPECT_EQ(ask(Method::Post, "/send-encounters", {{"sec-fetch-site", "cross-site"}}).status,
              403);
    EXPECT_EQ(ask(Method::Get, "/manage-users", cookie(admin_)).status, 403);
    for (const char* own : {"localhost", "localhost:8080", "127.0.0.1:1", "[::1]:8080", "[::1]"}) {
        EXPECT_EQ(ask(Method::Get, "/ask-questions", {{"host", own}}).status, 200) << own;
    }
    for (const char* other : {"cx.example", "cx.example:8080", "127.example:80x", "[fe80::1]"}) {
        EXPECT_EQ(ask(Method::Get, "/ask-questions", {{"host", other}}).status, 403) << other;
        EXPECT_EQ(ask(Method::Post, "/by-sender", {{"host", other}}).status, 403) << other;
    }
    EXPECT_EQ(ask(Method::Get, "/anyone", {{"x-forwarded-for", "10.0.0.1"}}).status, 403);
}

TEST_P(DoorTest, LetsTheServersOwnUserDoWhatCommandsBesideAServerDoAndNothingElse) {
    const Headers operates{{"authorization", "Bearer " + own_key}};
    for (const bool stands_open : {false, true}) {
        if (stands_open) {
            router_.guard(open_guard(own_key));
        }
        EXPECT_EQ(ask(Method::Post, "/make-backups", operates).body, "operator");
        EXPECT_EQ(ask(Method::Post, "/edit-blueprint", operates).body, "operator");
        EXPECT_EQ(ask(Method::Get, "/ask-questions", operates).body, "operator");
        EXPECT_EQ(ask(Method::Get, "/manage-users", operates).status, 403);
        EXPECT_EQ(ask(Method::Post, "/make-backups", {{"authorization", "Bearer x"}}).status, 403);
        EXPECT_EQ(ask(Method::Post, "/make-backups", {}).status, 403);
    }
    router_.guard(guard_of(*accounts_, Transport::Tls, ReachedBy::Proxy, ""));
    EXPECT_EQ(ask(Method::Post, "/make-backups", {{"authorization", "Bearer "}}).status, 403)
        << "a server without such a key";
}

TEST_P(DoorTest, BelievesTheProxyBeforeUsOfTheAddressAndNobodyElse) {
    router_.add(Method::Get, "/address", anyone(), [](const http::Request& request) {
        return http::json(doer_of(request).address);
    });
    const auto seen = [&](const std::string& told) {
        return ask(Method::Get, "/address", {{"x-forwarded-for", told}}).body;
    };
    EXPECT_EQ(seen("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(seen("10.0.0.1, 192.0.2.1"), "192.0.2.1") << "the first is the client's own word";
    EXPECT_EQ(seen("2001:db8::1"), "2001:db8::1");
    EXPECT_EQ(seen("203.0.113.9:49152"), "203.0.113.9") << "a port is no other client";
    EXPECT_EQ(seen("<script>"), "");
    for (const Transport transport : {Transport::Plain, Transport::Tls}) {
        router_.guard(guard_of(*accounts_, transport, ReachedBy::Clients, own_key));
        EXPECT_EQ(seen("192.0.2.1"), "") << "without a proxy";
    }
}

INSTANTIATE_TEST_SUITE_P(On, DoorTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

}  // namespace
}  // namespace kokemus::account
