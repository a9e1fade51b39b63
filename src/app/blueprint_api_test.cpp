#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "account/audit_store.h"
#include "app/live.h"
#include "app/rights_fixture_test.h"
#include "base/file.h"
#include "base/project_file.h"

namespace kokemus::app {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;

constexpr const char* first = "name = \"Shop\"";
constexpr const char* second = R"(# with a channel, and a comment
name = "Shop"
[channel.phone]
kind = "human"
[touchpoint.call]
channel = "phone"
owner = "Sales"
)";

/// The blueprint changed over HTTP, on a real server with people of every role.
class BlueprintApi : public Rights {
protected:
    Heard post(const std::string& who, const std::string& toml, const std::string& if_match,
               bool dry_run = false) {
        const std::string body =
            json::serialize(json::object{{"toml", toml}, {"reason", "why"}, {"dry_run", dry_run}});
        const Proof proof =
            proof_.at(who) + (if_match.empty() ? "" : "If-Match: \"" + if_match + "\"\r\n");
        return asked(server_->port(), "POST /api/blueprint", proof, body);
    }

    json::object put(const std::string& toml, const std::string& if_match) {
        const Heard heard = post("experience-lead", toml, if_match);
        EXPECT_EQ(heard.status, 200) << heard.body;
        return json::parse(heard.body).as_object();
    }

    json::object get(const std::string& target) {
        const Heard heard = ask("analyst", "GET " + target);
        EXPECT_EQ(heard.status, 200) << heard.body;
        return json::parse(heard.body).as_object();
    }

    std::string file() const { return read_file(data() / "blueprint.toml", 10'000).value(); }
};

TEST_F(BlueprintApi, TheFirstVersionIsTheFileThatWasFound) {
    const auto list = get("/api/blueprint/versions");
    EXPECT_EQ(list.at("in_force").as_int64(), 1);
    const auto& version = list.at("versions").as_array().at(0).as_object();
    EXPECT_EQ(version.at("author").as_string(), "file");
    EXPECT_EQ(version.at("reason").as_string(), "found in the data folder");
    EXPECT_EQ(get("/api/blueprint/versions/1").at("toml").as_string(), first);
    EXPECT_EQ(get("/api/blueprint").at("version").as_int64(), 1);
    EXPECT_EQ(ask("analyst", "GET /api/blueprint/versions/2").status, 404);
    EXPECT_EQ(ask("analyst", "GET /api/blueprint/versions/x").status, 404);
    EXPECT_EQ(ask("analyst", "GET /api/blueprint/versions?limit=201").status, 400);
}

TEST_F(BlueprintApi, ADryRunShowsAndChangesNothing) {
    const Heard heard = post("experience-lead", second, "", true);
    ASSERT_EQ(heard.status, 200) << heard.body;
    const auto shown = json::parse(heard.body).as_object();
    EXPECT_EQ(shown.at("version").as_int64(), 1);
    EXPECT_FALSE(shown.at("applied").as_bool());
    EXPECT_TRUE(shown.at("rebuilds_timeline").as_bool());
    EXPECT_EQ(shown.at("changes").as_array().at(0).at("text").as_string(),
              "+ channel 'phone': kind human");
    EXPECT_EQ(file(), first);
    EXPECT_EQ(get("/api/blueprint").at("version").as_int64(), 1);
}

TEST_F(BlueprintApi, IsInForceInAnswersOnDiskAndInTheAuditLogAtOnce) {
    EXPECT_THAT(ask("analyst", "GET /api/ask?q=flow").body, HasSubstr(R"("blueprint_version":1)"));
    const auto done = put(second, "1");
    EXPECT_EQ(done.at("version").as_int64(), 2);
    EXPECT_TRUE(done.at("applied").as_bool());
    EXPECT_TRUE(done.at("in_answers").as_bool());
    EXPECT_EQ(file(), second);
    EXPECT_EQ(get("/api/blueprint/versions/2").at("toml").as_string(), second);
    EXPECT_EQ(get("/api/blueprint/versions/2").at("author").as_string(), "Somebody");
    EXPECT_EQ(get("/api/blueprint/versions/2").at("reason").as_string(), "why");

    const std::string answer = ask("analyst", "GET /api/ask?q=flow").body;
    EXPECT_THAT(answer, HasSubstr(R"("blueprint_version":2)"));
    EXPECT_THAT(answer, HasSubstr(R"("channel":"phone")")) << "columns were made anew";
    EXPECT_THAT(ask("analyst", "GET /api/overview").body, HasSubstr(R"("blueprint_version":2)"));

    const auto audit = records_->read(
        [](records::Session& session) { return account::audit_before(session, {}, 10); });
    EXPECT_EQ(audit->front().action, "blueprint.change");
    EXPECT_EQ(audit->front().subject, "version 2");
}

TEST_F(BlueprintApi, WhoSawAnotherVersionIsToldAndNothingChanges) {
    EXPECT_EQ(post("experience-lead", second, "").status, 428);
    EXPECT_EQ(post("experience-lead", second, "7").status, 412);
    EXPECT_EQ(post("experience-lead", second, "1\" \"2").status, 400);
    EXPECT_EQ(post("experience-lead", second, "x-gzip").status, 400);
    EXPECT_EQ(file(), first);
    (void)put(second, "1-gzip");  // the tag of a packed answer names what was packed
    EXPECT_EQ(post("experience-lead", first, "1").status, 412);
    EXPECT_EQ(put(first, "2").at("version").as_int64(), 3);
}

TEST_F(BlueprintApi, TheSameTextMakesNoVersion) {
    const auto same = put(first, "1");
    EXPECT_EQ(same.at("version").as_int64(), 1);
    EXPECT_FALSE(same.at("applied").as_bool());
    const auto comment = put(std::string("# said\n") + first, "1");
    EXPECT_EQ(comment.at("version").as_int64(), 2) << "a comment is worth keeping";
    EXPECT_TRUE(comment.at("changes").as_array().empty());
    EXPECT_THAT(ask("analyst", "GET /api/ask?q=flow").body, HasSubstr(R"("blueprint_version":2)"));
}

TEST_F(BlueprintApi, AFaultyFileIsRefusedWithAllItsFaults) {
    const Heard heard =
        post("experience-lead", "[channel.a]\nkid = 1\n[promise.p]\nkept = [\"x\"]\n", "1");
    EXPECT_EQ(heard.status, 400);
    EXPECT_THAT(heard.body, HasSubstr("line 2"));
    EXPECT_THAT(heard.body, HasSubstr("line 4"));
    EXPECT_EQ(ask("experience-lead", "POST /api/blueprint", "{}").status, 400);
    EXPECT_EQ(ask("experience-lead", "POST /api/blueprint", R"({"toml":7})").status, 400);
    EXPECT_EQ(file(), first);
}

TEST_F(BlueprintApi, WhatSomebodyWroteIntoTheFileIsNeitherLostNorUnseen) {
    ASSERT_TRUE(write_file(data() / "blueprint.toml", second));
    EXPECT_EQ(post("experience-lead", first, "1").status, 412);
    EXPECT_EQ(get("/api/blueprint/versions/2").at("reason").as_string(), "edited on disk");
    EXPECT_EQ(get("/api/blueprint").at("version").as_int64(), 2);
    EXPECT_EQ(file(), second);

    ASSERT_TRUE(write_file(data() / "blueprint.toml", "name = "));
    EXPECT_FALSE(blueprint_->reload());
    EXPECT_EQ(post("experience-lead", first, "2").status, 409);
    EXPECT_EQ(file(), "name = ");
    EXPECT_EQ(get("/api/blueprint").at("version").as_int64(), 2) << "goes on as it was";
}

TEST_F(BlueprintApi, NothingIsKeptThatCannotBeWrittenToDisk) {
    std::filesystem::create_directories(data() / "blueprint.toml.next" / "in-the-way");
    EXPECT_GE(post("experience-lead", second, "1").status, 400);
    EXPECT_EQ(get("/api/blueprint/versions").at("versions").as_array().size(), 1U);
    EXPECT_EQ(file(), first);
    std::filesystem::remove_all(data() / "blueprint.toml.next");
    EXPECT_EQ(put(second, "1").at("version").as_int64(), 2);
    EXPECT_FALSE(std::filesystem::exists(data() / "blueprint.toml.next"));
}

TEST_F(BlueprintApi, AVersionThatWasKeptWhenTheProgramWasKilledGetsIntoTheFile) {
    (void)put(second, "1");
    // As a kill leaves them between keeping and moving.
    std::filesystem::rename(data() / "blueprint.toml", data() / "blueprint.toml.next");
    ASSERT_TRUE(write_file(data() / "blueprint.toml", first));
    ASSERT_TRUE(blueprint_->reload());
    EXPECT_EQ(file(), second);
    EXPECT_EQ(get("/api/blueprint").at("version").as_int64(), 2);
    EXPECT_EQ(get("/api/blueprint/versions").at("versions").as_array().size(), 2U);
    EXPECT_FALSE(std::filesystem::exists(data() / "blueprint.toml.next"));
}

TEST_F(BlueprintApi, WhatWasNeverKeptOrEditedSinceIsNotPutInItsPlace) {
    (void)put(second, "1");
    ASSERT_TRUE(write_file(data() / "blueprint.toml.next", "name = \"Never kept\""));
    ASSERT_TRUE(blueprint_->reload());
    EXPECT_EQ(file(), second);
    EXPECT_FALSE(std::filesystem::exists(data() / "blueprint.toml.next"));

    const std::string edited = "name = \"Edited\"";
    ASSERT_TRUE(write_file(data() / "blueprint.toml", edited));
    ASSERT_TRUE(write_file(data() / "blueprint.toml.next", second));
    ASSERT_TRUE(blueprint_->reload());
    EXPECT_EQ(file(), edited);
    EXPECT_EQ(get("/api/blueprint/versions/3").at("reason").as_string(), "edited on disk");
}

TEST_F(BlueprintApi, AFileGivenByNameIsNotTaggedByItsNumber) {
    organisation_->bring_into_force({read_blueprint_text(second, "given").value(), 0});
    const Proof knows = proof_.at("analyst") + "If-None-Match: \"0\"\r\n";
    EXPECT_EQ(asked(server_->port(), "GET /api/blueprint", knows).status, 200)
        << "what stood in it before had the number 0 too";
}

TEST_F(BlueprintApi, ASnapshotInUseStaysAsItWas) {
    const auto before = organisation_->snapshot().value();
    const auto values = [](const Snapshot& snapshot) {
        return snapshot.blueprint->touchpoints.size();
    };
    const Live live(*organisation_, nullptr);
    (void)put(second, "1");
    EXPECT_EQ(values(*before), 0U);
    EXPECT_EQ(before->blueprint_version, 1);
    const auto after = organisation_->snapshot().value();
    EXPECT_EQ(values(*after), 1U);
    EXPECT_EQ(after->blueprint_version, 2);
}

}  // namespace
}  // namespace kokemus::app
