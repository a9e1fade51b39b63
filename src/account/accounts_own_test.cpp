#include <ctime>

#include <gmock/gmock.h>

#include "account/account_api.h"
#include "account/accounts_fixture_test.h"
#include "account/bounds.h"
#include "account/door_api.h"
#include "account/forgery.h"
#include "account/password.h"

namespace kokemus::account {
namespace {

using ::testing::HasSubstr;

class OwnAccountTest : public OnBothStores {};

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

TEST_P(OwnAccountTest, TheRouteOfASecondFactorAsksForThePassword) {
    const SignedIn anna = set_up();
    http::Router router;
    router.guard(guard_of(*accounts_, Transport::Plain, ""));
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
