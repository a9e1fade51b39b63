#include "courier/event.h"

#include <gtest/gtest.h>

#include "courier/bounds.h"
#include "courier/pattern_list.h"

namespace kokemus::courier {
namespace {

const Instant moment{std::chrono::seconds(1'790'000'000)};

TEST(Event, HasATypeOfWordsAndFieldsThatAreAnObject) {
    EXPECT_TRUE(check_event({"case.opened", moment}));
    EXPECT_TRUE(check_event({"kokemus", moment, R"({"a":[1]})"}));
    for (const char* type :
         {"", ".", "a..b", ".a", "a.", "Case.opened", "a b", "a\"b", "a.*", "ä"}) {
        EXPECT_FALSE(check_event({type, moment})) << type;
    }
    EXPECT_FALSE(check_event({std::string(bounds::type_bytes_max + 1, 'a'), moment}));
    for (const char* fields : {"", "[]", "1", "{", "{}x", "null"}) {
        EXPECT_FALSE(check_event({"a", moment, fields})) << fields;
    }
    const std::string long_one = R"({"a":")" + std::string(bounds::event_bytes_max, 'x') + "\"}";
    EXPECT_EQ(check_event({"a", moment, long_one}).error().code, ErrorCode::TooLarge);
}

TEST(Event, IsSentAsTypeTimestampAndFields) {
    EXPECT_EQ(event_body({"user.added", moment, R"({"id":"7"})"}),
              R"({"type":"user.added","timestamp":"2026-09-21T14:13:20Z","data":{"id":"7"}})");
}

TEST(Event, IsWantedByItsTypeItsBeginningOrAll) {
    using Patterns = std::vector<std::string>;
    EXPECT_FALSE(wants(Patterns{}, "user.added"));
    EXPECT_TRUE(wants(Patterns{"*"}, "user.added"));
    EXPECT_TRUE(wants(Patterns{"case.*", "user.*"}, "user.added"));
    EXPECT_TRUE(wants(Patterns{"user.added"}, "user.added"));
    EXPECT_FALSE(wants(Patterns{"user.added"}, "user.added.twice"));
    EXPECT_FALSE(wants(Patterns{"user.*"}, "user"));
    EXPECT_FALSE(wants(Patterns{"user.*"}, "users.added"));
}

TEST(Event, PatternsAreTypesBeginningsOrAll) {
    for (const char* pattern : {"*", "user.*", "user.added", "encounters.*"}) {
        EXPECT_TRUE(check_pattern(pattern)) << pattern;
    }
    for (const char* pattern : {"",
                                "**",
                                "*.added",
                                "user*",
                                ".*",
                                "us er",
                                "a.b.*",
                                "user.*.x",
                                "user.added.",
                                "user.a",
                                "user",
                                "zap.*"}) {
        EXPECT_FALSE(check_pattern(pattern)) << pattern;
    }
    for (const std::string_view type : known_types()) {
        EXPECT_TRUE(check_pattern(type)) << type;
        EXPECT_TRUE(check_event({std::string(type), moment})) << type;
    }
    const std::string words = check_pattern("user.aded").error().message;
    EXPECT_NE(words.find("did you mean \"user.added\"?"), std::string::npos) << words;
    EXPECT_NE(words.find("encounters.refused"), std::string::npos) << words;
    const std::vector<std::string> all{"*", "user.*", "case.opened"};
    EXPECT_EQ(read_patterns(patterns_text(all)), all);
    EXPECT_TRUE(read_patterns("").empty());
}

TEST(Event, IdsOfOneServerFollowTheOrderOfMaking) {
    std::string before;
    for (int i = 0; i < 1000; ++i) {
        const std::string id = new_event_id(moment + Milliseconds(i / 100));
        EXPECT_LT(before, id);
        before = id;
    }
}

}  // namespace
}  // namespace kokemus::courier
