#include "blueprint/blueprint_keys.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/project_file.h"

namespace kokemus::blueprint {
namespace {

/// "section | key | type | when absent" for each row of the key tables of docs/blueprint.md, in
/// order.
std::vector<std::string> rows_of_the_page() {
    std::ifstream page(project_file("docs/blueprint.md"));
    EXPECT_TRUE(page) << "docs/blueprint.md is missing";
    std::vector<std::string> rows;
    std::string section = "none";
    bool in_keys = false;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## ")) {
            const auto open = line.find("`[");
            const auto close = line.find("]`");
            section = line == "## Top of the file" ? ""
                      : open == std::string::npos  ? "none"
                                                   : line.substr(open + 2, close - open - 2);
            for (auto at = section.find(".NAME"); at != std::string::npos;
                 at = section.find(".NAME")) {
                section.erase(at, 5);
            }
        }
        in_keys = line.starts_with("| key |") || (in_keys && line.starts_with("|"));
        if (!in_keys || !line.starts_with("| `")) {
            continue;
        }
        std::vector<std::string> cells;
        std::stringstream rest(line.substr(2));
        for (std::string cell; std::getline(rest, cell, '|');) {
            cells.push_back(cell.substr(0, cell.find_last_not_of(' ') + 1));
        }
        std::erase(cells[0], '`');
        rows.push_back(section + " | " + cells.at(0) + " |" + cells.at(1) + " |" + cells.at(2));
    }
    return rows;
}

TEST(BlueprintKeys, AreExactlyTheRowsOfThePage) {
    std::vector<std::string> expected;
    for (const Key& key : keys()) {
        expected.push_back(std::string(key.section) + " | " + std::string(key.name) + " | " +
                           std::string(key.type) + " | " + std::string(key.when_absent));
    }
    EXPECT_EQ(rows_of_the_page(), expected);
}

TEST(BlueprintKeys, EverySectionIsATableOfTheFile) {
    for (const Key& key : keys()) {
        const auto top = key.section.substr(0, key.section.find('.'));
        EXPECT_TRUE(top.empty() || std::ranges::find(table_names(), top) != table_names().end())
            << key.section;
    }
}

}  // namespace
}  // namespace kokemus::blueprint
