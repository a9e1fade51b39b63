#include <array>
#include <ctime>
#include <thread>

#include <gmock/gmock.h>
#include <sodium.h>

#include "account/account_api.h"
#include "account/accounts_fixture_test.h"
#include "account/bounds.h"
#include "account/door_api.h"
#include "account/forgery.h"
#include "account/password.h"

namespace kokemus::account {
namespace {

using ::testing::HasSubstr;

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

TEST_P(OwnAccountTest, TheRouteOfASecondFactorAsksForThePassword) {
    const SignedIn anna = set_up();
    http::Router router;
    router.guard(guard_of(*accounts_, Transport::Plain, ReachedBy::Clients, ""));
    add_account_routes(router, *accounts_, Transport::Plain);
    const auto propose = [&](const std::string& body) {
        http::Request request;
        request.method = http::Method::Post;
        request.headers = {{"cookie", "kokemus=" + anna.secret},
                           {"x-kokemus-token", forgery_token(anna.secret)},
                           {"content-type", "application/json"}};
        request.body = body;
        EXPECT_TRUE(http::parse_target("/api/me/factor", request));
        return router.answer(request);
    };
    EXPECT_EQ(propose("{}").status, 400);
    const http::Response refused = propose(R"({"password":"wrong"})");
    EXPECT_EQ(refused.status, 401);
    EXPECT_THAT(refused.body, HasSubstr("sign_in_refused"));
    const http::Response proposed = propose(R"({"password":")" + password + R"("})");
    EXPECT_EQ(proposed.status, 200);
    EXPECT_THAT(proposed.body, HasSubstr("otpauth://"));
}

INSTANTIATE_TEST_SUITE_P(On, OwnAccountTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

}  // namespace
}  // namespace kokemus::account
