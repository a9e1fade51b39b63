#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/project_file.h"
#include "intake/import.h"
#include "ledger/ledger.h"

namespace kokemus::intake {

/// A folder with files and a ledger in it, that goes away with the test.
class TestFolder {
public:
    TestFolder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "kokemus-intake-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    ~TestFolder() {
        ledger_.reset();
        std::filesystem::remove_all(path_);
    }

    std::filesystem::path write(const std::string& name, std::string_view bytes) const {
        std::ofstream(path_ / name, std::ios::binary)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path_ / name;
    }

    const std::filesystem::path& path() const { return path_; }

    ledger::Ledger& ledger() {
        if (ledger_ == nullptr) {
            auto opened = ledger::Ledger::open(path_ / "ledger");
            EXPECT_TRUE(opened) << opened.error().message;
            ledger_ = std::move(*opened);
        }
        return *ledger_;
    }

    /// As after a restart of the program.
    void close_ledger() { ledger_.reset(); }

    /// Imports files as they are.
    Result<ImportReport> import_files(std::vector<std::filesystem::path> files) {
        return import_encounters(
            ledger(),
            ImportOptions{.files = std::move(files), .errors_file = path_ / "errors.csv"});
    }

    /// Imports by a map whose text is given; its files lie in this folder.
    Result<ImportReport> import_map(std::string_view toml) {
        return import_encounters(ledger(),
                                 ImportOptions{.map = write("test.map.toml", toml),
                                               .errors_file = path_ / "errors.csv"});
    }

    /// Everything in the ledger, in order.
    std::vector<encounter::Encounter> all() {
        std::vector<encounter::Encounter> found;
        const Status status = ledger().scan([&](std::span<const ledger::Entry> entries) -> Status {
            for (const ledger::Entry& entry : entries) {
                found.push_back(entry.encounter);
            }
            return {};
        });
        EXPECT_TRUE(status) << status.error().message;
        return found;
    }

    std::string read(const std::string& name) const {
        std::ifstream file(path_ / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

private:
    std::filesystem::path path_;
    std::unique_ptr<ledger::Ledger> ledger_;
};

/// The folder of real data sets beside the project, if it is there.
inline std::optional<std::filesystem::path> shared_data(const std::string& name) {
    const std::filesystem::path folder =
        std::filesystem::path(project_file("../shared/data")) / name;
    return std::filesystem::exists(folder) ? std::optional(folder) : std::nullopt;
}

/// The row errors of a report as the user reads them.
inline std::vector<std::string> described(const ImportReport& report) {
    std::vector<std::string> lines;
    for (const RowError& error : report.examples) {
        lines.push_back(describe(error));
    }
    return lines;
}

}  // namespace kokemus::intake
