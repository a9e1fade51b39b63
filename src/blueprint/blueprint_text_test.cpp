#include "blueprint/blueprint_text.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "blueprint/any_blueprint_test.h"
#include "blueprint/blueprint_read.h"

namespace kokemus::blueprint {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(BlueprintText, ReadsBackEqual) {
    const bool held = rc::check("read(to_toml(b)) == b", [] {
        const Blueprint blueprint = any_blueprint();
        const std::string toml = to_toml(blueprint);
        const Reading reading = read_blueprint(toml);
        RC_LOG(toml + to_text(reading.faults));
        RC_ASSERT(!has_errors(reading.faults));
        RC_ASSERT(reading.blueprint == blueprint);
    });
    EXPECT_TRUE(held);
}

TEST(BlueprintText, AnyBytesAreReadWithoutHarm) {
    const bool held = rc::check("any bytes", [] {
        auto words = *rc::gen::container<std::vector<std::string>>(
            rc::gen::element<std::string>("[",
                                          "]",
                                          "[[",
                                          "=",
                                          "\"",
                                          "\"\"\"",
                                          "'",
                                          "\n",
                                          ".",
                                          "{",
                                          "}",
                                          ",",
                                          "#",
                                          "\\",
                                          "a",
                                          "channel",
                                          "touchpoint.a",
                                          "stage",
                                          "journey.x",
                                          "starts",
                                          "kind",
                                          " ",
                                          "1",
                                          "\xff",
                                          "\xc3",
                                          "-",
                                          "1e999",
                                          "2026-01-01",
                                          "true",
                                          std::string(1, '\0')));
        std::string toml;
        for (const std::string& word : words) {
            toml += word;
        }
        const Reading reading = read_blueprint(toml);
        RC_ASSERT(reading.faults.size() <= 201U);
    });
    EXPECT_TRUE(held);
}

TEST(BlueprintText, LeavesBuiltInsOut) {
    EXPECT_EQ(to_toml(with_built_ins({})), "");
}

TEST(BlueprintText, JsonHoldsEveryKeyOfTheContract) {
    const Reading reading = read_blueprint(R"(name = "Aava"
[channel.phone]
kind = "human"
[touchpoint."call: \"billing\""]
channel = "phone"
[journey.j]
starts = ["call: \"billing\""]
silence = "36h"
owner = "X"
[metric.nps]
kind = "nps"
target = 40
)");
    const auto json = boost::json::parse(to_json(reading.blueprint)).as_object();
    EXPECT_EQ(json.at("channels").as_array().at(0).at("kind").as_string(), "human");
    const auto& touchpoint = json.at("touchpoints").as_array().at(0).as_object();
    EXPECT_EQ(touchpoint.at("name").as_string(), "call: \"billing\"");
    EXPECT_TRUE(touchpoint.at("cost").is_null());
    EXPECT_TRUE(touchpoint.at("contact").is_null());
    const auto& journey = json.at("journeys").as_array().at(0).as_object();
    EXPECT_EQ(journey.at("silence").as_double(), 129600.0);
    EXPECT_TRUE(journey.at("within").is_null());
    EXPECT_TRUE(journey.at("stage_feelings").is_object());
    const auto& metrics = json.at("metrics").as_array();
    EXPECT_EQ(metrics.size(), 8U);
    EXPECT_EQ(metrics.at(0).at("name").as_string(), "nps");
    EXPECT_FALSE(metrics.at(0).at("builtin").as_bool());
    EXPECT_TRUE(metrics.at(1).at("builtin").as_bool());
    EXPECT_EQ(json.at("scales").as_array().size(), 5U);
    for (const char* key : {"name", "time_zone", "stages", "promises", "dimensions"}) {
        EXPECT_TRUE(json.contains(key)) << key;
    }
}

}  // namespace
}  // namespace kokemus::blueprint
