#include "intake/field_map.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace kokemus::intake {
namespace {

namespace json = boost::json;

std::string mapped(const std::map<std::string, std::string>& expressions, const char* source) {
    const auto map = FieldMap::parse(expressions);
    if (!map) {
        return map.error().message;
    }
    json::object wire{{"touchpoint", "before"}};
    map->apply(json::parse(source), wire);
    return json::serialize(wire);
}

TEST(FieldMap, leaves_alone_what_is_not_there) {
    for (const char* source : {"{}", "[]", "7", R"({"a":null})", R"({"a":""})", R"({"a":{}})"}) {
        EXPECT_EQ(mapped({{"touchpoint", "/a/b"}}, source), R"({"touchpoint":"before"})");
    }
    EXPECT_EQ(mapped({{"touchpoint", "/a"}}, R"({"a":null})"), R"({"touchpoint":"before"})");
    EXPECT_EQ(mapped({{"touchpoint", "/a"}}, R"({"a":""})"), R"({"touchpoint":"before"})");
}

TEST(FieldMap, takes_the_first_alternative_that_is_there) {
    const std::map<std::string, std::string> map{{"customer", "/c/email | /c/phone | nobody"}};
    EXPECT_EQ(mapped(map, R"({"c":{"email":"a@b","phone":"1"}})"),
              R"({"touchpoint":"before","customer":"a@b"})");
    EXPECT_EQ(mapped(map, R"({"c":{"email":"","phone":"1"}})"),
              R"({"touchpoint":"before","customer":"1"})");
    EXPECT_EQ(mapped(map, "{}"), R"({"touchpoint":"before","customer":"nobody"})");
}

TEST(FieldMap, follows_pointers_through_lists_and_escapes) {
    EXPECT_EQ(mapped({{"thread", "/a~1b/1/~0"}}, R"({"a/b":[0,{"~":"t"}]})"),
              R"({"touchpoint":"before","thread":"t"})");
    EXPECT_EQ(mapped({{"thread", "/a/2"}}, R"({"a":[0]})"), R"({"touchpoint":"before"})");
    EXPECT_EQ(mapped({{"thread", "/a/-1"}}, R"({"a":[0]})"), R"({"touchpoint":"before"})");
}

TEST(FieldMap, reads_numbers_that_were_sent_as_text) {
    EXPECT_EQ(mapped({{"score", "/s"}}, R"({"s":"4"})"), R"({"touchpoint":"before","score":4E0})");
    EXPECT_EQ(mapped({{"score", "/s"}}, R"({"s":"4 stars"})"),
              R"({"touchpoint":"before","score":"4 stars"})");
    EXPECT_EQ(mapped({{"text", "/s"}}, R"({"s":"4"})"), R"({"touchpoint":"before","text":"4"})");
}

TEST(FieldMap, says_what_is_wrong_with_an_expression) {
    EXPECT_NE(mapped({{"score", ""}}, "{}").find("`score` has an empty alternative"),
              std::string::npos);
    EXPECT_NE(mapped({{"score", "/a | "}}, "{}").find("empty alternative"), std::string::npos);
    EXPECT_NE(mapped({{"score", "/a~2"}}, "{}").find("write ~0 for ~"), std::string::npos);
    EXPECT_NE(mapped({{"colour", "/a"}}, "{}").find("no field \"colour\""), std::string::npos);
}

TEST(FieldMap, ItsConditionSaysWhatIsMeant) {
    const auto document = boost::json::parse(
        R"({"event":"made","kind":3,"open":false,"none":null,"who":{"name":"a and b"}})");
    const auto holds = [&](const std::string& condition) {
        const auto map = FieldMap::parse({{"when", condition}});
        EXPECT_TRUE(map) << condition;
        return map && map->is_meant(document);
    };
    for (const char* yes : {"/event",
                            "/event = made",
                            "/event = gone | made",
                            "/event=made",
                            "/event != gone",
                            "/kind = 3 and /open = false",
                            "/nowhere != x",
                            "/who/name"}) {
        EXPECT_TRUE(holds(yes)) << yes;
    }
    for (const char* no : {"/nowhere",
                           "/none",
                           "/event = mad",
                           "/event != gone | made",
                           "/kind = 3 and /open = true",
                           "/nowhere = x"}) {
        EXPECT_FALSE(holds(no)) << no;
    }
    EXPECT_TRUE(FieldMap::parse({})->is_meant(document));
    for (const char* wrong : {"event = made",
                              "/event made",
                              "/event =",
                              "/event = a |",
                              "",
                              "/a and",
                              "/a = b | | c",
                              "/~2 = b"}) {
        EXPECT_FALSE(FieldMap::parse({{"when", wrong}})) << wrong;
    }
}

}  // namespace
}  // namespace kokemus::intake
