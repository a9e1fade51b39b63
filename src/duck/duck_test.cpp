#include "duck/duck.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "duck/appender.h"
#include "duck/chunk_insert.h"

namespace kokemus::duck {
namespace {

using testing::HasSubstr;

struct Memory {
    Database database = Database::open({}, {}).value();
    Connection connection = database.connect().value();
};

TEST(Duck, GivesNumbersTextsAndNulls) {
    Memory duck;
    auto rows = duck.connection.query(
        "SELECT i::BIGINT, CASE WHEN i % 2 = 0 THEN repeat('x', i::INT) END FROM range(5000) t(i)");
    ASSERT_TRUE(rows) << rows.error().message;
    EXPECT_EQ(rows->column_count(), 2U);
    std::int64_t expected = 0;
    while (true) {
        const auto chunk = rows->next();
        ASSERT_TRUE(chunk);
        if (!*chunk) {
            break;
        }
        for (std::size_t row = 0; row < (*chunk)->size(); ++row, ++expected) {
            EXPECT_EQ((*chunk)->column(0).number<std::int64_t>(row), expected);
            ASSERT_EQ((*chunk)->column(1).is_null(row), expected % 2 == 1);
            if (expected % 2 == 0) {
                EXPECT_EQ((*chunk)->column(1).text(row),
                          std::string(static_cast<std::size_t>(expected), 'x'));
            }
        }
    }
    EXPECT_EQ(expected, 5000);
}

TEST(Duck, BindsHostileTextAndStreams) {
    Memory duck;
    auto statement = duck.connection.prepare("SELECT $1 || $2::VARCHAR");
    ASSERT_TRUE(statement) << statement.error().message;
    statement->bind(1, std::string_view("'; DROP TABLE x; --"));
    statement->bind(2, std::int64_t{7});
    auto rows = statement->stream();
    ASSERT_TRUE(rows) << rows.error().message;
    EXPECT_EQ(std::move(*rows).one_text()->value(), "'; DROP TABLE x; --7");
}

TEST(Duck, ErrorsKeepTheWords) {
    Memory duck;
    EXPECT_THAT(duck.connection.execute("SELECT nothing").error().message, HasSubstr("nothing"));
    EXPECT_THAT(duck.connection.prepare("SELEC 1").error().message, HasSubstr("SELEC"));
    const auto failed = duck.connection.query("SELECT 'eleven'::INTEGER");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::InvalidInput);
    EXPECT_THAT(failed.error().message, HasSubstr("Could not convert string 'eleven'"));
    EXPECT_FALSE(Database::open("/nowhere/at/all.duckdb", {}));
    EXPECT_FALSE(Database::open({}, {.settings = {{"no_such_setting", "1"}}}));
}

TEST(Duck, TellsAFullDiskApart) {
    EXPECT_EQ(to_error(28, "IO Error: Could not write file \"x\": No space left on device").code,
              ErrorCode::DiskFull);
    EXPECT_EQ(to_error(28, "IO Error: Could not read file").code, ErrorCode::Unavailable);
}

TEST(Duck, Quotes) {
    EXPECT_EQ(literal("it's"), "'it''s'");
    EXPECT_EQ(identifier("a \"b\""), "\"a \"\"b\"\"\"");
}

TEST(Appender, WritesEveryKindOverSeveralChunks) {
    Memory duck;
    ASSERT_TRUE(duck.connection.execute(
        "CREATE TABLE t (n BIGINT, s VARCHAR, d DOUBLE, m MAP(VARCHAR, VARCHAR)); BEGIN"));
    {
        auto appender = Appender::open(duck.connection, "t");
        ASSERT_TRUE(appender) << appender.error().message;
        std::vector<std::string> texts;
        for (int i = 0; i < 5000; ++i) {
            texts.push_back(std::string(static_cast<std::size_t>(i % 30), 'a') + std::to_string(i));
        }
        for (int i = 0; i < 5000; ++i) {
            appender->number<std::int64_t>(0, i);
            appender->text(1, texts[static_cast<std::size_t>(i)]);
            if (i % 3 == 0) {
                appender->null(2);
            } else {
                appender->number<double>(2, i / 2.0);
            }
            std::map<std::string, std::string> entries;
            for (int k = 0; k < i % 4; ++k) {
                entries[std::string(static_cast<std::size_t>(10 + k * 4), 'k')] =
                    std::to_string(i + k);
            }
            appender->map(3, entries);
            ASSERT_TRUE(appender->end_row());
        }
        ASSERT_TRUE(appender->finish());
    }
    ASSERT_TRUE(duck.connection.execute("COMMIT"));
    const auto count = [&](const std::string& where) {
        return duck.connection.query("SELECT count(*) FROM t WHERE " + where)
            ->next()
            .value()
            ->column(0)
            .number<std::int64_t>(0);
    };
    EXPECT_EQ(count("s = repeat('a', (n % 30)::INT) || n::VARCHAR"), 5000);
    EXPECT_EQ(count("d IS NULL AND n % 3 = 0 OR d = n / 2"), 5000);
    EXPECT_EQ(count("cardinality(m) = n % 4"), 5000);
    EXPECT_EQ(count("n % 4 < 2 OR m[repeat('k', 14)] = (n + 1)::VARCHAR"), 5000);
}

TEST(ChunkInsert, InsertsChunksInTheirOrder) {
    Memory duck;
    ASSERT_TRUE(duck.connection.execute("CREATE TABLE t (n UINTEGER NOT NULL, s VARCHAR)"));
    const std::vector<ColumnType> types = {{ColumnType::Holds::Whole32},
                                           {ColumnType::Holds::Text, ColumnType::Nulls::Possible}};
    auto insert = ChunkInsert::open(duck.connection, "t", types);
    ASSERT_TRUE(insert) << insert.error().message;
    std::vector<ChunkBuilder> built;
    std::vector<ChunkBuilder*> chunks;
    std::uint32_t number = 0;
    for (const std::size_t size : {ChunkBuilder::rows_max(), std::size_t{0}, std::size_t{7}}) {
        ChunkBuilder& chunk = built.emplace_back(types);
        for (std::size_t row = 0; row < size; ++row, ++number) {
            chunk.number(0, row, number);
            if (number % 3 == 0) {
                chunk.null(1, row);
            } else {
                chunk.text(1, row, number % 3 == 1 ? "short" : "longer than what lies in a cell");
            }
        }
        chunk.set_size(size);
    }
    for (ChunkBuilder& chunk : built) {
        chunks.push_back(&chunk);
    }
    // What was rolled back leaves no trace, and the same chunks can be inserted again.
    ASSERT_TRUE(duck.connection.execute("BEGIN"));
    ASSERT_TRUE(insert->insert(chunks));
    ASSERT_TRUE(duck.connection.execute("ROLLBACK"));
    ASSERT_TRUE(insert->insert(chunks));
    ASSERT_TRUE(insert->insert({}));
    const auto count = [&](const std::string& where) {
        auto rows = duck.connection.query("SELECT count(*) FROM t WHERE " + where);
        return std::move(*rows).one_number().value().value();
    };
    EXPECT_EQ(count("n = rowid"), number);
    EXPECT_EQ(count("s IS NULL AND n % 3 = 0"), (number + 2) / 3);
    EXPECT_EQ(count("s = 'short' AND n % 3 = 1"), (number + 1) / 3);
    EXPECT_EQ(count("s = 'longer than what lies in a cell' AND n % 3 = 2"), number / 3);
    ASSERT_TRUE(duck.connection.execute("DROP TABLE t"));
    EXPECT_THAT(insert->insert(chunks).error().message, HasSubstr("t"));
}

TEST(Appender, AnUnknownTableIsAnError) {
    Memory duck;
    EXPECT_THAT(Appender::open(duck.connection, "nowhere").error().message, HasSubstr("nowhere"));
}

}  // namespace
}  // namespace kokemus::duck
