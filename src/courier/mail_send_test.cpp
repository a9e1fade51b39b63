#include "courier/mail_send.h"

#include <thread>

#include <gmock/gmock.h>

#include "courier/mail_sink_test.h"

namespace kokemus::courier {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Kind = MailFate::Kind;
using Security = MailServer::Security;

const Posting posting{
    {"anna@example.com", "H\xc3\xa4lyt\xc3\xa4", "Hei \xc3\xa4iti\n.\n.dot\n", "<p>Hei</p>\n"},
    "mail_1",
    Instant(std::chrono::seconds(1'790'000'000))};

class MailSend : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ =
            std::filesystem::temp_directory_path() / ("mail_send_" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    static MailServer server_of(const MailSink& sink, Security security) {
        MailServer server;
        server.host = "localhost";
        server.port = sink.port();
        server.security = security;
        server.from = {"Kahvila", "cx@example.com"};
        server.ca_file = security == Security::None ? "" : sink.certificate();
        return server;
    }

    std::filesystem::path folder_;
};

TEST_F(MailSend, TextAndHtmlArriveAsAlternatives) {
    const MailSink sink(folder_);
    const MailFate fate = send_mail(posting, server_of(sink, Security::None), {});
    ASSERT_EQ(fate.kind, Kind::Taken) << fate.problem;
    const auto mail = sink.mails().at(0);
    EXPECT_EQ(mail.at("from"), "MAIL FROM:<cx@example.com>");
    EXPECT_EQ(mail.at("to").as_array().at(0), "RCPT TO:<anna@example.com>");
    const std::string message = sink.message(0);
    for (const char* line : {"From: \"Kahvila\" <cx@example.com>\r\n",
                             "To: <anna@example.com>\r\n",
                             "Subject: =?UTF-8?B?SMOkbHl0w6Q=?=\r\n",
                             "Date: Mon, 21 Sep 2026 14:13:20 +0000\r\n",
                             "Message-ID: <mail_1@example.com>\r\n",
                             "Mime-Version: 1.0\r\n",
                             "Content-Type: multipart/alternative; boundary=",
                             "Content-Type: text/plain; charset=utf-8\r\n",
                             "Content-Type: text/html; charset=utf-8\r\n",
                             "<p>Hei</p>"}) {
        EXPECT_THAT(message, HasSubstr(line));
    }
    EXPECT_LT(message.find("text/plain"), message.find("text/html"));
    EXPECT_THAT(message, HasSubstr("Hei =C3=A4iti\r\n.\r\n.dot\r\n"));
    EXPECT_EQ(message.find("multipart/"), message.rfind("multipart/"));
}

TEST_F(MailSend, TlsIsUsedAsToldAndTheCertificateIsLookedAt) {
    const MailSink starts(folder_, {"--tls", "starttls"});
    EXPECT_EQ(send_mail(posting, server_of(starts, Security::StartTls), {}).kind, Kind::Taken);
    EXPECT_EQ(starts.mails().at(0).at("secure"), true);
    MailServer distrusted = server_of(starts, Security::StartTls);
    distrusted.ca_file.clear();
    const MailFate refused = send_mail(posting, distrusted, {});
    EXPECT_EQ(refused.kind, Kind::TryAgain);
    EXPECT_THAT(refused.problem, HasSubstr("certificate"));
    EXPECT_EQ(starts.mails().size(), 1U);
}

TEST_F(MailSend, TlsFromTheBeginning) {
    const MailSink sink(folder_, {"--tls", "tls"});
    const MailFate fate = send_mail(posting, server_of(sink, Security::Tls), {});
    EXPECT_EQ(fate.kind, Kind::Taken) << fate.problem;
    EXPECT_EQ(sink.mails().at(0).at("secure"), true);
}

/// Somebody in between who takes STARTTLS out of what the server offers gets no mail.
TEST_F(MailSend, NothingGoesInTheClearWhereTlsIsWanted) {
    const MailSink sink(folder_);
    MailServer server = server_of(sink, Security::StartTls);
    server.ca_file.clear();
    EXPECT_EQ(send_mail(posting, server, {}).kind, Kind::TryAgain);
    EXPECT_TRUE(sink.mails().empty());
}

TEST_F(MailSend, SignsInWhereAUserIsTold) {
    const MailSink sink(folder_, {"--user", "cx", "--password", "secret words"});
    MailServer server = server_of(sink, Security::None);
    EXPECT_EQ(send_mail(posting, server, {}).kind, Kind::TryAgain) << "530 may be put right";
    server.user = "cx";
    server.password = "wrong";
    const MailFate wrong = send_mail(posting, server, {});
    EXPECT_EQ(wrong.kind, Kind::TryAgain);
    EXPECT_THAT(wrong.problem, Not(HasSubstr("wrong\"")));
    server.password = "secret words";
    const MailFate fate = send_mail(posting, server, {});
    EXPECT_EQ(fate.kind, Kind::Taken) << fate.problem;
}

TEST_F(MailSend, ARecipientWhoIsNotThereIsRefusedAndABusyServerIsNot) {
    const MailSink sink(folder_, {"--refuse", "anna@example.com", "--busy", "1"});
    const MailServer server = server_of(sink, Security::None);
    const MailFate refused = send_mail(posting, server, {});
    EXPECT_EQ(refused.kind, Kind::Refused);
    EXPECT_EQ(refused.code, 550);
    EXPECT_THAT(refused.problem, HasSubstr("the mail server said 550"));
    Posting other = posting;
    other.letter.to = "bert@example.com";
    const MailFate busy = send_mail(other, server, {});
    EXPECT_EQ(busy.kind, Kind::TryAgain);
    EXPECT_EQ(busy.code, 451);
    EXPECT_EQ(send_mail(other, server, {}).kind, Kind::Taken);
    EXPECT_EQ(sink.mails().size(), 1U);
}

TEST_F(MailSend, OneThatHangsCanBeCalledOffAndOneThatIsNotThereIsSaid) {
    const MailSink sink(folder_, {"--hang"});
    std::stop_source stop;
    std::jthread caller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        stop.request_stop();
    });
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(send_mail(posting, server_of(sink, Security::None), stop.get_token()).kind,
              Kind::NotTried);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
    MailServer nowhere = server_of(sink, Security::None);
    nowhere.port = 1;
    const MailFate fate = send_mail(posting, nowhere, {});
    EXPECT_EQ(fate.kind, Kind::TryAgain);
    EXPECT_EQ(fate.code, 0);
    EXPECT_FALSE(fate.problem.empty());
}

TEST_F(MailSend, WhatWouldBreakAHeaderIsRefused) {
    Posting wrong = posting;
    wrong.letter.to = "anna@example.com>\r\nRCPT TO:<eve@example.com";
    EXPECT_EQ(send_mail(wrong, MailServer{}, {}).kind, Kind::Refused);
}

}  // namespace
}  // namespace kokemus::courier
