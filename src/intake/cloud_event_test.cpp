#include "intake/cloud_event.h"

#include <map>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "encounter/body_hash.h"

namespace kokemus::intake {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class CloudEventTest : public ::testing::Test {
protected:
    void SetUp() override {
        blueprint::EventRule ordered;
        ordered.name = "com.shop.ordered";
        ordered.kind = blueprint::EventKind::CloudEvent;
        ordered.fields = {{"touchpoint", "order placed"},
                          {"customer", "/data/buyer"},
                          {"thread", "/data/order"},
                          {"value", "/data/total"}};
        blueprint::EventRule beat;
        beat.name = "com.shop.heartbeat";
        beat.kind = blueprint::EventKind::CloudEvent;
        beat.skip = true;
        blueprint::Exclusion own;
        own.name = "our own";
        own.domains = {"shop.example"};
        blueprint::Blueprint blueprint;
        blueprint.events = {ordered, beat};
        blueprint.exclusions = {own};
        exclusions_ = ExclusionRules::of(blueprint).value();
        events_ = EventMap::of(std::make_shared<const blueprint::Blueprint>(blueprint)).value();
    }

    CloudEventSetting setting() const {
        return {events_, exclusions_, parse_instant("2026-05-01T00:00:00Z").value(), "", ""};
    }

    SentBatch read(const std::string& body) const {
        auto batch = read_cloud_events(body, setting());
        EXPECT_TRUE(batch) << batch.error().message;
        return batch ? std::move(*batch) : SentBatch();
    }

    /// An event with these members over those that each must have; null takes one out.
    static std::string event(const char* members) {
        json::object event{{"specversion", "1.0"},
                           {"id", "7"},
                           {"source", "/shop"},
                           {"type", "visit"},
                           {"subject", "anna"},
                           {"time", "2026-01-02T03:04:05Z"}};
        const json::value changes = json::parse(members);
        for (const auto& [name, value] : changes.as_object()) {
            if (value.is_null()) {
                event.erase(name);
            } else {
                event[name] = value;
            }
        }
        return json::serialize(event);
    }

    std::string refusal(const char* members) const {
        const SentBatch batch = read(event(members));
        EXPECT_THAT(batch.encounters, IsEmpty());
        EXPECT_EQ(batch.refused.count(), 1U);
        return batch.refused.empty() ? "" : batch.refused.list().front().reason;
    }

    EventMap events_;
    ExclusionRules exclusions_;
};

TEST_F(CloudEventTest, is_known_by_its_content_type_or_its_headers) {
    EXPECT_EQ(cloud_event_form("application/json", ""), CloudEventForm::None);
    EXPECT_EQ(cloud_event_form("application/json", "1.0"), CloudEventForm::Binary);
    EXPECT_EQ(cloud_event_form("Application/CloudEvents+JSON; charset=utf-8", ""),
              CloudEventForm::Structured);
    EXPECT_EQ(cloud_event_form("application/cloudevents-batch+json", ""), CloudEventForm::Batch);
    EXPECT_EQ(cloud_event_form("application/cloudevents+avro", ""), CloudEventForm::Unreadable);
    EXPECT_EQ(cloud_event_form("", ""), CloudEventForm::None);
}

TEST_F(CloudEventTest, the_envelope_alone_is_an_encounter) {
    const SentBatch batch = read(event("{}"));
    ASSERT_THAT(batch.encounters, SizeIs(1));
    const auto& made = batch.encounters.front();
    EXPECT_EQ(made.id.value(), "/shop 7");
    EXPECT_EQ(made.customer.value(), "anna");
    EXPECT_EQ(made.touchpoint, "visit");
    EXPECT_EQ(format_instant(made.time), "2026-01-02T03:04:05Z");
    EXPECT_EQ(made.properties, "");
    EXPECT_EQ(format_instant(read(event(R"({"time":null})")).encounters.at(0).time),
              "2026-05-01T00:00:00Z");
}

TEST_F(CloudEventTest, an_event_without_a_time_is_the_same_whenever_it_comes_again) {
    const std::string timeless = event(R"({"time":null})");
    CloudEventSetting later = setting();
    later.received_at += std::chrono::hours(1);
    const auto first = read(timeless).encounters.at(0);
    const auto second = read_cloud_events(timeless, later)->encounters.at(0);
    EXPECT_TRUE(first.time_clamped);
    EXPECT_TRUE(encounter::same_body(first, second));
    EXPECT_FALSE(read(event("{}")).encounters.at(0).time_clamped);
}

TEST_F(CloudEventTest, a_null_in_the_data_is_absent) {
    const SentBatch batch =
        read(event(R"({"data":{"time":null,"customer":null,"touchpoint":null,"x":null}})"));
    ASSERT_THAT(batch.encounters, SizeIs(1)) << batch.refused.list().at(0).reason;
    EXPECT_EQ(batch.encounters[0].customer.value(), "anna");
    EXPECT_EQ(batch.encounters[0].properties, "");
}

TEST_F(CloudEventTest, data_fills_the_fields_it_names_and_the_rest_are_properties) {
    const SentBatch batch = read(event(
        R"({"data":{"customer":"ben","score":9,"scale":"nps","id":"o1","plan":"gold","properties":{"a":1}}})"));
    ASSERT_THAT(batch.encounters, SizeIs(1)) << batch.refused.list().at(0).reason;
    const auto& made = batch.encounters.front();
    EXPECT_EQ(made.customer.value(), "ben");
    EXPECT_EQ(made.score, 9.0);
    EXPECT_EQ(made.id.value(), "/shop 7") << "an id in the data is not the event's";
    EXPECT_EQ(json::parse(made.properties), json::parse(R"({"a":1,"id":"o1","plan":"gold"})"));
}

TEST_F(CloudEventTest, numbers_are_exact) {
    const SentBatch batch =
        read(R"({"specversion":"1.0","id":"7","source":"/s","type":"visit","subject":"anna",)"
             R"("data":{"value":1.4000000000000001}})");
    EXPECT_EQ(batch.encounters.at(0).value, 1.4000000000000001);
}

TEST_F(CloudEventTest, base64_data_is_unpacked) {
    const SentBatch batch = read(event(R"({"data_base64":"eyJwbGFuIjoiZ29sZCJ9"})"));
    ASSERT_THAT(batch.encounters, SizeIs(1));
    EXPECT_EQ(batch.encounters[0].properties, R"({"plan":"gold"})");
    EXPECT_THAT(refusal(R"({"data_base64":"%%"})"), HasSubstr("`data_base64` is not base64"));
    EXPECT_THAT(refusal(R"({"data_base64":"eHg="})"), HasSubstr("`data_base64` is not JSON"));
}

TEST_F(CloudEventTest, a_rule_of_the_blueprint_says_what_a_type_means) {
    const SentBatch batch = read(event(
        R"({"type":"com.shop.ordered","data":{"buyer":"cleo","order":"o5","total":12.5,"x":1}})"));
    ASSERT_THAT(batch.encounters, SizeIs(1)) << batch.refused.list().at(0).reason;
    const auto& made = batch.encounters.front();
    EXPECT_EQ(made.touchpoint, "order placed");
    EXPECT_EQ(made.customer.value(), "cleo");
    EXPECT_EQ(made.thread.value(), "o5");
    EXPECT_EQ(made.value, 12.5);
    EXPECT_EQ(made.properties, "") << "what no field names is not kept";
}

TEST_F(CloudEventTest, what_a_rule_leaves_out_is_told) {
    const SentBatch batch =
        read("[" + event(R"({"type":"com.shop.heartbeat"})") + "," +
             event(R"({"subject":"eve@shop.example"})") + "," + event("{}") + "]");
    EXPECT_EQ(batch.items, 3U);
    EXPECT_THAT(batch.places, testing::ElementsAre(2));
    ASSERT_THAT(batch.excluded, SizeIs(2));
    EXPECT_EQ(batch.excluded[0].rule, "com.shop.heartbeat");
    EXPECT_EQ(batch.excluded[1].rule, "our own");
}

TEST_F(CloudEventTest, an_event_with_a_fault_is_refused_alone_as_it_came) {
    const std::string wrong = event(R"({"source":null})");
    const SentBatch batch = read("[7," + wrong + "," + event("{}") + "]");
    EXPECT_THAT(batch.encounters, SizeIs(1));
    ASSERT_EQ(batch.refused.count(), 2U);
    EXPECT_THAT(batch.refused.list()[0].reason, HasSubstr("not a CloudEvent"));
    EXPECT_THAT(batch.refused.list()[1].reason, HasSubstr("`source` is missing"));
    EXPECT_EQ(batch.refused.list()[1].index, 1U);
    EXPECT_EQ(batch.refused.list()[1].item, wrong);
    EXPECT_THAT(refusal(R"({"specversion":"0.3"})"), HasSubstr("`specversion` is \"0.3\""));
    EXPECT_THAT(refusal(R"({"id":7})"), HasSubstr("`id` is not text"));
    EXPECT_THAT(refusal(R"({"type":""})"), HasSubstr("`type` is missing"));
    EXPECT_THAT(refusal(R"({"data":[1]})"), HasSubstr("`data` is not a JSON object"));
    EXPECT_THAT(refusal(R"({"subject":null})"), HasSubstr("customer"));
    EXPECT_THAT(refusal(R"({"time":"yesterday"})"), HasSubstr("time"));
    EXPECT_FALSE(read_cloud_events("{", setting()));
    EXPECT_EQ(read_cloud_events("[" + std::string(60'000, '[') + "]", setting()).error().code,
              ErrorCode::InvalidInput);
}

TEST_F(CloudEventTest, long_ids_are_kept_apart) {
    const std::string a(300, 'a');
    const auto id_of = [&](const std::string& id) {
        const std::string members = R"({"id":")" + id + R"("})";
        return read(event(members.c_str())).encounters.at(0).id;
    };
    EXPECT_NE(id_of(a), id_of(a + "b"));
    EXPECT_EQ(id_of(a), id_of(a));
}

TEST_F(CloudEventTest, headers_are_an_event_too) {
    std::map<std::string, std::string, std::less<>> headers{{"ce-specversion", "1.0"},
                                                            {"ce-id", "7"},
                                                            {"ce-source", "/shop"},
                                                            {"ce-type", "visit"},
                                                            {"ce-subject", "p%C3%A4ivi%20a"},
                                                            {"content-type", "application/json"}};
    const auto header = [&](std::string_view name) -> std::string_view {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string_view() : found->second;
    };
    const auto batch = read_binary_cloud_event(header, R"({"score":3,"scale":"csat5"})", setting());
    ASSERT_TRUE(batch) << batch.error().message;
    ASSERT_THAT(batch->encounters, SizeIs(1)) << batch->refused.list().at(0).reason;
    EXPECT_EQ(batch->encounters[0].customer.value(), "p\xc3\xa4ivi a");
    EXPECT_EQ(batch->encounters[0].score, 3.0);
    EXPECT_TRUE(read_binary_cloud_event(header, "", setting()));
    EXPECT_FALSE(read_binary_cloud_event(header, "{", setting()));
    headers["content-type"] = "image/png";
    EXPECT_FALSE(read_binary_cloud_event(header, "x", setting()));
    headers["content-type"] = "application/json";
    for (const char* broken : {"a%2", "a%", "%zz", "%ff"}) {
        headers["ce-subject"] = broken;
        EXPECT_FALSE(read_binary_cloud_event(header, "{}", setting())) << broken;
    }
}

}  // namespace
}  // namespace kokemus::intake
