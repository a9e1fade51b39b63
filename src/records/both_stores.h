#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "records/postgres_server.h"
#include "records/records.h"

namespace kokemus::records {

/// For tests: the one PostgreSQL of a test program, started when it is first needed.
inline PostgresServer& postgres() {
    static auto started = PostgresServer::start();
    if (!started) {
        ADD_FAILURE() << started.error().message;
        std::abort();
    }
    return *started;
}

/// For tests: each test once on an empty SQLite file and once in an empty database of a real
/// PostgreSQL, with the tables of these schemas. Instantiate with `both_dialects` and `store_name`.
class OnBothStores : public ::testing::TestWithParam<Dialect> {
protected:
    explicit OnBothStores(std::vector<Schema> schemas) : schemas_(std::move(schemas)) {}

    void SetUp() override {
        static int made = 0;
        const std::string name =
            "kokemus_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
        folder_ = std::filesystem::temp_directory_path() / name;
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        const std::string line =
            GetParam() == Dialect::Sqlite ? "sqlite" : postgres().database(name).value();
        auto opened = Records::open(read_address(line, folder_).value(), schemas_);
        ASSERT_TRUE(opened) << opened.error().message << opened.error().detail;
        records_ = *opened;
    }

    void TearDown() override {
        records_.reset();
        std::filesystem::remove_all(folder_);
    }

    std::filesystem::path folder_;  ///< of the test alone; the SQLite file lies in it
    std::shared_ptr<Records> records_;

private:
    const std::vector<Schema> schemas_;
};

inline auto both_dialects() {
    return ::testing::Values(Dialect::Sqlite, Dialect::Postgresql);
}

inline std::string store_name(const ::testing::TestParamInfo<Dialect>& tested) {
    return tested.param == Dialect::Sqlite ? "Sqlite" : "Postgresql";
}

}  // namespace kokemus::records
