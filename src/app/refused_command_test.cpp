#include "app/refused_command.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account/audit_store.h"
#include "app/kept_records.h"
#include "app/organisation.h"
#include "ledger/ledger_test_folder.h"
#include "refused/refused_store.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

/// A data folder in which a call was refused, before its event was called as it has to be.
class RefusedCommands : public ::testing::Test {
protected:
    void SetUp() override {
        settings_.data = area_.path();
        const auto organisation =
            Organisation::open(area_.path(), std::nullopt, Organisation::Open::OrNew);
        ASSERT_TRUE(organisation) << organisation.error().message;
        ASSERT_TRUE((*organisation)->keep_blueprint_text("name = \"Shop\"", "shop"));
        const refused::Arrival came{.door = refused::Door::Segment,
                                    .source = "write-key",
                                    .at = Instant(Milliseconds(1767323045007))};
        const std::vector items{
            refused::make_item(came,
                               "invalid_event",
                               "`score` is no number",
                               R"({"type":"track","userId":"u","event":"sold","messageId":"a"})"),
            refused::make_item(
                came, "missing_event", "needs an `event`", R"({"type":"track","userId":"u"})")};
        id_ = items.front().id;
        ASSERT_TRUE(refused::Store(open_records({}, area_.path())->records).add(items));
    }

    template <typename Run>
    std::string said(const Run& run, const RefusedCommand& options, Exit exit = Exit::Done) {
        testing::internal::CaptureStdout();
        const Result<Exit> outcome = run(settings_, options);
        std::fflush(stdout);
        std::string text = testing::internal::GetCapturedStdout();
        EXPECT_TRUE(outcome) << outcome.error().message;
        EXPECT_EQ(*outcome, exit);
        return text;
    }

    ledger::TestFolder area_;
    CommandSettings settings_;
    std::string id_;
};

TEST_F(RefusedCommands, ListAndShowWhatThereIs) {
    EXPECT_THAT(said(list_refused, {}), HasSubstr("missing_event: needs an `event`"));
    RefusedCommand options;
    options.code = "invalid_event";
    options.json = true;
    const json::value list = json::parse(said(list_refused, options));
    ASSERT_EQ(list.at("items").as_array().size(), 1U);
    EXPECT_EQ(std::string(list.at("items").at(0).at("id").as_string()), id_);
    EXPECT_EQ(list.at("counts").as_array().size(), 2U);
    options.code = "none";
    options.json = false;
    EXPECT_EQ(said(list_refused, options), "Nothing like that was refused.\n");
    options.id = id_;
    EXPECT_THAT(said(show_refused, options), HasSubstr(R"("event":"sold")"));
    options.id = "none";
    EXPECT_EQ(show_refused(settings_, options).error().code, ErrorCode::NotFound);
}

/// What somebody sent may not write on the operator's screen, or into the clipboard.
TEST_F(RefusedCommands, ShowWhatWasSentWithoutItsEscapes) {
    const refused::Arrival came{.door = refused::Door::Encounters,
                                .source = "key",
                                .at = Instant(Milliseconds(1767323045007))};
    const std::vector items{refused::make_item(
        came, "not_json", "`\x1b[2Jodd` is odd", "\x1b]52;c;bHM=\x07\nsecond line")};
    ASSERT_TRUE(refused::Store(open_records({}, area_.path())->records).add(items));
    RefusedCommand options;
    options.id = items.front().id;
    for (const std::string& text : {said(list_refused, {}), said(show_refused, options)}) {
        EXPECT_THAT(text, testing::Not(HasSubstr("\x1b")));
        EXPECT_THAT(text, HasSubstr("`\\x1b[2Jodd` is odd"));
    }
    EXPECT_THAT(said(show_refused, options), HasSubstr("\\x1b]52;c;bHM=\\x07\nsecond line\n"));
}

TEST_F(RefusedCommands, StandInTheAuditLogAsOverHttp) {
    RefusedCommand options;
    options.id = id_;
    said(list_refused, {});
    said(show_refused, options);
    said(replay_refused, {}, Exit::Attention);
    const auto log = open_records({}, area_.path())->records->read([](records::Session& session) {
        return account::audit_before(session, {}, 10);
    });
    ASSERT_TRUE(log);
    std::vector<std::string> actions;
    for (const account::AuditEntry& entry : *log) {
        actions.push_back(entry.actor + " " + entry.action + " " + entry.subject);
    }
    EXPECT_THAT(
        actions,
        testing::ElementsAre(
            "operator refused.replay ", "operator refused.read " + id_, "operator refused.list "));
}

TEST_F(RefusedCommands, ReplayRehearsesAndSendsAgain) {
    RefusedCommand options;
    options.json = true;
    options.dry_run = true;
    EXPECT_EQ(json::parse(said(replay_refused, options, Exit::Attention)).at("done"), 1);
    EXPECT_THAT(said(list_refused, options), HasSubstr(R"("state":"open")"));
    options.dry_run = false;
    options.code = "invalid_event";
    const json::value done = json::parse(said(replay_refused, options));
    EXPECT_EQ(done.at("looked_at"), 1);
    EXPECT_EQ(done.at("done"), 1);
    EXPECT_THAT(said(list_refused, options), HasSubstr(R"("outcome":"accepted")"));
    const auto organisation =
        Organisation::open(area_.path(), std::nullopt, Organisation::Open::Existing);
    EXPECT_EQ((*organisation)->ledger().totals()->encounters, 1U);
    EXPECT_FALSE(replay_refused(settings_, options)) << "the ledger is in use";
}

}  // namespace
}  // namespace kokemus::app
