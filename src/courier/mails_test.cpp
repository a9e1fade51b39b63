#include <thread>

#include <gmock/gmock.h>

#include "courier/bounds.h"
#include "courier/courier_fixture_test.h"
#include "courier/mail_sink_test.h"
#include "courier/mails_store.h"
#include "courier/postman.h"
#include "courier/retry.h"

namespace kokemus::courier {
namespace {

using ::testing::HasSubstr;
using Kind = MailFate::Kind;
using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::steady_clock;

class MailsTest : public OnBothStores {
protected:
    void SetUp() override {
        OnBothStores::SetUp();
        const NoteDone note = [this](records::Session&, const Done& done) -> Status {
            noted_.push_back(done.action);
            return {};
        };
        mails_ = std::make_unique<Mails>(
            records_, seal::Seal::open(folder_ / "seal.key").value(), clock_, note);
    }
    void TearDown() override {
        mails_.reset();
        OnBothStores::TearDown();
    }

    void keep(const std::string& to = "anna@example.com") {
        const NewMail mail{Occasion::Invitation,
                           "7f3a",
                           write_letter(Occasion::Invitation,
                                        "en",
                                        to,
                                        {"Kahvila", "Anna", "https://x.example/invitation#K7QF"})};
        const auto kept = records_->change(
            [&](records::Session& session) { return mails_->keep(session, mail); });
        ASSERT_TRUE(kept) << kept.error().message << kept.error().detail;
    }

    std::vector<Mail> list() const { return mails_->list(std::nullopt, "", 100).value(); }

    std::string kept_letter() {
        const auto row = records_->read([](records::Session& session) {
            return session.row<std::string>("SELECT letter FROM courier_mail");
        });
        return std::get<0>(**row);
    }

    template <typename Condition>
    static bool comes(const Condition& condition) {
        const auto end = steady_clock::now() + seconds(10);
        while (!condition()) {
            if (steady_clock::now() > end) {
                return false;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return true;
    }

    static MailServer server_of(const MailSink& sink) {
        MailServer server;
        server.host = "127.0.0.1";
        server.port = sink.port();
        server.security = MailServer::Security::None;
        server.from = {"", "cx@example.com"};
        return server;
    }

    std::unique_ptr<Mails> mails_;
};
INSTANTIATE_TEST_SUITE_P(Stores, MailsTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

TEST_P(MailsTest, LieSealedUntilTheyAreTakenAndAreForgottenThen) {
    EXPECT_FALSE(mails_->claim()->has_value());
    keep();
    EXPECT_EQ(kept_letter().find("anna"), std::string::npos);
    EXPECT_EQ(kept_letter().find("K7QF"), std::string::npos);
    const auto claimed = mails_->claim().value();
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->posting.letter.to, "anna@example.com");
    EXPECT_THAT(claimed->posting.letter.text, HasSubstr("K7QF"));
    EXPECT_FALSE(mails_->claim()->has_value()) << "it is on its way";
    ASSERT_TRUE(mails_->settle(*claimed, {Kind::Taken, 250, {}}, 0.5));
    EXPECT_EQ(kept_letter(), "");
    const Mail mail = list().at(0);
    EXPECT_EQ(mail.state, DeliveryState::Done);
    EXPECT_EQ(mail.occasion, "invitation");
    EXPECT_EQ(mail.person, "7f3a");
    EXPECT_EQ(mail.tries, 1U);
}

TEST_P(MailsTest, AreTriedAgainLaterAndRefusedForGood) {
    keep();
    auto claimed = mails_->claim().value();
    ASSERT_TRUE(mails_->settle(*claimed, {Kind::TryAgain, 451, "later"}, 0.5));
    EXPECT_FALSE(mails_->claim()->has_value());
    EXPECT_EQ(list().at(0).due, clock_.now() + *wait_after(1, 0.5));
    clock_.pass(*wait_after(1, 0.5));
    claimed = mails_->claim().value();
    ASSERT_TRUE(claimed);
    EXPECT_EQ(claimed->tries, 1U);
    ASSERT_TRUE(mails_->settle(*claimed, {Kind::Refused, 550, "nobody"}, 0.5));
    EXPECT_EQ(list().at(0).state, DeliveryState::Failed);
    EXPECT_EQ(list().at(0).problem, "nobody");
    EXPECT_EQ(kept_letter(), "");
    clock_.pass(bounds::kept_for + seconds(1));
    ASSERT_TRUE(mails_->tidy_up());
    EXPECT_TRUE(list().empty());
}

TEST_P(MailsTest, AfterAKillTheSameIsClaimedAgain) {
    keep();
    const auto claimed = mails_->claim().value();
    ASSERT_TRUE(claimed);
    ASSERT_TRUE(mails_->begin());
    if (GetParam() == records::Dialect::Postgresql) {
        EXPECT_FALSE(mails_->claim()->has_value());
        clock_.pass(bounds::claim_max);
    }
    const auto again = mails_->claim().value();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->posting.id, claimed->posting.id);
    ASSERT_TRUE(mails_->settle(*again, MailFate{}, 0.5));
    EXPECT_EQ(list().at(0).tries, 0U);
    EXPECT_TRUE(mails_->claim()->has_value());
}

TEST_P(MailsTest, ThePostmanHandsThemOver) {
    const MailSink sink(folder_, {"--busy", "1", "--refuse", "nobody@example.com"});
    Postman postman(*mails_, server_of(sink));
    keep();
    ASSERT_TRUE(comes([&] { return list().at(0).tries == 1; }));
    EXPECT_EQ(list().at(0).code, 451);
    clock_.pass(hours(1));
    ASSERT_TRUE(comes([&] { return list().at(0).state == DeliveryState::Done; }));
    EXPECT_THAT(sink.message(0), HasSubstr("invitation#K7QF"));
    keep("nobody@example.com");
    ASSERT_TRUE(comes([&] { return list().at(0).state == DeliveryState::Failed; }));
    EXPECT_EQ(list().at(0).code, 550);
    EXPECT_EQ(sink.mails().size(), 1U);
    EXPECT_EQ(mails_->list(DeliveryState::Done, list().at(0).id, 10)->size(), 1U);
}

TEST_P(MailsTest, ATestIsSentAtOnceAndKept) {
    const MailSink sink(folder_);
    Postman postman(*mails_, server_of(sink));
    const Letter letter =
        write_letter(Occasion::Test, "fi", "bert@example.com", {"Kahvila", "", ""});
    const Mail mail = postman.test(letter, {"anna"}).value();
    EXPECT_EQ(mail.state, DeliveryState::Done);
    EXPECT_EQ(sink.mails().size(), 1U);
    EXPECT_EQ(list().at(0).id, mail.id);
    EXPECT_EQ(noted_, std::vector<std::string>{"mail.test"});
    EXPECT_FALSE(postman.test(write_letter(Occasion::Test, "fi", "no address", {}), {"anna"}));
}

TEST_P(MailsTest, AServerThatHangsHoldsNoEndUp) {
    const MailSink sink(folder_, {"--hang"});
    const auto began = steady_clock::now();
    {
        const Postman postman(*mails_, server_of(sink));
        keep();
        std::this_thread::sleep_for(seconds(2));
    }
    EXPECT_LT(steady_clock::now() - began, seconds(10));
    EXPECT_EQ(list().at(0).state, DeliveryState::Waiting);
    EXPECT_EQ(list().at(0).tries, 0U);
}

}  // namespace
}  // namespace kokemus::courier
