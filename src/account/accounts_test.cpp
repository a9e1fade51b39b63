#include <atomic>
#include <thread>

#include <gmock/gmock.h>

#include "account/accounts_fixture_test.h"
#include "account/bounds.h"
#include "account/one_time_code.h"
#include "account/secret.h"
#include "base/text.h"

namespace kokemus::account {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::HasSubstr;

class AccountsTest : public OnBothStores {};

TEST_P(AccountsTest, BeginWithOneAdminWhoHasTheCode) {
    EXPECT_FALSE(accounts_->has_users().value());
    User user;
    user.email = " Anna@Example.com ";
    user.name = "Anna";
    EXPECT_TRUE(is_refused(accounts_->set_up("", user, password, home))) << "no code was made yet";
    const std::string code = accounts_->new_setup_code();
    EXPECT_TRUE(is_refused(accounts_->set_up("AAAA-BBBB", user, password, home)));
    EXPECT_FALSE(accounts_->set_up(code, user, "short", home));
    const SignedIn begun = signed_in(accounts_->set_up(lower(code), user, password, home));
    EXPECT_EQ(begun.user.role, Role::Admin);
    EXPECT_EQ(begun.user.email, "anna@example.com");
    EXPECT_EQ(accounts_->person_by_session(begun.secret).value()->user, begun.user.id);
    EXPECT_TRUE(accounts_->has_users().value());
    EXPECT_TRUE(is_refused(accounts_->set_up(code, user, password, home))) << "used";
    user.email = "eve@example.com";
    const auto second = accounts_->set_up(accounts_->new_setup_code(), user, password, home);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Conflict);
}

TEST_P(AccountsTest, SignInOnlyWithTheRightPassword) {
    (void)set_up();
    EXPECT_TRUE(is_refused(sign_in("anna@example.com", "another horse battery")));
    EXPECT_TRUE(is_refused(sign_in("bert@example.com", password)));
    EXPECT_TRUE(is_refused(sign_in("no address", password)));
    EXPECT_TRUE(is_refused(sign_in("anna@example.com", std::string(1000, 'x'))));
    EXPECT_TRUE(is_refused(sign_in("anna@example.com' OR '1'='1", password)));
    const SignedIn one = signed_in(sign_in("ANNA@example.com", password));
    const SignedIn two = signed_in(sign_in("anna@example.com", password));
    EXPECT_NE(one.secret, two.secret);
    EXPECT_TRUE(accounts_->person_by_session(one.secret).value());
    ASSERT_TRUE(accounts_->sign_out(one.secret, {one.user.id, home}));
    EXPECT_FALSE(accounts_->person_by_session(one.secret).value());
    EXPECT_TRUE(accounts_->person_by_session(two.secret).value());
    EXPECT_FALSE(accounts_->person_by_session("").value());
    EXPECT_FALSE(accounts_->person_by_session(new_secret()).value());
}

TEST_P(AccountsTest, MakeStrangersWaitButNotThePersonElsewhere) {
    (void)set_up();
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(is_refused(accounts_->sign_in({"anna@example.com", "wrong", ""}, "6.6.6.6")));
    }
    const auto waits = accounts_->sign_in({"anna@example.com", password, ""}, "6.6.6.6");
    ASSERT_TRUE(waits);
    ASSERT_TRUE(std::holds_alternative<Wait>(*waits)) << "even with the right password";
    EXPECT_GT(std::get<Wait>(*waits).time.count(), 0);
    (void)signed_in(sign_in("anna@example.com", password));
    pass(minutes(16));
    (void)signed_in(accounts_->sign_in({"anna@example.com", password, ""}, "6.6.6.6"));
}

TEST_P(AccountsTest, EndSessionsThatAreIdleOrOld) {
    const SignedIn begun = set_up();
    for (int i = 0; i < 16; ++i) {
        pass(minutes(29));
        EXPECT_TRUE(accounts_->person_by_session(begun.secret).value()) << i;
    }
    pass(minutes(16));
    EXPECT_FALSE(accounts_->person_by_session(begun.secret).value()) << "8 hours";
    EXPECT_EQ(accounts_->open_sessions().value(), 0);
    const SignedIn idle = signed_in(sign_in("anna@example.com", password));
    EXPECT_EQ(accounts_->open_sessions().value(), 1);
    pass(minutes(30));
    EXPECT_EQ(accounts_->open_sessions().value(), 0);
    EXPECT_FALSE(accounts_->person_by_session(idle.secret).value());
}

TEST_P(AccountsTest, BoundTheSessionsOfAUser) {
    const SignedIn first = set_up();
    SignedIn latest;
    for (std::size_t i = 0; i < bounds::sessions_per_user_max; ++i) {
        pass(std::chrono::seconds(3));
        latest = signed_in(sign_in("anna@example.com", password));
    }
    EXPECT_FALSE(accounts_->person_by_session(first.secret).value());
    EXPECT_TRUE(accounts_->person_by_session(latest.secret).value());
}

TEST_P(AccountsTest, ChangeOfPasswordEndsEveryOtherSession) {
    const SignedIn one = set_up();
    const SignedIn two = signed_in(sign_in("anna@example.com", password));
    const Doer doer{one.user.id, home};
    const std::string chosen = "purple tractors dance slowly";
    EXPECT_TRUE(is_refused(accounts_->change_password(one.user.id, "wrong", chosen, doer)));
    EXPECT_FALSE(accounts_->change_password(one.user.id, password, "too short", doer));
    const SignedIn anew =
        signed_in(accounts_->change_password(one.user.id, password, chosen, doer));
    EXPECT_FALSE(accounts_->person_by_session(one.secret).value()) << "rotated";
    EXPECT_FALSE(accounts_->person_by_session(two.secret).value());
    EXPECT_TRUE(accounts_->person_by_session(anew.secret).value());
    EXPECT_TRUE(is_refused(sign_in("anna@example.com", password)));
    (void)signed_in(sign_in("anna@example.com", chosen));
}

TEST_P(AccountsTest, SecondFactorIsAskedForAndEachCodeWorksOnce) {
    const SignedIn begun = set_up();
    const std::string& id = begun.user.id;
    const Doer doer{id, home};
    EXPECT_FALSE(accounts_->confirm_factor(id, "123456", doer)) << "none was proposed";
    const auto refused = accounts_->propose_factor(id, "wrong", doer).value();
    EXPECT_EQ(std::get<SignInRefusal>(refused), SignInRefusal::Wrong) << "a browser left open";
    EXPECT_FALSE(accounts_->confirm_factor(id, "123456", doer)) << "still none";
    const auto proposal =
        std::get<FactorProposal>(accounts_->propose_factor(id, password, doer).value());
    EXPECT_THAT(proposal.link, HasSubstr("secret=" + proposal.secret));
    (void)signed_in(sign_in("anna@example.com", password));  // not confirmed yet
    const std::string secret = factor_secret(id);
    EXPECT_EQ(base32(secret), proposal.secret);
    const auto code = [&] { return code_of(secret, code_step(clock_.now())); };
    EXPECT_FALSE(accounts_->confirm_factor(id, code() == "000000" ? "1" : "000000", doer));
    const auto papers =
        std::get<RecoveryCodes>(accounts_->confirm_factor(id, code(), doer).value());
    EXPECT_EQ(papers.size(), 10U);
    EXPECT_FALSE(accounts_->propose_factor(id, password, doer))
        << "would take the present one away";

    const auto without = sign_in("anna@example.com", password);
    ASSERT_TRUE(without);
    EXPECT_EQ(std::get<SignInRefusal>(*without), SignInRefusal::CodeNeeded);
    EXPECT_TRUE(is_refused(sign_in("anna@example.com", "wrong password", code())));
    EXPECT_TRUE(is_refused(sign_in("anna@example.com", password, code()))) << "confirmed with it";
    pass(minutes(1));
    (void)signed_in(sign_in("anna@example.com", password, code()));
    EXPECT_TRUE(is_refused(sign_in("anna@example.com", password, code())));
    (void)signed_in(sign_in("anna@example.com", password, lower(papers[3])));
    EXPECT_TRUE(is_refused(sign_in("anna@example.com", password, papers[3])));

    EXPECT_TRUE(is_refused(accounts_->remove_factor(id, "wrong", doer)));
    (void)signed_in(accounts_->remove_factor(id, password, doer));
    (void)signed_in(sign_in("anna@example.com", password));
    EXPECT_FALSE(accounts_->user(id)->has_second_factor);
}

TEST_P(AccountsTest, OneCodeOpensOneDoorAlsoAtTheSameTime) {
    const SignedIn begun = set_up();
    const Doer doer{begun.user.id, home};
    (void)accounts_->propose_factor(begun.user.id, password, doer);
    const std::string secret = factor_secret(begun.user.id);
    ASSERT_TRUE(
        accounts_->confirm_factor(begun.user.id, code_of(secret, code_step(clock_.now())), doer));
    pass(minutes(1));
    const std::string code = code_of(secret, code_step(clock_.now()));
    std::atomic<int> opened = 0;
    {
        std::vector<std::jthread> trying;
        for (int i = 0; i < 3; ++i) {
            trying.emplace_back([&] {
                const auto outcome = sign_in("anna@example.com", password, code);
                EXPECT_TRUE(outcome) << outcome.error().message << outcome.error().detail;
                opened += outcome && std::holds_alternative<SignedIn>(*outcome) ? 1 : 0;
            });
        }
    }
    EXPECT_EQ(opened, 1);
}

TEST_P(AccountsTest, AnOpenPageThatAsksByItselfDoesNotKeepTheSession) {
    const SignedIn begun = set_up();
    const auto asks = [&](Use use) { return accounts_->person_by_session(begun.secret, use); };
    for (int minute = 0; minute < 100; minute += 10) {
        EXPECT_TRUE(asks(Use::Unattended)->has_value());
        EXPECT_TRUE(asks(Use::Attended)->has_value()) << minute;
        pass(std::chrono::minutes(10));
    }
    for (int minute = 10; minute < 30; minute += 5) {
        EXPECT_TRUE(asks(Use::Unattended)->has_value()) << minute;
        pass(std::chrono::minutes(5));
    }
    EXPECT_FALSE(asks(Use::Unattended)->has_value());
    EXPECT_FALSE(asks(Use::Attended)->has_value());
}

INSTANTIATE_TEST_SUITE_P(On, AccountsTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

}  // namespace
}  // namespace kokemus::account
