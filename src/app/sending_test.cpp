#include "app/sending.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "ledger/ledger_test_folder.h"

namespace kokemus::app {
namespace {

using ::testing::HasSubstr;

class SendingTest : public ::testing::Test {
protected:
    Configuration told() const {
        Configuration configuration;
        configuration.url = "https://cx.example/";
        configuration.mail.host = "127.0.0.1";
        configuration.mail.port = 1;
        configuration.mail.from = "Shop <cx@example.com>";
        return configuration;
    }

    std::string refusal(const Configuration& configuration) const {
        const auto server = mail_server(configuration, area_.path());
        return server ? "" : server.error().message;
    }

    std::int64_t count(const KeptRecords& kept, const std::string& table) const {
        const auto row = kept.records->read([&](records::Session& session) {
            return session.row<std::int64_t>("SELECT count(*) FROM " + table);
        });
        return std::get<0>(**row);
    }

    ledger::TestFolder area_;
    SystemClock clock_;
};

TEST_F(SendingTest, AMailServerNeedsAnAddressForLinksAndASender) {
    EXPECT_FALSE(mail_server({}, area_.path())->has_value());
    EXPECT_EQ(refusal(told()), "");
    Configuration wrong = told();
    wrong.url = "cx.example";
    EXPECT_THAT(refusal(wrong), HasSubstr("url under [server]"));
    wrong = told();
    wrong.mail.from = "Shop";
    EXPECT_THAT(refusal(wrong), HasSubstr("nobody to send mails"));
    wrong = told();
    wrong.mail.user = "cx";
    EXPECT_THAT(refusal(wrong), HasSubstr("there is no secret \"mail\""));
    ASSERT_TRUE(make_folders(area_.path() / "secrets"));
    ASSERT_TRUE(write_file(area_.path() / "secrets" / "mail", "word\n"));
    EXPECT_EQ((*mail_server(wrong, area_.path()))->password, "word");
}

/// The server's port is closed here, so that what is kept for it stays kept.
TEST_F(SendingTest, AnInvitationIsAnEventAndWhereMailsAreSentAMail) {
    const KeptRecords kept = open_records({}, area_.path()).value();
    account::Accounts accounts(kept.records, clock_, "Shop", kept.seal);
    account::User user;
    user.name = "Bert";
    for (const bool has_server : {false, true}) {
        const auto sending =
            Sending::start(has_server ? told() : Configuration{}, kept, area_.path(), "Shop")
                .value();
        accounts.listen(sending->listener());
        user.email = has_server ? "bert@example.com" : "anna@example.com";
        ASSERT_TRUE(accounts.add(user, {"admin", ""}));
        EXPECT_EQ(count(kept, "courier_mail"), has_server ? 1 : 0);
        accounts.listen({});
    }
    user.email = "program@example.com";
    user.role = account::Role::Integration;
    const auto sending = Sending::start(told(), kept, area_.path(), "Shop").value();
    accounts.listen(sending->listener());
    ASSERT_TRUE(accounts.add(user, {"admin", ""}));
    EXPECT_EQ(count(kept, "courier_mail"), 1) << "a program gets no mails";
}

}  // namespace
}  // namespace kokemus::app
