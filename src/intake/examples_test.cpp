#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/project_file.h"
#include "blueprint/blueprint_read.h"
#include "intake/import_map.h"
#include "intake/intake_test_folder.h"

namespace kokemus::intake {
namespace {

const std::filesystem::path examples = project_file("examples");

std::string text_of(const std::filesystem::path& file) {
    auto text = read_file(file, limits::blueprint_bytes_max);
    EXPECT_TRUE(text) << text.error().message;
    return text ? *text : "";
}

/// The touchpoints that a map names as constants.
std::vector<std::string> constant_touchpoints(const ImportMap& map) {
    std::vector<std::string> names;
    for (const EncounterBlock& block : map.encounters) {
        const std::string& sql = block.fields.at("touchpoint").sql;
        if (sql.size() > 2 && sql.front() == '\'') {
            names.push_back(sql.substr(1, sql.size() - 2));
        }
    }
    return names;
}

TEST(Examples, every_map_reads_and_its_blueprint_knows_its_touchpoints) {
    int maps = 0;
    for (const auto& entry : std::filesystem::directory_iterator(examples)) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(".map.toml")) {
            continue;
        }
        ++maps;
        const auto map = read_map(text_of(entry.path()), name);
        ASSERT_TRUE(map) << map.error().message;
        const std::string stem = name.substr(0, name.find('.'));
        const auto read = blueprint::read_blueprint(text_of(examples / (stem + ".blueprint.toml")));
        ASSERT_TRUE(read.faults.empty()) << stem << ": " << blueprint::to_text(read.faults);
        for (const std::string& touchpoint : constant_touchpoints(*map)) {
            EXPECT_NE(read.blueprint.touchpoint(touchpoint), nullptr) << name << ": " << touchpoint;
        }
    }
    EXPECT_GE(maps, 5);
}

struct Expected {
    std::string set;
    std::string folder;
    std::uint64_t encounters = 0;
    std::uint64_t customers = 0;
};

class ExampleData : public testing::TestWithParam<Expected> {};

TEST_P(ExampleData, imports_without_a_refused_row) {
    const auto data = shared_data(GetParam().folder);
    if (!data) {
        GTEST_SKIP() << "the files are not at ../shared/data/" << GetParam().folder;
    }
    TestFolder folder;
    const auto report = import_encounters(
        folder.ledger(),
        ImportOptions{.map = examples / (GetParam().set + ".map.toml"), .from = *data});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->refused, 0U) << describe(report->examples.front());
    EXPECT_EQ(report->encounters, GetParam().encounters);
    EXPECT_EQ(folder.ledger().totals()->customers, GetParam().customers);
}

INSTANTIATE_TEST_SUITE_P(Sets, ExampleData,
                         testing::Values(Expected{"incidents", "incidents", 102'795, 5'247},
                                         Expected{"sfo", "sfo", 110'913, 5'632},
                                         Expected{"receipt", "xes", 11'340, 1'434}),
                         [](const auto& instance) { return instance.param.set; });

}  // namespace
}  // namespace kokemus::intake
