#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "ledger/ledger.h"

namespace kokemus::ledger {

/// A data folder that goes away with the test.
class TestFolder {
public:
    TestFolder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "kokemus-ledger-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    ~TestFolder() { std::filesystem::remove_all(path_); }

    const std::filesystem::path& path() const { return path_; }

    std::unique_ptr<Ledger> open() const {
        auto ledger = Ledger::open(path_);
        EXPECT_TRUE(ledger) << ledger.error().message;
        return ledger ? std::move(*ledger) : nullptr;
    }

private:
    std::filesystem::path path_;
};

}  // namespace kokemus::ledger
