#pragma once

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "app/rights_fixture_test.h"
#include "base/file.h"

namespace kokemus::app {

inline constexpr const char* order = R"({"customers":["anna@x.fi"],"reason":"ticket 17"})";

/// A real server whose timeline is kept on disk from the first encounter on, with somebody in it
/// who is to be erased.
class Erasing : public Rights {
protected:
    Erasing() {
        ::setenv("KOKEMUS_TEST_SNAPSHOT_ENCOUNTERS", "1", 1);
        ::setenv("KOKEMUS_TEST_ERASURES_GATHERED_MS", "1", 1);
    }
    ~Erasing() override {
        ::unsetenv("KOKEMUS_TEST_SNAPSHOT_ENCOUNTERS");
        ::unsetenv("KOKEMUS_TEST_ERASURES_GATHERED_MS");
    }

    void SetUp() override {
        Rights::SetUp();
        ASSERT_TRUE(organisation_->keep_blueprint_text(
            "name = \"Shop\"\n[dimension.city]\nsource = \"traits\"\n", "shop"));
        Encounter said = at("anna@x.fi", 3, "Sales", "Eve");
        said.text = "zanzibar-7, and anna@x.fi is where you reach me";
        ASSERT_TRUE(organisation_->ledger().append(std::vector{said}));
        ASSERT_TRUE(organisation_->ledger().put_customers(std::vector<encounter::Customer>{
            {encounter::CustomerName("anna@x.fi"), {{"city", "zanzibar-7"}}},
            {encounter::CustomerName("bert@x.fi"), {{"city", "Oulu"}}}}));
        ASSERT_TRUE(organisation_->snapshot());
        ASSERT_TRUE(write_file(data() / "refused.csv",
                               "file,line,column,value,reason\na,1,customer,anna@x.fi,is odd\n"));
    }

    /// The receipt, once it is finished.
    boost::json::value finished() {
        for (int i = 0; i < 600; ++i) {
            const boost::json::value all = said("admin", "GET /api/erasures");
            EXPECT_TRUE(all.at("is_whole").as_bool());
            if (!all.at("erasures").at(0).at("finished_at").is_null()) {
                return all.at("erasures").at(0);
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        ADD_FAILURE() << "the erasure is never finished";
        return {};
    }

    /// As when the program ends: another may open the folder.
    void leave_organisation() {
        server_->stop();
        sending_.reset();
        health_.reset();
        news_.reset();
        desk_.reset();
        replaying_.reset();
        blueprint_.reset();
        collecting_.reset();
        refused_.reset();
        customers_.reset();
        queue_.reset();
        asker_.reset();
        once_.reset();
        reads_.reset();
        accounts_.reset();
        records_.reset();
        organisation_.reset();
    }

    std::vector<std::string> files_with(std::string_view text) const {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(data())) {
            std::ifstream file(entry.path(), std::ios::binary);
            if (!entry.is_regular_file()) {
                continue;
            }
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            if (bytes.find(text) != std::string::npos) {
                found.push_back(entry.path().filename().string());
            }
        }
        return found;
    }
};

}  // namespace kokemus::app
