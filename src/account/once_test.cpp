#include <atomic>
#include <stdexcept>
#include <thread>

#include <gmock/gmock.h>

#include "account/accounts_fixture_test.h"
#include "account/door_api.h"
#include "account/once_api.h"
#include "account/once_store.h"
#include "account/secret.h"

namespace kokemus::account {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Writes with keys on an empty store, each test on both.
class OnceTest : public OnBothStores {
protected:
    void SetUp() override {
        OnBothStores::SetUp();
        once_ = std::make_unique<Once>(
            records_, clock_, seal::Seal::open(folder_ / "seal.key").value());
    }

    void TearDown() override {
        once_.reset();
        OnBothStores::TearDown();
    }

    OnceOutcome begin(const std::string& key, const std::string& body = "body",
                      const std::string& who = "anna") {
        auto outcome = once_->begin({who, key, body});
        EXPECT_TRUE(outcome) << outcome.error().message;
        return outcome ? *outcome : OnceBusy{};
    }

    std::unique_ptr<Once> once_;
};

TEST_P(OnceTest, GivesTheFirstAnswerAgainForADay) {
    const auto go = std::get<OnceGo>(begin("k"));
    EXPECT_TRUE(std::holds_alternative<OnceBusy>(begin("k"))) << "it is under way";
    ASSERT_TRUE(once_->settle(go, {200, "application/json", "{\"secret\":\"kk_1\"}\n\n"}));
    const auto answer = std::get<OnceAnswer>(begin("\"k\""));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.content_type, "application/json");
    EXPECT_EQ(answer.body, "{\"secret\":\"kk_1\"}\n\n");
    EXPECT_TRUE(std::holds_alternative<OnceOther>(begin("k", "another body")));
    EXPECT_TRUE(std::holds_alternative<OnceGo>(begin("k", "body", "bert"))) << "keys are one's own";
    pass(once_kept_for - Milliseconds(1));
    EXPECT_TRUE(std::holds_alternative<OnceAnswer>(begin("k")));
    pass(Milliseconds(1));
    EXPECT_TRUE(std::holds_alternative<OnceGo>(begin("k")));
}

TEST_P(OnceTest, KeepsNothingThatAThiefOfTheStoreCouldRead) {
    const std::string guessed = digest_of("body about anna");
    ASSERT_TRUE(once_->settle(std::get<OnceGo>(begin("key-of-mine", guessed)),
                              {200, "application/json", "kk_secret"}));
    const auto rows = records_
                          ->read([](records::Session& session) {
                              return session.rows<std::string, std::string, std::string>(
                                  "SELECT id, fingerprint, answer FROM account_once");
                          })
                          .value();
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_THAT(std::get<2>(rows.front()), Not(HasSubstr("kk_secret")));
    EXPECT_THAT(std::get<0>(rows.front()), Not(HasSubstr("key-of-mine")));
    EXPECT_NE(std::get<1>(rows.front()), guessed) << "who guesses the write cannot see it here";
}

TEST_P(OnceTest, AnswersThatAreForgottenAreNotGivenAgain) {
    const auto go = std::get<OnceGo>(begin("k"));
    const auto waiting = std::get<OnceGo>(begin("waiting"));
    ASSERT_TRUE(once_->settle(go, {200, "application/json", "{\"customer\":\"anna\"}"}));
    EXPECT_EQ(once_->forget_answers().value(), 1);
    EXPECT_TRUE(std::holds_alternative<OnceGone>(begin("k"))) << "nor is it carried out again";
    EXPECT_TRUE(std::holds_alternative<OnceOther>(begin("k", "another body")));
    ASSERT_TRUE(once_->settle(waiting, {200, "application/json", "{}"}));
    EXPECT_TRUE(std::holds_alternative<OnceAnswer>(begin("waiting")));
    EXPECT_EQ(once_->forget_answers().value(), 1);
    EXPECT_EQ(once_->forget_answers().value(), 0);
}

TEST_P(OnceTest, WhatHadNoEffectMayBeTriedAgain) {
    ASSERT_TRUE(once_->forget(std::get<OnceGo>(begin("k"))));
    EXPECT_TRUE(std::holds_alternative<OnceGo>(begin("k", "even another")));
}

TEST_P(OnceTest, OfEqualOnesAtTheSameTimeOneGoes) {
    for (int round = 0; round < 5; ++round) {
        std::atomic<int> going{0};
        {
            std::vector<std::jthread> senders;
            for (int i = 0; i < 6; ++i) {
                senders.emplace_back([&] {
                    const auto outcome = once_->begin({"anna", std::to_string(round), "body"});
                    ASSERT_TRUE(outcome) << outcome.error().message;
                    going += std::holds_alternative<OnceGo>(*outcome) ? 1 : 0;
                });
            }
        }
        EXPECT_EQ(going, 1);
    }
}

TEST_P(OnceTest, RefusesWhatIsNoKeyAndTooManyOfThem) {
    for (const std::string& wrong : {std::string(),
                                     std::string("\"\""),
                                     std::string("a b"),
                                     std::string("\x80"),
                                     std::string(once_key_characters_max + 1, 'x')}) {
        const auto outcome = once_->begin({"anna", wrong, "body"});
        ASSERT_FALSE(outcome) << wrong;
        EXPECT_EQ(outcome.error().code, ErrorCode::InvalidInput);
    }
    for (std::size_t i = 0; i < once_per_person_max; ++i) {
        ASSERT_TRUE(once_->begin({"anna", std::to_string(i), "body"}));
    }
    EXPECT_EQ(once_->begin({"anna", "more", "body"}).error().code, ErrorCode::TooLarge);
    EXPECT_TRUE(once_->begin({"bert", "more", "body"}));
}

TEST_P(OnceTest, ARouteIsCarriedOutOnceForEachKey) {
    int carried_out = 0;
    http::Router router;
    router.guard(open_guard({}));
    router.around(carried_out_once(*once_));
    const auto add = [&](std::string_view path, Right right) {
        router.add(http::Method::Post, path, needs(right), [&](const http::Request& request) {
            ++carried_out;
            if (request.body == "throws") {
                throw std::runtime_error("no answer");
            }
            http::Response response = http::json(std::to_string(carried_out));
            if (request.body == "tagged") {
                response.headers["etag"] = "\"7\"";
            }
            const bool is_number = !request.body.empty() && request.body.front() == '4';
            response.status = request.body == "fails" ? 503
                              : is_number             ? std::stoi(request.body)
                                                      : 200;
            return response;
        });
    };
    add("/things", Right::ReadBlueprint);
    add("/questions", Right::AskQuestions);
    const auto send = [&](const std::string& path,
                          const std::string& key,
                          const std::string& body = "body",
                          const std::string& if_match = "") {
        http::Request request;
        request.method = http::Method::Post;
        EXPECT_TRUE(http::parse_target(path, request));
        request.headers["idempotency-key"] = key;
        request.headers["if-match"] = if_match;
        request.body = body;
        return router.answer(request);
    };
    EXPECT_EQ(send("/things", "a").body, "1");
    const http::Response again = send("/things", "a");
    EXPECT_EQ(again.body, "1");
    EXPECT_EQ(again.headers.at("idempotency-replayed"), "true");
    EXPECT_EQ(again.headers.count("etag"), 0U);
    EXPECT_EQ(send("/things", "b").body, "2");
    const http::Response other = send("/things", "a", "other body");
    EXPECT_EQ(other.status, 422);
    EXPECT_THAT(other.body, HasSubstr("a key"));
    EXPECT_EQ(send("/things", "").body, "3") << "without a key as ever";
    EXPECT_EQ(send("/things", "c", "fails").status, 503);
    EXPECT_EQ(send("/things", "c", "fails").body, "5") << "a fault is tried again";
    EXPECT_EQ(send("/things", "d", "throws").status, 500);
    EXPECT_EQ(send("/things", "d", "throws").status, 500) << "nor does that block its key";
    EXPECT_EQ(send("/questions", "a").body, "8");
    EXPECT_EQ(send("/questions", "a").body, "9") << "a question changes nothing";
    EXPECT_EQ(send("/things", "a b").status, 400);
    for (const std::string passing : {"409", "412", "428", "429"}) {
        const int before = carried_out;
        EXPECT_EQ(send("/things", passing, passing).status, std::stoi(passing));
        EXPECT_EQ(send("/things", passing, passing).headers.count("idempotency-replayed"), 0U);
        EXPECT_EQ(carried_out, before + 2) << passing << " may have gone by";
        EXPECT_EQ(send("/things", passing, "now").status, 200);
    }
    EXPECT_EQ(send("/things", "tag", "tagged").headers.at("etag"), "\"7\"");
    const http::Response tagged = send("/things", "tag", "tagged");
    EXPECT_EQ(tagged.headers.at("etag"), "\"7\"") << "the version to go on from";
    EXPECT_EQ(tagged.headers.at("idempotency-replayed"), "true");
    EXPECT_EQ(tagged.content_type, "application/json; charset=utf-8");
    EXPECT_EQ(send("/things", "e", "body", "\"2\"").status, 200);
    EXPECT_EQ(send("/things", "e", "body", "\"3\"").status, 422) << "upon another version";
}

INSTANTIATE_TEST_SUITE_P(On, OnceTest,
                         testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         store_name);

}  // namespace
}  // namespace kokemus::account
