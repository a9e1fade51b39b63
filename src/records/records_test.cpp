#include "records/records.h"

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "records/postgres_server.h"
#include "records/steps.h"

namespace kokemus::records {
namespace {

namespace fs = std::filesystem;

PostgresServer& server() {
    static auto started = PostgresServer::start();
    if (!started) {
        ADD_FAILURE() << started.error().message;
        std::abort();
    }
    return *started;
}

const std::vector<Schema>& schemas() {
    static const std::vector<Schema> all = {
        {"shelf",
         {{"CREATE TABLE shelf (id TEXT PRIMARY KEY, room TEXT NOT NULL)",
           "CREATE TABLE book (id TEXT PRIMARY KEY, shelf TEXT NOT NULL REFERENCES shelf (id), "
           "pages BIGINT, weight DOUBLE PRECISION, lent BIGINT NOT NULL, at BIGINT)"}}}};
    return all;
}

/// Every test runs on both stores, each time on an empty one.
class RecordsTest : public ::testing::TestWithParam<Dialect> {
protected:
    void SetUp() override {
        static int made = 0;
        if (GetParam() == Dialect::Postgresql) {
            address_ =
                read_address(server().database(fmt_name("books", ++made)).value(), {}).value();
            return;
        }
        folder_ = fs::temp_directory_path() / fmt_name("kokemus-records", ++made);
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        address_ = read_address("sqlite", folder_).value();
    }

    void TearDown() override {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }

    std::shared_ptr<Records> open() const {
        auto records = Records::open(address_, schemas());
        EXPECT_TRUE(records) << records.error().message << records.error().detail;
        return records ? *records : nullptr;
    }

    static std::string fmt_name(const char* beginning, int number) {
        return std::string(beginning) + "_" + std::to_string(::getpid()) + "_" +
               std::to_string(number);
    }

    Address address_;
    fs::path folder_;
};

Status add_shelf(Session& session, const std::string& id) {
    TRY(session.run("INSERT INTO shelf (id, room) VALUES (:id, :room)", {id, "hall"}));
    return {};
}

Result<std::int64_t> count_shelves(Records& records) {
    return records.read([](Session& session) -> Result<std::int64_t> {
        return std::get<0>(*TRY(session.row<std::int64_t>("SELECT count(*) FROM shelf")));
    });
}

TEST(Address, OfPostgresqlIsTakenWithOptionsAndWithout) {
    const auto connection = [](std::string_view text) {
        return read_address(text, {}).value().connection;
    };
    const std::string documented = "postgresql://anna:word@db.example/shop";
    EXPECT_EQ(connection(documented), documented + "?application_name=kokemus");
    EXPECT_EQ(connection(documented + "?"), documented + "?application_name=kokemus");
    EXPECT_EQ(connection(documented + "?sslmode=require"), documented + "?sslmode=require");
    EXPECT_EQ(connection("postgres://a:wo?rd@db/shop"),
              "postgres://a:wo?rd@db/shop?application_name=kokemus");
    EXPECT_EQ(connection("postgresql://db"), "postgresql://db?application_name=kokemus");
    EXPECT_EQ(read_address(documented, {}).value().shown, "postgresql://anna@db.example/shop");
}

TEST(Address, OfPostgresqlOpensInEveryDocumentedForm) {
    const std::string documented = server().database("documented").value();
    ASSERT_EQ(documented.find('?'), std::string::npos) << documented;
    for (const std::string& text : {documented, documented + "?connect_timeout=5"}) {
        const auto records = Records::open(read_address(text, {}).value(), schemas());
        EXPECT_TRUE(records) << text << ": " << records.error().message << records.error().detail;
    }
}

TEST(Address, WhereNobodyAnswersIsSaidToBeOutOfReach) {
    for (const char* text : {"postgresql://anna:hidden@127.0.0.1:1/shop",
                             "postgresql://anna:hidden@%2Fis%2Fnot%2Fthere/shop"}) {
        const auto records = Records::open(read_address(text, {}).value(), schemas());
        ASSERT_FALSE(records);
        EXPECT_EQ(records.error().code, ErrorCode::Unavailable);
        EXPECT_THAT(records.error().message, testing::HasSubstr("cannot be reached"));
        EXPECT_THAT(records.error().message + records.error().detail,
                    testing::Not(testing::HasSubstr("hidden")));
    }
}

TEST_P(RecordsTest, GivesBackEveryKindOfValueAsItWas) {
    const auto records = open();
    const std::string text = "Ää \"quoted\" 'single' :name \n \\ €";
    const Instant time = Instant(Milliseconds(1'900'000'000'123));
    const double weight = 1.4000000000000001;
    const std::int64_t pages = 9'007'199'254'740'993;
    ASSERT_TRUE(records->change([&](Session& session) -> Status {
        TRY(add_shelf(session, "s"));
        TRY(session.run("INSERT INTO book VALUES (:id, :shelf, :pages, :weight, :lent, :at)",
                        {text, "s", pages, weight, true, time}));
        TRY(session.run("INSERT INTO book VALUES (:id, :shelf, :pages, :weight, :lent, :at)",
                        {"", "s", std::nullopt, std::nullopt, false, std::nullopt}));
        return {};
    }));
    const auto rows = records->read([](Session& session) {
        return session.rows<std::string,
                            std::optional<std::int64_t>,
                            std::optional<double>,
                            bool,
                            std::optional<Instant>>(
            "SELECT id, pages, weight, lent, at FROM book ORDER BY lent");
    });
    ASSERT_TRUE(rows) << rows.error().message;
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ((*rows)[0], std::make_tuple("", std::nullopt, std::nullopt, false, std::nullopt));
    EXPECT_EQ((*rows)[1], std::make_tuple(text, pages, weight, true, time));
}

TEST_P(RecordsTest, UndoesEverythingOfAChangeThatFails) {
    const auto records = open();
    const Status status = records->change([](Session& session) -> Status {
        TRY(add_shelf(session, "a"));
        return invalid_input("not this one");
    });
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().message, "not this one");
    EXPECT_EQ(count_shelves(*records).value(), 0);
}

TEST_P(RecordsTest, TellsWhatIsThereAlreadyAndWhatIsReferredTo) {
    const auto records = open();
    ASSERT_TRUE(records->change([](Session& session) { return add_shelf(session, "a"); }));
    const Status twice = records->change([](Session& session) { return add_shelf(session, "a"); });
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, ErrorCode::Conflict);
    const auto orphan = records->change([](Session& session) {
        return session.run("INSERT INTO book (id, shelf, lent) VALUES (:id, :shelf, 0)",
                           {"b", "nowhere"});
    });
    ASSERT_FALSE(orphan);
    EXPECT_EQ(orphan.error().code, ErrorCode::Conflict);
}

TEST_P(RecordsTest, KeepsHostileTextAsText) {
    const auto records = open();
    const std::string hostile = "'); DROP TABLE shelf; --";
    ASSERT_TRUE(records->change([&](Session& session) { return add_shelf(session, hostile); }));
    EXPECT_EQ(count_shelves(*records).value(), 1);
    const Status zero = records->change(
        [](Session& session) { return add_shelf(session, std::string("a\0b", 3)); });
    ASSERT_FALSE(zero);
    EXPECT_EQ(zero.error().code, ErrorCode::InvalidInput);
}

TEST_P(RecordsTest, BehavesAsIfChangesCameOneAfterAnother) {
    const auto records = open();
    ASSERT_TRUE(records->change([](Session& session) -> Status {
        TRY(add_shelf(session, "s"));
        TRY(session.run("INSERT INTO book (id, shelf, pages, lent) VALUES ('b', 's', 0, 0)"));
        return {};
    }));
    constexpr int threads = 4;
    constexpr int each = 25;
    std::vector<std::thread> adding;
    std::atomic<int> failed = 0;
    for (int thread = 0; thread < threads; ++thread) {
        adding.emplace_back([&] {
            for (int i = 0; i < each; ++i) {
                const auto added = records->change([](Session& session) -> Status {
                    const auto [pages] =
                        *TRY(session.row<std::int64_t>("SELECT pages FROM book WHERE id = 'b'"));
                    TRY(session.run("UPDATE book SET pages = :pages WHERE id = 'b'", {pages + 1}));
                    return {};
                });
                failed += added ? 0 : 1;
            }
        });
    }
    for (auto& thread : adding) {
        thread.join();
    }
    const auto pages = records->read(
        [](Session& session) { return session.row<std::int64_t>("SELECT pages FROM book"); });
    EXPECT_EQ(std::get<0>(**pages), threads * each - failed);
    EXPECT_EQ(failed, 0);
}

TEST_P(RecordsTest, ReadsOneStateWhileOthersChange) {
    const auto records = open();
    const auto counts =
        records->read([&](Session& session) -> Result<std::pair<std::int64_t, std::int64_t>> {
            const auto [before] = *TRY(session.row<std::int64_t>("SELECT count(*) FROM shelf"));
            std::thread([&] {
                EXPECT_TRUE(
                    records->change([](Session& other) { return add_shelf(other, "new"); }));
            }).join();
            const auto [after] = *TRY(session.row<std::int64_t>("SELECT count(*) FROM shelf"));
            return std::make_pair(before, after);
        });
    ASSERT_TRUE(counts) << counts.error().message;
    EXPECT_EQ(*counts, std::make_pair(std::int64_t{0}, std::int64_t{0}));
    EXPECT_EQ(count_shelves(*records).value(), 1);
}

TEST_P(RecordsTest, StandsAfterBeingOpenedAgainAndRefusesANewerStore) {
    {
        const auto records = open();
        ASSERT_TRUE(records->change([](Session& session) { return add_shelf(session, "a"); }));
    }
    EXPECT_EQ(count_shelves(*open()).value(), 1);
    auto newer = schemas();
    newer[0].steps.push_back({"ALTER TABLE shelf ADD COLUMN colour TEXT"});
    ASSERT_TRUE(Records::open(address_, newer));
    const auto older = Records::open(address_, schemas());
    ASSERT_FALSE(older);
    EXPECT_EQ(older.error().code, ErrorCode::Conflict);
    EXPECT_THAT(older.error().message, ::testing::HasSubstr("version 2"));
    auto other = newer;
    other[0].steps[1][0] = "ALTER TABLE shelf ADD COLUMN smell TEXT";
    const auto changed = Records::open(address_, other);
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::Corrupt);
}

TEST_P(RecordsTest, SaysHowManyStepsAreToComeAndMakesNone) {
    auto newer = schemas();
    newer[0].steps.push_back({"ALTER TABLE shelf ADD COLUMN colour TEXT"});
    if (GetParam() == Dialect::Sqlite) {
        EXPECT_EQ(steps_to_come(address_, newer).error().code, ErrorCode::NotFound);
        EXPECT_FALSE(fs::exists(address_.file));
    } else {
        EXPECT_EQ(steps_to_come(address_, newer).value(), 2U) << "of an empty database";
    }
    (void)open();
    EXPECT_EQ(steps_to_come(address_, schemas()).value(), 0U);
    EXPECT_EQ(steps_to_come(address_, newer).value(), 1U);
    EXPECT_EQ(steps_to_come(address_, newer).value(), 1U) << "it only looks";
    ASSERT_TRUE(Records::open(address_, newer));
    EXPECT_EQ(steps_to_come(address_, schemas()).error().code, ErrorCode::Conflict);
}

TEST_P(RecordsTest, LeavesTheOldVersionWhenAStepFails) {
    (void)open();
    auto newer = schemas();
    newer[0].steps.push_back({"ALTER TABLE shelf ADD COLUMN colour TEXT", "NOT SQL AT ALL"});
    EXPECT_FALSE(Records::open(address_, newer));
    newer[0].steps[1].pop_back();
    EXPECT_TRUE(Records::open(address_, newer));
}

TEST_P(RecordsTest, OpenedTwiceAtOnceMigratesOnce) {
    std::vector<std::thread> opening;
    std::atomic<int> opened = 0;
    for (int i = 0; i < 3; ++i) {
        opening.emplace_back([&] {
            const auto records = Records::open(address_, schemas());
            EXPECT_TRUE(records) << records.error().message << records.error().detail;
            opened += records ? 1 : 0;
        });
    }
    for (auto& thread : opening) {
        thread.join();
    }
    EXPECT_EQ(opened, 3);
}

TEST_P(RecordsTest, SaysWhenAllConnectionsStayBusy) {
    const auto records =
        Records::open(address_, schemas(), {.connections = 1, .wait = Milliseconds(50)}).value();
    const auto inner = records->read([&](Session&) -> Status {
        Status status;
        std::thread([&] { status = records->read([](Session&) -> Status { return {}; }); }).join();
        return status;
    });
    ASSERT_FALSE(inner);
    EXPECT_EQ(inner.error().code, ErrorCode::Unavailable);
}

TEST(SqliteRecords, AreTheirOwnersAlone) {
    const fs::path folder =
        fs::temp_directory_path() / ("kokemus-records-private-" + std::to_string(::getpid()));
    fs::remove_all(folder);
    fs::create_directories(folder);
    const Address address = read_address("sqlite", folder).value();
    {
        const auto records = Records::open(address, {});
        ASSERT_TRUE(records) << records.error().message;
        EXPECT_TRUE(fs::exists(address.file));
        for (const auto& entry : fs::directory_iterator(folder)) {
            EXPECT_EQ(fs::status(entry.path()).permissions(),
                      fs::perms::owner_read | fs::perms::owner_write)
                << entry.path();
        }
    }
    fs::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(OnBoth, RecordsTest,
                         ::testing::Values(Dialect::Sqlite, Dialect::Postgresql),
                         [](const auto& tested) {
                             return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgresql";
                         });

TEST(Records, FindPostgresAgainAfterItsCrash) {
    auto address = read_address(server().database("crash").value(), {}).value();
    const auto records = Records::open(address, schemas()).value();
    ASSERT_TRUE(records->change([](Session& session) { return add_shelf(session, "a"); }));
    ASSERT_TRUE(server().crash_and_start());
    EXPECT_EQ(count_shelves(*records).value(), 1);
}

TEST(Records, SayWhatIsWrongWithAFileThatIsNone) {
    const fs::path path = fs::temp_directory_path() / "kokemus-not-records.sqlite";
    std::ofstream(path) << std::string(8192, 'x');
    const auto records = Records::open(sqlite_file(path).value(), schemas());
    ASSERT_FALSE(records);
    EXPECT_EQ(records.error().code, ErrorCode::Corrupt) << records.error().detail;
    fs::remove(path);
}

TEST(Address, IsReadWithoutTellingThePassword) {
    const auto address =
        read_address("postgresql://ann:s3cret@db.example:5432/k?sslmode=require", {});
    ASSERT_TRUE(address);
    EXPECT_EQ(address->dialect, Dialect::Postgresql);
    EXPECT_EQ(address->shown, "postgresql://ann@db.example:5432/k");
    EXPECT_EQ(read_address("sqlite", "/data")->shown, "sqlite:/data/records.sqlite");
    const auto wrong = read_address("mysql://ann:s3cret@db", {});
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message, ::testing::Not(::testing::HasSubstr("s3cret")));
    EXPECT_THAT(wrong.error().message, ::testing::HasSubstr("postgresql://USER"));
}

}  // namespace
}  // namespace kokemus::records
