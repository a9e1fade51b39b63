#include <unistd.h>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account/accounts_store.h"
#include "account/door_api.h"
#include "app/api.h"
#include "app/asker.h"
#include "app/kept_records.h"
#include "app/server_note.h"
#include "backup/restore.h"
#include "base/file.h"
#include "http/ask_once.h"
#include "http/server.h"
#include "ledger/ledger_test_folder.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using encounter::Encounter;
using testing::HasSubstr;

constexpr const char* key = "0123456789abcdef";

/// A request of who knows the key.
http::Request asked(std::string body) {
    http::Request request;
    request.headers["authorization"] = std::string("Bearer ") + key;
    request.body = std::move(body);
    return request;
}

/// A server of an organisation with a few encounters.
class BackupApi : public ::testing::Test {
protected:
    void SetUp() override {
        auto opened = Organisation::open(data(), std::nullopt, Organisation::Open::OrNew);
        ASSERT_TRUE(opened) << opened.error().message;
        organisation_ = std::move(*opened);
        ASSERT_TRUE(organisation_->keep_blueprint_text("name = \"Shop\"", "shop"));
        std::vector<Encounter> batch(500);
        for (int i = 0; i < 500; ++i) {
            Encounter& one = batch[static_cast<std::size_t>(i)];
            one.customer = encounter::CustomerName("customer " + std::to_string(i % 7));
            one.id = encounter::EncounterId(std::to_string(i));
            one.time = Instant(std::chrono::hours(24 * 20'000 + i));
            one.touchpoint = i % 3 == 0 ? "order placed" : "delivered";
        }
        ASSERT_TRUE(organisation_->ledger().append(batch));
    }

    std::filesystem::path data() const { return area_.path() / "data"; }
    std::filesystem::path folder() const { return area_.path() / "backup"; }

    std::string wish() const {
        return json::serialize(json::object{{"folder", folder().string()}});
    }

    http::Response send(http::Request request) {
        http::Router router;
        router.guard(account::open_guard(key));
        add_backup_routes(router, *organisation_);
        request.method = http::Method::Post;
        request.headers.emplace("content-type", "application/json");
        EXPECT_TRUE(http::parse_target("/api/backups", request));
        return router.answer(request);
    }

    static std::string answers(const std::filesystem::path& data) {
        auto organisation = Organisation::open(data, std::nullopt, Organisation::Open::Existing);
        EXPECT_TRUE(organisation) << organisation.error().message;
        EXPECT_TRUE((*organisation)->snapshot());
        Asker asker(**organisation);
        http::Router router;
        router.guard(account::open_guard({}));
        add_ask_routes(router, asker);
        std::string all;
        for (const char* question : {"/api/ask?q=flow", "/api/ask?q=variants"}) {
            http::Request request;
            EXPECT_TRUE(http::parse_target(question, request));
            const http::Response response = router.answer(request);
            EXPECT_EQ(response.status, 200) << response.body;
            all += response.body;
        }
        return all;
    }

    ledger::TestFolder area_;
    std::unique_ptr<Organisation> organisation_;
};

TEST_F(BackupApi, AServerMakesOneThatAnswersTheSame) {
    http::Router router;
    router.guard(account::open_guard(key));
    add_backup_routes(router, *organisation_);
    http::ServerOptions options;
    options.port = 0;
    const auto server = http::Server::start(options, std::move(router));
    ASSERT_TRUE(server) << server.error().message;
    const auto response = http::ask_once({"127.0.0.1", (*server)->port()},
                                         {.method = http::Method::Post,
                                          .path = "/api/backups",
                                          .content_type = "application/json",
                                          .body = wish(),
                                          .authorization = std::string("Bearer ") + key});
    ASSERT_TRUE(response) << response.error().message;
    ASSERT_EQ(response->status, 200) << response->body;
    const json::value said = json::parse(response->body);
    EXPECT_EQ(said.at("encounters"), 500);
    EXPECT_EQ(said.at("customers"), 7);
    (*server)->stop();
    organisation_.reset();
    const auto restored = area_.path() / "restored";
    const auto back =
        backup::restore_backup(folder(), restored, backup::Existing::Refuse, SystemClock());
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(answers(restored), answers(data()));
}

TEST_F(BackupApi, HoldsThePeopleToo) {
    const auto accounts_of = [](const std::filesystem::path& folder) {
        static const FixedClock noon(Instant(std::chrono::hours(24 * 20'000 + 12)));
        const KeptRecords kept = open_records({}, folder).value();
        return std::make_unique<account::Accounts>(kept.records, noon, "Shop", kept.seal);
    };
    {
        const auto accounts = accounts_of(data());
        account::User anna;
        anna.email = "anna@example.com";
        anna.name = "Anna";
        ASSERT_TRUE(accounts->set_up(
            accounts->new_setup_code(), anna, "correct horse battery staple", "127.0.0.1"));
        ASSERT_EQ(send(asked(wish())).status, 200) << "while they are in use";
    }
    const auto restored = area_.path() / "restored";
    ASSERT_TRUE(
        backup::restore_backup(folder(), restored, backup::Existing::Refuse, SystemClock()));
    const auto back = accounts_of(restored);
    EXPECT_EQ(back->users()->at(0).email, "anna@example.com");
    EXPECT_FALSE(back->verify_audit()->first_broken);
}

TEST_F(BackupApi, IsOnlyForWhoKnowsTheKey) {
    for (const char* authorization : {"",
                                      "Bearer",
                                      "Bearer ",
                                      "Bearer 0123456789abcdee",
                                      "Bearer 0123456789abcdef0",
                                      "0123456789abcdef",
                                      "Basic 0123456789abcdef"}) {
        http::Request request = asked(wish());
        request.headers["authorization"] = authorization;
        EXPECT_EQ(send(request).status, 403) << authorization;
    }
    http::Request without = asked(wish());
    without.headers.erase("authorization");
    EXPECT_EQ(send(without).status, 403);
    EXPECT_FALSE(std::filesystem::exists(folder()));
}

TEST_F(BackupApi, RefusesWhatItCannotDo) {
    for (const char* body : {"", "[]", "{}", R"({"folder":7})", R"({"folder":"here"})"}) {
        EXPECT_EQ(send(asked(body)).status, 400) << body;
    }
    http::Request form = asked(wish());
    form.headers["content-type"] = "text/plain";
    EXPECT_EQ(send(form).status, 400);
    const auto to = [&](const std::filesystem::path& place) {
        return send(asked(json::serialize(json::object{{"folder", place.string()}})));
    };
    EXPECT_EQ(to(data()).status, 400);
    EXPECT_EQ(to(data() / "ledger" / ".." / "backups").status, 400) << "within the data folder";
    std::filesystem::create_directory_symlink(data(), area_.path() / "elsewhere");
    EXPECT_EQ(to(area_.path() / "elsewhere" / "backup").status, 400) << "by a link";
    const http::Response full = to(area_.path());
    EXPECT_EQ(full.status, 409);
    EXPECT_THAT(full.body, HasSubstr("is not empty"));
    const http::Response other = send(asked(json::serialize(
        json::object{{"folder", folder().string()}, {"data", area_.path().string()}})));
    EXPECT_EQ(other.status, 409);
    EXPECT_FALSE(std::filesystem::exists(folder()));
}

TEST_F(BackupApi, TheNoteCountsOnlyForWhoHoldsTheFolder) {
    {
        const auto note = ServerNote::write(data(), {::getpid(), "127.0.0.1", 7, key, true});
        ASSERT_TRUE(note);
        const auto read = ServerNote::read(data());
        ASSERT_TRUE(read);
        EXPECT_EQ(read->port, 7);
        EXPECT_EQ(read->key, key);
        namespace fs = std::filesystem;
        EXPECT_EQ(fs::status(data() / "server.json").permissions(),
                  fs::perms::owner_read | fs::perms::owner_write);
    }
    EXPECT_FALSE(ServerNote::read(data())) << "the note stays after the server";
    const auto foreign = ServerNote::write(data(), {::getpid() + 1, "127.0.0.1", 7, key});
    EXPECT_FALSE(ServerNote::read(data()));
    const auto one = ServerNote::new_key();
    const auto another = ServerNote::new_key();
    ASSERT_TRUE(one && another);
    EXPECT_EQ(one->size(), 32);
    EXPECT_NE(*one, *another);
}

TEST_F(BackupApi, NobodyListeningIsSaid) {
    const auto response = http::ask_once({"127.0.0.1", 1}, {.path = "/"});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Unavailable);
}

}  // namespace
}  // namespace kokemus::app
