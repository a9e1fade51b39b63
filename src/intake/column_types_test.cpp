#include "intake/column_types.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kokemus::intake {
namespace {

std::string type_of(const std::vector<std::string>& texts) {
    ColumnLook look;
    for (const std::string& text : texts) {
        look.add(text);
    }
    return duckdb_type(look);
}

TEST(ColumnLook, tells_numbers_times_and_texts_apart) {
    EXPECT_EQ(type_of({}), "VARCHAR");
    EXPECT_EQ(type_of({"", "", ""}), "VARCHAR");
    EXPECT_EQ(type_of({"1", "-2", ""}), "BIGINT");
    EXPECT_EQ(type_of({"1", "2.5", "1e3"}), "DOUBLE");
    EXPECT_EQ(type_of({"true", "False"}), "BOOLEAN");
    EXPECT_EQ(type_of({"2026-01-31"}), "DATE");
    EXPECT_EQ(type_of({"2026-01-31 10:00", "2026-01-31T10:00:00.123"}), "TIMESTAMP");
    EXPECT_EQ(type_of({"2026-01-31 10:00", "2026-01-31T10:00:00Z"}), "TIMESTAMP WITH TIME ZONE");
    EXPECT_EQ(type_of({"2026-01-31T10:00:00+02:00"}), "TIMESTAMP WITH TIME ZONE");
    EXPECT_EQ(type_of({"31/01/2026"}), "VARCHAR");
    EXPECT_EQ(type_of({"nan", "inf"}), "VARCHAR");
}

TEST(ColumnLook, keeps_ids_as_texts) {
    EXPECT_EQ(type_of({"0000045", "12"}), "VARCHAR");
    EXPECT_EQ(type_of({"12345678901234567890"}), "VARCHAR");
    EXPECT_EQ(type_of({"0", "0.5"}), "DOUBLE") << "a zero alone leads nothing";
}

TEST(ColumnLook, forgives_one_in_a_hundred) {
    std::vector<std::string> texts(200, "7");
    texts.emplace_back("eleven");
    EXPECT_EQ(type_of(texts), "BIGINT");
    texts.insert(texts.end(), 3, "twelve");
    EXPECT_EQ(type_of(texts), "VARCHAR");
}

TEST(UsableNames, trims_numbers_the_nameless_and_tells_repeats_apart) {
    EXPECT_THAT(
        usable_names({"category", "Category", "Q14FIND  ", "", "category_1"}),
        testing::ElementsAre("category", "Category_1", "Q14FIND", "column 4", "category_1_1"));
}

}  // namespace
}  // namespace kokemus::intake
