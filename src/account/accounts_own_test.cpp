#include <array>
#include <ctime>
#include <map>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sodium.h>

#include "account/account_api.h"
#include "account/accounts_fixture_test.h"
#include "account/bounds.h"
#include "account/door_api.h"
#include "account/forgery.h"
#include "account/one_time_code.h"
#include "account/password.h"

namespace kokemus::account {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class OwnAccountTest : public OnBothStores {
protected:
    void keep(const std::string& user, const std::string& hash) {
        ASSERT_TRUE(records_->change(
            [&](records::Session& session) { return keep_password(session, user, hash); }));
    }

    std::string kept(const std::string& user) {
        return records_->read([&](records::Session& session) { return user_by_id(session, user); })
            .value()
            ->password;
    }

    /// Of the same password, as other parameters would have made it.
    std::string weak_hash() const {
        std::array<char, crypto_pwhash_STRBYTES> text{};
        EXPECT_EQ(crypto_pwhash_str_alg(text.data(),
                                        password.data(),
                                        password.size(),
                                        1,
                                        8 * 1024 * 1024,
                                        crypto_pwhash_ALG_ARGON2ID13),
                  0);
        return text.data();
    }
};

/// How long this program computes for `work`, whatever else the machine does.
template <typename Work>
std::clock_t computed_for(const Work& work) {
    const std::clock_t begun = std::clock();
    work();
    return std::clock() - begun;
}

TEST_P(OwnAccountTest, GuessesOfThePasswordByWhoFoundABrowserOpenAreSlowedDown) {
    const SignedIn anna = set_up();
    const Doer doer{anna.user.id, home};
    for (unsigned i = 0; i < bounds::guesses_free; ++i) {
        const auto refused = accounts_->propose_factor(anna.user.id, "wrong", doer).value();
        EXPECT_TRUE(std::holds_alternative<SignInRefusal>(refused));
    }
    const auto waits = accounts_->propose_factor(anna.user.id, password, doer).value();
    EXPECT_TRUE(std::holds_alternative<Wait>(waits));
    pass(std::chrono::seconds(1));
    const auto proposed = accounts_->propose_factor(anna.user.id, password, doer).value();
    EXPECT_TRUE(std::holds_alternative<FactorProposal>(proposed));
}

TEST_P(OwnAccountTest, NothingIsHashedForWhoHasToWait) {
    const SignedIn anna = set_up();
    const Doer doer{anna.user.id, home};
    const auto change = [&] {
        return accounts_
            ->change_password(anna.user.id, "wrong", "purple tractors dance slowly", doer)
            .value();
    };
    const std::clock_t one_hash = computed_for([&] { (void)hash_password(password); });
    for (unsigned i = 0; i < bounds::guesses_free; ++i) {
        EXPECT_TRUE(std::holds_alternative<SignInRefusal>(change()));
    }
    EXPECT_LT(computed_for([&] { EXPECT_TRUE(std::holds_alternative<Wait>(change())); }),
              one_hash / 2);
}

TEST_P(OwnAccountTest, AWeakHashIsMadeAnewAtTheNextSignIn) {
    const SignedIn anna = set_up();
    const std::string weak = weak_hash();
    keep(anna.user.id, weak);
    (void)signed_in(sign_in("anna@example.com", password));
    EXPECT_NE(kept(anna.user.id), weak);
    (void)signed_in(sign_in("anna@example.com", password));
}

/// While the hash is made anew, which takes a tenth of a second, another password is chosen.
TEST_P(OwnAccountTest, AnOldPasswordDoesNotComeBackWithItsNewHash) {
    const SignedIn anna = set_up();
    const std::string chosen = hash_password("purple tractors dance slowly").value();
    keep(anna.user.id, weak_hash());
    {
        const std::jthread signs_in([&] {
            const auto outcome = sign_in("anna@example.com", password);
            EXPECT_TRUE(outcome && std::holds_alternative<SignedIn>(*outcome));
        });
        for (int i = 0; i < 10'000 && accounts_->audit({}, 1)->front().action != "sign-in"; ++i) {
            std::this_thread::sleep_for(Milliseconds(1));
        }
        keep(anna.user.id, chosen);
    }
    EXPECT_EQ(kept(anna.user.id), chosen);
}

/// Who found a browser open, of somebody who began a second factor, would lock its owner out by
/// guessing the first code.
TEST_P(OwnAccountTest, GuessesOfTheFirstCodeAreSlowedDownAndNoted) {
    const SignedIn anna = set_up();
    const Doer doer{anna.user.id, home};
    (void)accounts_->propose_factor(anna.user.id, password, doer);
    const std::string secret = factor_secret(anna.user.id);
    const auto code = [&] { return code_of(secret, code_step(clock_.now())); };
    const std::string wrong = code() == "000000" ? "111111" : "000000";
    for (unsigned i = 0; i < bounds::guesses_free; ++i) {
        const auto refused = accounts_->confirm_factor(anna.user.id, wrong, doer);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput);
    }
    EXPECT_EQ(accounts_->audit({.action = "sign-in.refused"}, 100)->size(), bounds::guesses_free);
    const auto waits = accounts_->confirm_factor(anna.user.id, code(), doer).value();
    EXPECT_TRUE(std::holds_alternative<Wait>(waits));
    const auto password_too = accounts_->propose_factor(anna.user.id, password, doer).value();
    EXPECT_TRUE(std::holds_alternative<Wait>(password_too)) << "one count for both";
    pass(std::chrono::seconds(1));
    const auto codes = accounts_->confirm_factor(anna.user.id, code(), doer).value();
    EXPECT_TRUE(std::holds_alternative<RecoveryCodes>(codes));
}

TEST_P(OwnAccountTest, AProposedFactorThatWasLeftIsForgotten) {
    const SignedIn anna = set_up();
    const Doer doer{anna.user.id, home};
    const auto confirmed = [&] {
        const std::string secret = factor_secret(anna.user.id);
        return accounts_->confirm_factor(
            anna.user.id, code_of(secret, code_step(clock_.now())), doer);
    };
    (void)accounts_->propose_factor(anna.user.id, password, doer);
    pass(bounds::factor_proposal_age_max);
    const auto late = confirmed();
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::Conflict);

    (void)accounts_->propose_factor(anna.user.id, password, doer);
    pass(bounds::factor_proposal_age_max - std::chrono::seconds(1));
    ASSERT_TRUE(accounts_->sign_out(anna.secret, doer));
    EXPECT_EQ(kept_factor(anna.user.id), "");
    EXPECT_FALSE(accounts_->confirm_factor(anna.user.id, "000000", doer));

    (void)accounts_->propose_factor(anna.user.id, password, doer);
    pass(bounds::factor_proposal_age_max - std::chrono::seconds(1));
    ASSERT_TRUE(confirmed());
    pass(std::chrono::hours(1));
    ASSERT_TRUE(accounts_->sign_out(anna.secret, doer));
    EXPECT_TRUE(accounts_->user(anna.user.id)->has_second_factor) << "one that is confirmed stays";
}

/// The routes of accounts as a server has them.
class OwnAccountRoutes : public OwnAccountTest {
protected:
    void SetUp() override {
        OwnAccountTest::SetUp();
        router_.guard(guard_of(*accounts_, Transport::Plain, ReachedBy::Clients, ""));
        add_account_routes(router_, *accounts_, Transport::Plain);
        anna_ = set_up();
    }

    http::Response ask(http::Method method, const std::string& path,
                       std::map<std::string, std::string> headers, const std::string& body = {}) {
        http::Request request;
        request.method = method;
        for (const auto& [name, value] : headers) {
            request.headers[name] = value;
        }
        request.body = body;
        EXPECT_TRUE(http::parse_target(path, request));
        return router_.answer(request);
    }

    http::Response post(const std::string& path, const std::string& body) {
        return ask(http::Method::Post,
                   path,
                   {{"cookie", "kokemus=" + anna_.secret},
                    {"x-kokemus-token", forgery_token(anna_.secret)},
                    {"content-type", "application/json"}},
                   body);
    }

    http::Router router_;
    SignedIn anna_;
};

TEST_P(OwnAccountRoutes, OfASecondFactorAskForThePassword) {
    EXPECT_EQ(post("/api/me/factor", "{}").status, 400);
    const http::Response refused = post("/api/me/factor", R"({"password":"wrong"})");
    EXPECT_EQ(refused.status, 401);
    EXPECT_THAT(refused.body, HasSubstr("sign_in_refused"));
    const http::Response proposed = post("/api/me/factor", R"({"password":")" + password + R"("})");
    EXPECT_EQ(proposed.status, 200);
    EXPECT_THAT(proposed.body, HasSubstr("otpauth://"));
    for (unsigned i = 0; i < bounds::guesses_free; ++i) {
        EXPECT_EQ(post("/api/me/factor/confirmation", R"({"code":"x"})").status, 400);
    }
    const http::Response waits = post("/api/me/factor/confirmation", R"({"code":"x"})");
    EXPECT_EQ(waits.status, 429);
    EXPECT_EQ(waits.headers.count("retry-after"), 1U);
}

/// A page shows its key to everybody who opens it.
TEST_P(OwnAccountRoutes, AKeyTellsNobodyWhoseItIs) {
    const Rights all = rights_for_keys(rights_of(Role::Admin));
    for (std::size_t i = 0; i < right_count; ++i) {
        const auto right = static_cast<Right>(i);
        if (!all.has(right)) {
            continue;
        }
        ApiKey wanted;
        wanted.user = anna_.user.id;
        wanted.name = "page";
        wanted.rights = {right};
        wanted.expires = clock_.now() + std::chrono::hours(1);
        const NewKey made = accounts_->make_key(wanted, {anna_.user.id, home}).value();
        const http::Response said =
            ask(http::Method::Get, "/api/me", {{"authorization", "Bearer " + made.text}});
        EXPECT_EQ(said.status, 200);
        EXPECT_THAT(said.body, HasSubstr(R"("user":null)")) << right_name(right);
        EXPECT_THAT(said.body, HasSubstr("\"key\":\"" + made.key.id + "\""));
        EXPECT_THAT(said.body, HasSubstr(fmt::format(R"("rights":["{}"])", right_name(right))));
        EXPECT_THAT(said.body, Not(HasSubstr(anna_.user.id)));
    }
    const http::Response own =
        ask(http::Method::Get, "/api/me", {{"cookie", "kokemus=" + anna_.secret}});
    EXPECT_THAT(own.body, HasSubstr("anna@example.com"));
    EXPECT_THAT(own.body, HasSubstr(R"("key":null)"));
}

INSTANTIATE_TEST_SUITE_P(On, OwnAccountRoutes,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);
INSTANTIATE_TEST_SUITE_P(On, OwnAccountTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

}  // namespace
}  // namespace kokemus::account
