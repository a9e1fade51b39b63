#include "app/backup_list.h"
#include "app/command.h"
#include "app/eraser.h"
#include "app/erasing_fixture_test.h"
#include "app/erasure_json.h"
#include "app/secrets.h"
#include "privacy/erased_digests.h"

/// Places beside ledger and timeline that an erasure reaches, and one that was interrupted.
namespace kokemus::app {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(Erasing, ReachesTheTextsOfRefusedItems) {
    // Neither has a time, so both are refused and kept for correction.
    const std::string hers =
        R"({"customer":"anna@x.fi","touchpoint":"call","text":"zanzibar-9","page":"/?m=anna%40x.fi"})";
    const std::string his = R"({"customer":"bert@x.fi","touchpoint":"call"})";
    ask("admin", "POST /api/encounters", hers);
    ask("admin", "POST /api/encounters", his);
    EXPECT_EQ(said("admin", "GET /api/refused").at("items").as_array().size(), 2U);
    EXPECT_THAT(files_with("zanzibar-9"), Not(IsEmpty())) << "else this test proves nothing";

    const Eraser eraser(*organisation_);
    said("admin", "POST /api/erasures", order);
    const json::value sealed = finished();
    EXPECT_EQ(sealed.at("elsewhere").at("refused_items"), 1);
    EXPECT_THAT(files_with("zanzibar-9"), IsEmpty());
    EXPECT_THAT(files_with("anna"), IsEmpty());
    EXPECT_EQ(said("admin", "GET /api/refused").at("items").as_array().size(), 1U);

    ask("admin", "POST /api/encounters", hers);
    EXPECT_EQ(said("admin", "GET /api/refused").at("items").as_array().size(), 1U);
    EXPECT_THAT(files_with("zanzibar-9"), IsEmpty());
}

/// Sealed, it could not be found there; a retry would have brought the person back for a day.
TEST_F(Erasing, ReachesAnswersThatAreKeptForAKey) {
    const auto send = [&] {
        return asked(server_->port(),
                     "POST /api/customers/anna%40x.fi/consents",
                     proof_.at("admin") + "Idempotency-Key: k1\r\n",
                     R"({"purpose":"contact","state":"granted","source":"zanzibar-9"})");
    };
    EXPECT_EQ(send().status, 200);
    EXPECT_THAT(send().body, HasSubstr("zanzibar-9")) << "the first answer again";
    said("admin", "POST /api/erasures", order);
    const Heard again = send();
    EXPECT_EQ(again.status, 410) << again.body;
    EXPECT_THAT(again.body, Not(HasSubstr("zanzibar-9")));
    EXPECT_THAT(again.body, Not(HasSubstr("anna")));
    const Eraser eraser(*organisation_);
    EXPECT_EQ(finished().at("elsewhere").at("first_answers"), 0) << "they were gone by then";
    EXPECT_EQ(send().status, 410) << "nor is it carried out a second time";
}

TEST_F(Erasing, WaitsForABackupThatIsBeingMadeAndNamesIt) {
    ASSERT_TRUE(note_begun(data(), "/backups/killed", Instant{}));
    const Eraser eraser(*organisation_);
    {
        const auto held = organisation_->hold_files();
        ASSERT_TRUE(note_begun(data(), "/backups/monday", clock_.now()));
        said("admin", "POST /api/erasures", order);
        EXPECT_EQ(ask("admin", "GET /api/customers/anna%40x.fi").status, 404) << "at once";
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        const json::value all = said("admin", "GET /api/erasures");
        EXPECT_TRUE(all.at("erasures").at(0).at("finished_at").is_null());
        ASSERT_TRUE(note_backup(data(), "/backups/monday", clock_.now()));
    }
    const std::string receipt = json::serialize(finished().at("elsewhere").at("still_held_by"));
    EXPECT_THAT(receipt, HasSubstr("the backup begun at 1970-01-01T00:00:00Z in /backups/killed"));
    EXPECT_THAT(receipt, HasSubstr("in /backups/monday"));
    EXPECT_THAT(receipt, HasSubstr("the backup of "));
    ASSERT_TRUE(forget_begun(data(), "/backups/killed"));
    EXPECT_EQ(backups_made(data())->size(), 1U);
}

/// As after a kill: ordered by one program, finished by another.
TEST_F(Erasing, ReachesRefusedItemsWhenItIsResumed) {
    ask("admin",
        "POST /api/encounters",
        R"({"customer":"anna@x.fi","touchpoint":"call","text":"zanzibar-9"})");
    EXPECT_EQ(said("admin", "GET /api/refused").at("items").as_array().size(), 1U);
    said("admin", "POST /api/erasures", order);
    leave_organisation();
    CommandSettings settings;
    settings.data = data();
    settings.quiet = true;
    EXPECT_THAT(files_with("zanzibar-9"), Not(IsEmpty()));
    EraseCommand another;
    another.customers = {"cookie-of-nobody"};
    another.json = true;
    testing::internal::CaptureStdout();
    const auto done = erase(settings, another);
    const std::string printed = testing::internal::GetCapturedStdout();
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(json::parse(printed).at("elsewhere").at("refused_items"), 1);
    EXPECT_THAT(files_with("zanzibar-9"), IsEmpty());
}

TEST_F(Erasing, IsResumedByTheNextStart) {
    said("admin", "POST /api/erasures", order);
    EXPECT_THAT(files_with("zanzibar-7"), Not(IsEmpty()));
    server_->stop();
    queue_->end();
    customers_->end();
    const ledger::TestFolder other;
    std::filesystem::copy(data(), other.path() / "data", std::filesystem::copy_options::recursive);
    const auto organisation = std::move(
        *Organisation::open(other.path() / "data", std::nullopt, Organisation::Open::Existing));
    EXPECT_TRUE(organisation->has_open_erasures());
    ASSERT_TRUE(organisation->snapshot());
    EXPECT_FALSE((*organisation->snapshot())->engine == nullptr);
    ASSERT_TRUE(organisation->finish_erasures({}));
    EXPECT_FALSE(organisation->has_open_erasures());
}

}  // namespace
}  // namespace kokemus::app
