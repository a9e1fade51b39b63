#include "intake/segment.h"

#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "blueprint/blueprint_read.h"

namespace kokemus::intake {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::IsEmpty;

/// What came in at noon, by the rules of one blueprint.
class Segment : public ::testing::Test {
protected:
    Result<SentBatch> read(SegmentCall call, std::string_view body, std::string_view toml = "") {
        const blueprint::Reading reading = blueprint::read_blueprint(toml);
        EXPECT_TRUE(reading.faults.empty()) << reading.faults.front().message;
        const auto blueprint = std::make_shared<const blueprint::Blueprint>(reading.blueprint);
        const EventMap events = *EventMap::of(blueprint);
        const ExclusionRules exclusions = *ExclusionRules::of(*blueprint);
        return read_segment(
            call,
            body,
            {events, exclusions, received_, "Mozilla/5.0", "198.51.100.7", [&](auto key) {
                 shown_key_ = key;
                 return admission_;
             }});
    }

    SentBatch taken(SegmentCall call, std::string_view body, std::string_view toml = "") {
        auto batch = read(call, body, toml);
        EXPECT_TRUE(batch) << batch.error().message;
        return batch ? *batch : SentBatch{};
    }

    encounter::Encounter one(SegmentCall call, std::string_view body, std::string_view toml = "") {
        const SentBatch batch = taken(call, body, toml);
        EXPECT_TRUE(batch.refused.empty()) << batch.refused.list().front().reason;
        EXPECT_EQ(batch.encounters.size(), 1U);
        return batch.encounters.empty() ? encounter::Encounter{} : batch.encounters.front();
    }

    std::string refusal(SegmentCall call, std::string_view body) {
        const SentBatch batch = taken(call, body);
        EXPECT_THAT(batch.encounters, IsEmpty());
        EXPECT_THAT(batch.customers, IsEmpty());
        EXPECT_THAT(batch.identities, IsEmpty());
        return batch.refused.count() == 1 ? batch.refused.list()[0].code : "not refused";
    }

    const Instant received_ = *parse_instant("2026-03-01T12:00:00Z");
    Status admission_;
    std::string shown_key_;
};

TEST_F(Segment, a_body_that_is_none_is_an_error) {
    for (const char* body : {"", "{", "[]", "7", "null", R"({"a":"\ud800"})"}) {
        EXPECT_EQ(read(SegmentCall::Track, body).error().code, ErrorCode::InvalidInput) << body;
    }
    for (const char* body : {"{}", R"({"batch":{}})", R"({"batch":null})"}) {
        EXPECT_EQ(read(SegmentCall::Batch, body).error().code, ErrorCode::InvalidInput) << body;
    }
    const std::string deep = std::string(100, '[') + std::string(100, ']');
    EXPECT_FALSE(
        read(SegmentCall::Track, R"({"userId":"u","event":"e","properties":)" + deep + "}"));
    EXPECT_EQ(taken(SegmentCall::Batch, R"({"batch":[]})").items, 0U);
}

TEST_F(Segment, sizes_are_bounded_for_the_body_and_for_each_event) {
    const auto event = [](std::size_t bytes) {
        const std::string empty =
            R"({"type":"track","userId":"u","event":"e","properties":{"p":""}})";
        return empty.substr(0, empty.size() - 3) + std::string(bytes - empty.size(), 'x') + "\"}}";
    };
    EXPECT_EQ(event(32 * 1024).size(), 32U * 1024);
    EXPECT_TRUE(read(SegmentCall::Track, event(32 * 1024)));
    EXPECT_EQ(read(SegmentCall::Track, event(32 * 1024 + 1)).error().code, ErrorCode::TooLarge);
    const SentBatch batch = taken(
        SegmentCall::Batch,
        R"({"batch":[)" + event(32 * 1024) + "," + event(32 * 1024 + 1) + "," + event(100) + "]}");
    EXPECT_EQ(batch.encounters.size(), 2U);
    ASSERT_EQ(batch.refused.count(), 1U);
    EXPECT_EQ(batch.refused.list()[0].code, "event_too_large");
    EXPECT_EQ(batch.refused.list()[0].index, 1U);
    const std::string large = R"({"batch":[)" + std::string(500 * 1024 - 12, ' ') + "]}";
    EXPECT_EQ(large.size(), 500U * 1024);
    EXPECT_TRUE(read(SegmentCall::Batch, large));
    EXPECT_EQ(read(SegmentCall::Batch, large + " ").error().code, ErrorCode::TooLarge);
}

TEST_F(Segment, nothing_is_read_for_who_may_not_write) {
    admission_ = Error{ErrorCode::Forbidden, "who are you?"};
    for (const char* body : {R"({"writeKey":"k1","batch":7})",
                             R"({"batch":[{"type":"page","userId":"u"}],"writeKey":"k1"})"}) {
        EXPECT_EQ(read(SegmentCall::Batch, body).error(), admission_.error()) << body;
        EXPECT_EQ(std::exchange(shown_key_, "not asked"), "k1");
    }
    EXPECT_EQ(read(SegmentCall::Track, "{}").error(), admission_.error());
    EXPECT_EQ(shown_key_, "");
}

TEST_F(Segment, what_a_batch_says_once_is_bounded_by_what_its_copies_come_to) {
    const auto batch = [](std::size_t items, std::size_t shared_bytes) {
        std::string body = R"({"context":{"x":")" +
                           std::string(shared_bytes - std::string_view(R"({"x":""})").size(), 'x') +
                           R"("},"batch":[)";
        for (std::size_t i = 0; i < items; ++i) {
            body += std::string(i == 0 ? "" : ",") + R"({"type":"page","userId":"u"})";
        }
        return body + "]}";
    };
    constexpr std::size_t most = segment_shared_bytes_max / segment_batch_events_max;
    EXPECT_EQ(taken(SegmentCall::Batch, batch(2500, most)).encounters.size(), 2500U);
    EXPECT_EQ(read(SegmentCall::Batch, batch(2500, most + 1)).error().code, ErrorCode::TooLarge);
    EXPECT_EQ(taken(SegmentCall::Batch, batch(2501, most)).refused.count(), 1U);
    EXPECT_TRUE(read(SegmentCall::Batch, batch(1, 400 * 1024)));
}

TEST_F(Segment, events_over_2500_are_refused_and_the_others_kept) {
    std::string body = R"({"batch":[)";
    for (int i = 0; i < 2502; ++i) {
        body += std::string(i == 0 ? "" : ",") +
                R"({"type":"track","userId":"u","event":"e","messageId":"m)" + std::to_string(i) +
                "\"}";
    }
    const SentBatch batch = taken(SegmentCall::Batch, body + "]}");
    EXPECT_EQ(batch.items, 2502U);
    EXPECT_EQ(batch.encounters.size(), 2500U);
    ASSERT_EQ(batch.refused.count(), 2U);
    EXPECT_EQ(batch.refused.list()[0].code, "too_many_events");
    EXPECT_EQ(batch.refused.list()[1].index, 2501U);
}

TEST_F(Segment, what_is_required_is_asked_for) {
    EXPECT_EQ(refusal(SegmentCall::Track, R"({"event":"e"})"), "no_user_anon_id");
    EXPECT_EQ(refusal(SegmentCall::Track, R"({"event":"e","userId":"","anonymousId":null})"),
              "no_user_anon_id");
    EXPECT_EQ(refusal(SegmentCall::Identify, R"({"traits":{"a":1}})"), "no_user_anon_id");
    EXPECT_EQ(refusal(SegmentCall::Track, R"({"userId":"u"})"), "missing_event");
    EXPECT_EQ(refusal(SegmentCall::Group, R"({"userId":"u"})"), "missing_group_id");
    EXPECT_EQ(refusal(SegmentCall::Alias, R"({"userId":"u"})"), "missing_previous_id");
    EXPECT_EQ(refusal(SegmentCall::Alias, R"({"previousId":"u"})"), "missing_user_id");
    EXPECT_EQ(refusal(SegmentCall::Batch, R"({"batch":[{"userId":"u"}]})"), "invalid_type");
    EXPECT_EQ(refusal(SegmentCall::Batch, R"({"batch":[7]})"), "invalid_type");
    EXPECT_EQ(refusal(SegmentCall::Batch, R"({"batch":[{"type":"batch","userId":"u"}]})"),
              "invalid_type");
    EXPECT_EQ(refusal(SegmentCall::Batch, R"({"batch":[{"type":"t","userId":"u","event":"e"}]})"),
              "invalid_type");
    EXPECT_EQ(refusal(SegmentCall::Track, R"({"userId":"u\u0000","event":"e"})"), "invalid_id");
    EXPECT_EQ(refusal(SegmentCall::Track, R"({"userId":"u","event":"e","timestamp":"soon"})"),
              "invalid_timestamp");
}

TEST_F(Segment, message_ids_have_fewer_than_100_characters) {
    const std::string body = R"({"userId":"u","event":"e","messageId":")";
    EXPECT_EQ(one(SegmentCall::Track, body + std::string(99, 'm') + "\"}").id.value(),
              std::string(99, 'm'));
    EXPECT_EQ(refusal(SegmentCall::Track, body + std::string(100, 'm') + "\"}"),
              "message_id_too_long");
}

TEST_F(Segment, without_a_message_id_the_content_gives_one) {
    const char* body =
        R"({"batch":[{"type":"track","userId":"u","event":"e","timestamp":"2026-01-01"},
                     {"type":"track","userId":"u","event":"e","timestamp":"2026-01-01"}]})";
    const SentBatch first = taken(SegmentCall::Batch, body);
    const SentBatch again = taken(SegmentCall::Batch, body);
    EXPECT_EQ(first.encounters, again.encounters);
    EXPECT_NE(first.encounters.at(0).id, first.encounters.at(1).id);
}

TEST_F(Segment, the_clock_of_the_sender_is_corrected) {
    const auto time = [&](const std::string& clocks) {
        return format_instant(
            one(SegmentCall::Track, R"({"userId":"u","event":"e")" + clocks + "}").time);
    };
    EXPECT_EQ(time(""), "2026-03-01T12:00:00Z");
    EXPECT_EQ(time(R"(,"timestamp":"2026-02-01T00:00:00Z")"), "2026-02-01T00:00:00Z");
    EXPECT_EQ(time(R"(,"originalTimestamp":"2026-02-01T00:00:00Z")"), "2026-02-01T00:00:00Z");
    // An hour fast, sent ten seconds after it happened.
    EXPECT_EQ(time(R"(,"timestamp":"2026-03-01T13:00:00Z","sentAt":"2026-03-01T13:00:10Z")"),
              "2026-03-01T11:59:50Z");
    // A clock that stands in 1970.
    EXPECT_EQ(time(R"(,"timestamp":"1970-01-01T00:00:00Z","sentAt":"1970-01-01T00:01:00Z")"),
              "2026-03-01T11:59:00Z");
    EXPECT_EQ(time(R"(,"timestamp":"2026-02-01T00:00:00Z","sentAt":"never")"),
              "2026-02-01T00:00:00Z");
    EXPECT_EQ(corrected_time(
                  *parse_instant("0001-01-02"), parse_instant("9999-12-31").value(), received_),
              *parse_instant("0001-01-02"));
}

TEST_F(Segment, a_clock_that_makes_no_sense_is_said) {
    const SentBatch batch = taken(SegmentCall::Track,
                                  R"({"userId":"u","event":"e","timestamp":"0001-01-01T00:00:00Z",)"
                                  R"("sentAt":"9999-01-01T00:00:00Z"})");
    EXPECT_TRUE(batch.encounters.empty());
    ASSERT_EQ(batch.refused.count(), 1);
    EXPECT_THAT(batch.refused.list().front().reason, testing::HasSubstr("before 1990-01-01"));
}

TEST_F(Segment, money_that_goes_back_is_negative) {
    const auto value = [&](const std::string& event) {
        return one(SegmentCall::Track,
                   R"({"userId":"u","event":")" + event + R"(","properties":{"total":"49.5"}})")
            .value;
    };
    EXPECT_EQ(value("Order Completed"), 49.5);
    EXPECT_EQ(value("Order Refunded"), -49.5);
    EXPECT_EQ(value("Order Cancelled"), std::nullopt);
}

TEST_F(Segment, the_batch_says_once_when_it_was_sent) {
    const SentBatch batch = taken(SegmentCall::Batch, R"({"sentAt":"2026-03-01T13:00:10Z","batch":[
        {"type":"track","userId":"u","event":"e","timestamp":"2026-03-01T13:00:00Z"},
        {"type":"track","userId":"u","event":"e","timestamp":"2026-03-01T13:00:00Z",
         "sentAt":"2026-03-01T13:00:20Z"}]})");
    EXPECT_EQ(format_instant(batch.encounters.at(0).time), "2026-03-01T11:59:50Z");
    EXPECT_EQ(format_instant(batch.encounters.at(1).time), "2026-03-01T11:59:40Z");
}

TEST_F(Segment, a_time_in_the_future_is_now_and_flagged) {
    const auto future = one(SegmentCall::Track,
                            R"({"userId":"u","event":"e","timestamp":"2026-03-01T12:00:00.001Z"})");
    EXPECT_EQ(future.time, received_);
    EXPECT_TRUE(future.time_clamped);
    EXPECT_FALSE(one(SegmentCall::Track, R"({"userId":"u","event":"e"})").time_clamped);
}

TEST_F(Segment, context_and_integrations_of_the_batch_reach_its_items) {
    const SentBatch batch =
        taken(SegmentCall::Batch, R"({"context":{"locale":"fi","app":{"name":"A"}},"batch":[
        {"type":"track","userId":"u","event":"e"},
        {"type":"track","userId":"u","event":"e","context":{"locale":"sv"}}]})");
    EXPECT_THAT(batch.encounters.at(0).properties, HasSubstr(R"("locale":"fi")"));
    EXPECT_THAT(batch.encounters.at(1).properties, HasSubstr(R"("locale":"sv")"));
    EXPECT_THAT(batch.encounters.at(1).properties, HasSubstr(R"("app":{"name":"A"})"));
    EXPECT_EQ(batch.encounters.at(1).sequence, 1U);
}

TEST_F(Segment, who_it_was_stays_out_of_the_properties) {
    const auto event =
        one(SegmentCall::Track, R"({"userId":"u","event":"e","context":{"ip":"203.0.113.9",
        "userAgent":"secret agent","traits":{"email":"a@b.fi"},"device":{"id":"d7","type":"ios"}}})");
    EXPECT_EQ(event.properties, R"({"context":{"device":{"type":"ios"}}})");
}

TEST_F(Segment, known_events_of_shops_mail_and_chat_have_touchpoints) {
    const auto order =
        one(SegmentCall::Track, R"({"userId":"u","event":"Order Completed","properties":
        {"order_id":50314,"checkout_id":"c1","revenue":"25.5","total":30,"currency":"EUR"}})");
    EXPECT_EQ(order.touchpoint, "order placed");
    EXPECT_EQ(order.thread.value(), "50314");
    EXPECT_EQ(order.value, 25.5);
    EXPECT_THAT(order.properties, HasSubstr(R"("currency":"EUR")"));
    const auto chat = one(SegmentCall::Track,
                          R"({"userId":"u","event":"Live Chat Conversation Ended","properties":
        {"conversation_id":"c7","agent_id":"a1","agent_name":"Ann","conversation_duration":90}})");
    EXPECT_EQ(chat.touchpoint, "chat ended");
    EXPECT_EQ(chat.channel, "chat");
    EXPECT_EQ(chat.thread.value(), "c7");
    EXPECT_EQ(chat.employee, "a1");
    EXPECT_EQ(chat.duration_seconds, 90);
    const auto mail = one(SegmentCall::Track, R"({"userId":"u","event":"Email Bounced"})");
    EXPECT_EQ(mail.touchpoint, "e-mail bounced");
    EXPECT_EQ(mail.channel, "e-mail");
    const auto review = one(SegmentCall::Track, R"({"userId":"u","event":"Product Reviewed",
        "properties":{"rating":4,"review_body":"good"}})");
    EXPECT_EQ(review.score, 4);
    EXPECT_EQ(review.scale, "stars5");
    EXPECT_EQ(review.text, "good");
    EXPECT_EQ(one(SegmentCall::Track, R"({"userId":"u","event":"Product Reviewed"})").scale, "");
    const auto other = one(SegmentCall::Track, R"({"userId":"u","event":"Sofa Moved"})");
    EXPECT_EQ(other.touchpoint, "Sofa Moved");
    EXPECT_EQ(other.channel, "");
}

TEST_F(Segment, the_blueprint_goes_before_what_is_built_in) {
    const char* body = R"({"userId":"u","event":"Order Completed","context":{"page":{"path":"/"}},
                           "properties":{"order_id":"1","ref":"r"}})";
    const auto own = one(SegmentCall::Track, body, R"([event."Order Completed"]
touchpoint = "sold"
channel = "till"
thread = "/properties/ref")");
    EXPECT_EQ(own.touchpoint, "sold");
    EXPECT_EQ(own.channel, "till");
    EXPECT_EQ(own.thread.value(), "r");
    const auto named =
        one(SegmentCall::Track,
            body,
            "[channel.shop]\nkind = \"human\"\n"
            "[touchpoint.\"Order Completed\"]\nchannel = \"shop\"\nstage = \"s\"\nowner = \"o\"");
    EXPECT_EQ(named.touchpoint, "Order Completed");
    EXPECT_EQ(named.thread.value(), "1");
    EXPECT_EQ(named.channel, "") << "the touchpoint's own, since nobody knows a channel web";
    EXPECT_EQ(one(SegmentCall::Track, body).channel, "web");
    const SentBatch skipped =
        taken(SegmentCall::Track, body, "[event.\"Order Completed\"]\nskip = true");
    EXPECT_EQ(skipped.excluded.size(), 1U);
    EXPECT_THAT(skipped.encounters, IsEmpty());
}

TEST_F(Segment, pages_and_screens_go_by_name_or_path) {
    const char* toml = R"([event."/checkout/*"]
kind = "page"
touchpoint = "checkout"
[event."/checkout/done*"]
kind = "page"
touchpoint = "thanks"
[event.Home]
kind = "screen"
touchpoint = "start")";
    const auto page = [&](const std::string& path) {
        return one(SegmentCall::Page,
                   R"({"anonymousId":"a","properties":{"path":")" + path + "\"}}",
                   toml);
    };
    EXPECT_EQ(page("/checkout/2").touchpoint, "checkout");
    EXPECT_EQ(page("/checkout/done/7").touchpoint, "thanks");
    EXPECT_EQ(page("/").touchpoint, "page viewed");
    EXPECT_EQ(page("/").channel, "web");
    EXPECT_EQ(one(SegmentCall::Page, R"({"anonymousId":"a","name":"Home"})", toml).touchpoint,
              "Home");
    EXPECT_EQ(one(SegmentCall::Page,
                  R"({"anonymousId":"a","context":{"page":{"path":"/checkout/"}}})",
                  toml)
                  .touchpoint,
              "checkout");
    const auto screen = one(SegmentCall::Screen, R"({"anonymousId":"a","name":"Home"})", toml);
    EXPECT_EQ(screen.touchpoint, "start");
    EXPECT_EQ(screen.channel, "app");
}

TEST_F(Segment, identify_gives_traits_and_says_who_is_who) {
    const SentBatch batch =
        taken(SegmentCall::Identify, R"({"userId":"u1","anonymousId":"a1","traits":
        {"email":"a@b.fi","age":30,"firstName":"Anna","lastName":"Aalto","gone":null,"vip":true,
         "createdAt":1700000000,"address":{"city":"Turku"},"tags":["x"]}})");
    EXPECT_THAT(batch.encounters, IsEmpty());
    const encounter::Customer expected{encounter::CustomerName("u1"),
                                       {{"email", "a@b.fi"},
                                        {"age", "30"},
                                        {"firstName", "Anna"},
                                        {"lastName", "Aalto"},
                                        {"name", "Anna Aalto"},
                                        {"gone", ""},
                                        {"vip", "true"},
                                        {"createdAt", "2023-11-14T22:13:20Z"},
                                        {"address.city", "Turku"},
                                        {"tags", R"(["x"])"}}};
    EXPECT_THAT(batch.customers, testing::ElementsAre(expected));
    const encounter::Assertion same{encounter::CustomerName("a1"),
                                    encounter::CustomerName("u1"),
                                    encounter::Evidence::SameMessage,
                                    "segment",
                                    {},
                                    {}};
    EXPECT_THAT(batch.identities, testing::ElementsAre(same));
}

TEST_F(Segment, alias_and_group_are_evidence) {
    const auto alias =
        taken(SegmentCall::Alias, R"({"previousId":"old","userId":"new"})").identities.at(0);
    EXPECT_EQ(alias.name.value(), "old");
    EXPECT_EQ(alias.other.value(), "new");
    EXPECT_EQ(alias.evidence, encounter::Evidence::Alias);
    const std::string long_role(501, 'r');
    EXPECT_EQ(refusal(SegmentCall::Group,
                      R"({"userId":"u","groupId":"g","traits":{"role":")" + long_role + "\"}}"),
              "invalid_traits");
    EXPECT_EQ(
        refusal(SegmentCall::Group, R"({"userId":"u","groupId":"g","traits":{"role":"a\u0000"}})"),
        "invalid_traits");
    const SentBatch group =
        taken(SegmentCall::Group, R"({"userId":"u","groupId":"acme","traits":{"name":"Acme"}})");
    EXPECT_EQ(group.customers.at(0).name.value(), "acme");
    EXPECT_EQ(group.identities.at(0).evidence, encounter::Evidence::Member);
    const SentBatch alone = taken(SegmentCall::Identify, R"({"userId":"x","anonymousId":"x"})");
    EXPECT_EQ(alone.identities.at(0).evidence, encounter::Evidence::Verified);
    EXPECT_EQ(alone.identities.size(), 1U);
    const SentBatch cookie =
        taken(SegmentCall::Identify, R"({"anonymousId":"a","traits":{"email":"a@b.fi"}})");
    ASSERT_EQ(cookie.identities.size(), 1U);
    EXPECT_EQ(cookie.identities.at(0).evidence, encounter::Evidence::Anonymous);
}

TEST_F(Segment, a_user_goes_before_a_cookie) {
    const SentBatch batch =
        taken(SegmentCall::Track, R"({"userId":7,"anonymousId":"a","event":"e","writeKey":"k"})");
    EXPECT_EQ(batch.encounters.at(0).customer.value(), "7");
    EXPECT_EQ(batch.identities.size(), 1U);
    EXPECT_EQ(shown_key_, "k");
}

TEST_F(Segment, machines_and_our_own_people_are_left_out) {
    const char* toml = R"([exclude.bots]
user_agents = ["bot"]
[exclude.staff]
domains = ["shop.example"]
addresses = ["198.51.100.0/24"])";
    const auto rule = [&](const std::string& more) {
        const SentBatch batch =
            taken(SegmentCall::Track, R"({"userId":"u","event":"e")" + more + "}", toml);
        EXPECT_EQ(batch.encounters.size() + batch.excluded.size(), 1U);
        return batch.excluded.empty() ? "" : batch.excluded[0].rule;
    };
    EXPECT_EQ(rule(R"(,"context":{"ip":"192.0.2.1"})"), "");
    EXPECT_EQ(rule(R"(,"context":{"ip":"192.0.2.1","userAgent":"GoogleBot/2"})"), "bots");
    EXPECT_EQ(rule(""), "staff") << "by the socket's address";
    EXPECT_EQ(rule(R"(,"context":{"ip":"192.0.2.1","direct":true})"), "staff");
    EXPECT_EQ(rule(R"(,"context":{"ip":"192.0.2.1","traits":{"email":"x@Sub.Shop.example"}})"),
              "staff");
    EXPECT_EQ(rule(R"(,"context":{"ip":"192.0.2.1","traits":{"email":"x@othershop.example"}})"),
              "");
}

TEST_F(Segment, a_refused_item_is_given_back_without_the_key) {
    const SentBatch batch = taken(SegmentCall::Track, R"({"writeKey":"k","userId":"u"})");
    EXPECT_EQ(batch.refused.list().at(0).item, R"({"userId":"u","type":"track"})");
}

TEST_F(Segment, a_refused_item_takes_along_what_its_batch_said_for_it) {
    const SentBatch batch =
        taken(SegmentCall::Batch,
              R"({"sentAt":"2026-01-02T03:04:05Z","context":{"ip":"192.0.2.1"},"batch":[
           {"type":"track","userId":"u"}, {"type":"track","userId":"u","sentAt":7,"context":null}]})");
    ASSERT_EQ(batch.refused.count(), 2U);
    EXPECT_EQ(batch.refused.list()[0].item,
              R"({"type":"track","userId":"u","context":{"ip":"192.0.2.1"},)"
              R"("sentAt":"2026-01-02T03:04:05Z"})");
    EXPECT_THAT(batch.refused.list()[1].item, HasSubstr(R"("sentAt":7)"));
}

/// Those too that were never read: else they would be replayed at another time, by rules for
/// others.
TEST_F(Segment, so_does_one_that_is_refused_for_its_shape) {
    std::string body =
        R"({"sentAt":"2026-01-02T03:04:05Z","context":{"userAgent":"bot/1"},"batch":[{"type":"odd"})";
    for (std::size_t i = 1; i <= segment_batch_events_max; ++i) {
        body += R"(,{"type":"track","userId":"u","event":"e"})";
    }
    body += ",7]}";
    const SentBatch batch = taken(SegmentCall::Batch, body);
    ASSERT_EQ(batch.refused.count(), 3U);
    EXPECT_EQ(batch.refused.list()[0].code, "invalid_type");
    EXPECT_EQ(batch.refused.list()[1].code, "too_many_events");
    for (std::size_t place : {0U, 1U}) {
        EXPECT_THAT(
            batch.refused.list()[place].item,
            HasSubstr(R"("context":{"userAgent":"bot/1"},"sentAt":"2026-01-02T03:04:05Z")"));
    }
    EXPECT_EQ(batch.refused.list()[2].item, "7");
    const SentBatch large = taken(
        SegmentCall::Batch,
        fmt::format(R"({{"sentAt":"2026-01-02T03:04:05Z","batch":[{{"type":"track","a":"{}"}}]}})",
                    std::string(segment_event_bytes_max, 'a')));
    ASSERT_EQ(large.refused.count(), 1U);
    EXPECT_THAT(large.refused.list()[0].item, HasSubstr("sentAt"));
}

TEST_F(Segment, consents_are_traits_of_the_customer) {
    const SentBatch told =
        taken(SegmentCall::Identify,
              R"({"userId":"u","traits":{"plan":"gold","consents":{"contact":true,
            "analysis":{"state":"refused","wording":"2026-03"},"sms":null,"odd":{"often":1}}}})");
    ASSERT_EQ(told.customers.size(), 1U);
    const auto& traits = told.customers.front().traits;
    EXPECT_EQ(traits.at("consent.contact"), "true");
    EXPECT_EQ(traits.at("consent.contact.wording"), "");
    EXPECT_EQ(traits.at("consent.analysis"), "refused");
    EXPECT_EQ(traits.at("consent.analysis.wording"), "2026-03");
    EXPECT_EQ(traits.at("consent.sms"), "") << "taken back";
    EXPECT_EQ(traits.at("consents.odd"), R"({"often":1})") << "kept, and no consent";
    EXPECT_EQ(traits.at("plan"), "gold");
    const SentBatch banner =
        taken(SegmentCall::Track,
              R"({"userId":"u","event":"Seen","context":{"consent":{"categoryPreferences":
            {"Advertising":true,"Analytics":"denied","Odd":{"x":1}}}}})");
    ASSERT_EQ(banner.customers.size(), 1U);
    EXPECT_EQ(banner.customers.front().traits.at("consent.Advertising"), "true");
    EXPECT_EQ(banner.customers.front().traits.at("consent.Analytics"), "denied");
    EXPECT_FALSE(banner.customers.front().traits.contains("consent.Odd"));
}

TEST_F(Segment, a_consent_that_cannot_be_read_is_refused_and_not_taken_for_none) {
    for (const char* traits :
         {R"({"consents":{"contact":"perhaps"}})", R"({"consent.contact":"perhaps"})"}) {
        const SentBatch batch = taken(
            SegmentCall::Batch,
            fmt::format(R"({{"batch":[{{"type":"identify","userId":"u","traits":{}}}]}})", traits));
        EXPECT_TRUE(batch.customers.empty());
        ASSERT_EQ(batch.refused.count(), 1U) << traits;
        EXPECT_THAT(batch.refused.list()[0].reason, HasSubstr("granted, refused or withdrawn"));
    }
}

}  // namespace
}  // namespace kokemus::intake
