#include "refused/refused_item.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "refused/bounds.h"

namespace kokemus::refused {
namespace {

const Arrival came{.door = Door::Segment, .source = "key:k1", .at = Instant(Milliseconds(7))};

TEST(RefusedItem, KeepsWhatCame) {
    const Item item = make_item(came, "invalid_event", "is wrong", "{}");
    EXPECT_EQ(item.text, "{}");
    EXPECT_TRUE(item.is_whole);
    EXPECT_EQ(item.sent_bytes, 2);
    EXPECT_EQ(item.state, State::Open);
    EXPECT_EQ(item.last, came.at);
}

TEST(RefusedItem, IsKnownByDoorSourceAndText) {
    const std::string id = make_item(came, "a", "b", "{}").id;
    Arrival later = came;
    later.at = Instant(Milliseconds(9));
    EXPECT_EQ(make_item(later, "other", "other", "{}").id, id);
    EXPECT_NE(make_item(came, "a", "b", "{ }").id, id);
    Arrival other = came;
    other.source = "key:k2";
    EXPECT_NE(make_item(other, "a", "b", "{}").id, id);
    other = came;
    other.delivery = "msg_2";
    EXPECT_NE(make_item(other, "a", "b", "{}").id, id);
}

TEST(RefusedItem, LongTextsAreCutBetweenLetters) {
    const std::string even(bounds::item_bytes_max, 'x');
    EXPECT_TRUE(make_item(came, "", "", even).is_whole);
    const Item cut = make_item(came, "", std::string(5000, 'r'), even.substr(1) + "\xc3\xa4");
    EXPECT_FALSE(cut.is_whole);
    EXPECT_EQ(cut.text, even.substr(1));
    EXPECT_EQ(cut.sent_bytes, static_cast<std::int64_t>(even.size() + 1));
    EXPECT_EQ(cut.reason.size(), bounds::reason_bytes_max);
}

TEST(RefusedItem, WhatIsNoTextBecomesOne) {
    const Item item = make_item(came, "", "", std::string("a\xff\0b\xc3", 5));
    EXPECT_EQ(item.text,
              "a\xEF\xBF\xBD\xEF\xBF\xBD"
              "b\xEF\xBF\xBD");
    EXPECT_FALSE(item.is_whole);
    EXPECT_TRUE(is_valid_utf8(item.text));
}

TEST(RefusedItem, NamesAreReadAsTheyAreWritten) {
    for (const Door door : {Door::Encounters, Door::CloudEvents, Door::Segment, Door::Webhook}) {
        EXPECT_EQ(read_door(name_of(door)).value(), door);
    }
    for (const State state : {State::Open, State::Replayed, State::Dropped}) {
        EXPECT_EQ(read_state(name_of(state)).value(), state);
    }
    EXPECT_FALSE(read_door("window"));
    EXPECT_FALSE(read_state(""));
}

}  // namespace
}  // namespace kokemus::refused
