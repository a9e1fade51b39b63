#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/file.h"
#include "ledger/ledger_test_folder.h"

/// For tests: a data folder, a backup of it, and where that is restored to.
namespace kokemus::backup {

inline std::vector<encounter::Encounter> batch(int first, int size) {
    std::vector<encounter::Encounter> out(static_cast<std::size_t>(size));
    for (int i = 0; i < size; ++i) {
        encounter::Encounter& one = out[static_cast<std::size_t>(i)];
        const int name = first + i;
        one.customer = encounter::CustomerName("customer " + std::to_string(name % 97));
        one.id = encounter::EncounterId(std::to_string(name));
        one.time = Instant(Milliseconds(1'700'000'000'000 + name * 1237LL));
        one.touchpoint = "touchpoint " + std::to_string(name % 5);
        one.text = "what was said the " + std::to_string(name * 31LL % 1009) + "th time";
    }
    return out;
}

/// The data folder has a blueprint and no ledger yet; the others are not there.
class TestFolders : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(make_folders(data()));
        ASSERT_TRUE(write_file(data() / "blueprint.toml", "name = \"Shop\"\n"));
    }

    std::filesystem::path data() const { return area_.path() / "data"; }
    std::filesystem::path backup() const { return area_.path() / "backup"; }
    std::filesystem::path restored() const { return area_.path() / "restored"; }
    const ledger::TestFolder& area() const { return area_; }

private:
    ledger::TestFolder area_;
};

}  // namespace kokemus::backup
