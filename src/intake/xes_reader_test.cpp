#include "intake/xes_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "intake/intake_test_folder.h"

namespace kokemus::intake {
namespace {

using testing::HasSubstr;

struct Log {
    Status status;
    std::vector<XesTrace> traces;
    std::vector<XesClassifier> classifiers;
};

Log read_log(std::string_view xml) {
    const TestFolder folder;
    auto bytes = ByteReader::open(folder.write("log.xes", xml));
    EXPECT_TRUE(bytes);
    Log log;
    log.status = read_xes(
        **bytes,
        "log.xes",
        XesTaker{.trace = [&](const XesTrace& trace) -> Status {
                     log.traces.push_back(trace);
                     return {};
                 },
                 .classifier = [&](const XesClassifier& one) { log.classifiers.push_back(one); }});
    return log;
}

constexpr std::string_view small = R"(<?xml version="1.0"?>
<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">
  <classifier name="Activity" keys="concept:name 'a key'"/>
  <float key="meta" value="1"><float key="inner" value="2"/></float>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <trace>
    <string key="concept:name" value="c1"/>
    <event>
      <string key="concept:name" value="call &amp; answer"/>
      <date key="time:timestamp" value="2026-01-02T03:04:05.000+00:00"/>
      <string key="who" value="anna"><int key="age" value="40"/></string>
      <list key="tags"><values><string key="t" value="x"/><string key="t" value="y"/></values></list>
    </event>
    <event/>
  </trace>
  <event><boolean key="lost" value="true"/></event>
</log>)";

TEST(XesReader, gives_traces_events_and_nested_attributes) {
    const Log log = read_log(small);
    ASSERT_TRUE(log.status) << log.status.error().message;
    ASSERT_EQ(log.traces.size(), 2U);
    const XesTrace& trace = log.traces[0];
    EXPECT_THAT(trace.attributes,
                testing::ElementsAre(XesAttribute{"concept:name", XesType::Text, "c1"}));
    ASSERT_EQ(trace.events.size(), 2U);
    EXPECT_EQ(trace.events[0].line, 8U);
    EXPECT_THAT(trace.events[0].attributes,
                testing::ElementsAre(
                    XesAttribute{"concept:name", XesType::Text, "call & answer"},
                    XesAttribute{"time:timestamp", XesType::Time, "2026-01-02T03:04:05.000+00:00"},
                    XesAttribute{"who", XesType::Text, "anna"},
                    XesAttribute{"who.age", XesType::Whole, "40"},
                    XesAttribute{"tags", XesType::List, R"(["x","y"])"}));
    EXPECT_EQ(log.traces[1].number, 0U) << "an event outside of any trace";
    ASSERT_EQ(log.classifiers.size(), 1U);
    EXPECT_THAT(log.classifiers[0].keys, testing::ElementsAre("concept:name", "a key"));
}

TEST(XesReader, reads_prefixed_names_too) {
    EXPECT_EQ(read_log(R"(<x:log xmlns:x="u"><x:trace><x:event/></x:trace></x:log>)").traces.size(),
              1U);
}

TEST(XesReader, refuses_declarations_of_entities) {
    const Log laughs = read_log(R"(<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<log><trace><string key="n" value="&b;"/></trace></log>)");
    ASSERT_FALSE(laughs.status);
    EXPECT_THAT(laughs.status.error().message,
                HasSubstr("log.xes line 1: a document type declaration"));
    EXPECT_TRUE(laughs.traces.empty());
    EXPECT_FALSE(read_log(R"(<!DOCTYPE log SYSTEM "file:///etc/hostname"><log/>)").status);
}

TEST(XesReader, says_what_is_wrong_and_where) {
    EXPECT_THAT(read_log("<html/>").status.error().message, HasSubstr("not an XES file"));
    EXPECT_THAT(read_log(small.substr(0, 500)).status.error().message,
                HasSubstr("the file ends in the middle"));
    EXPECT_THAT(read_log("<log>\n<trace></log>").status.error().message,
                HasSubstr("line 2: this is not well-formed XML"));
    std::string deep = "<log><trace>";
    for (int level = 0; level < 100; ++level) {
        deep += "<string key='a' value='b'>";
    }
    EXPECT_THAT(read_log(deep).status.error().message, HasSubstr("nested more than 64 deep"));
}

TEST(XesReader, refuses_a_value_without_end) {
    const std::string huge =
        "<log><trace><string key='a' value='" + std::string(20'000'000, 'x') + "'/></trace></log>";
    const Log log = read_log(huge);
    ASSERT_FALSE(log.status);
    EXPECT_EQ(log.status.error().code, ErrorCode::TooLarge);
}

/// Each attribute repeats the key around it: 80 kB of this would take 700 MB.
TEST(XesReader, refuses_an_event_that_takes_too_much) {
    const std::string key(9'000, 'k');
    std::string xml = "<log><trace><event><string key=\"" + key + "\" value=\"\">";
    for (int i = 0; i < 9'000; ++i) {
        xml += "<int/>";
    }
    const Log nested = read_log(xml + "</string></event></trace></log>");
    ASSERT_FALSE(nested.status);
    EXPECT_THAT(nested.status.error().message, HasSubstr("takes more than"));
    std::string lists = "<log><trace><event>";
    for (int i = 0; i < 9'000; ++i) {
        lists += "<string key=\"" + (i == 0 ? key : "") + "\" value=\"v\"/>";
    }
    EXPECT_TRUE(read_log(lists + "</event></trace></log>").status);
}

RC_GTEST_PROP(XesReader, survives_any_damage, ()) {
    std::string xml(small);
    const auto hits = *rc::gen::inRange(1, 8);
    for (int hit = 0; hit < hits; ++hit) {
        const auto at =
            static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(xml.size())));
        switch (*rc::gen::inRange(0, 3)) {
            case 0: xml[at] = *rc::gen::elementOf(std::string("<>/\"'&=a\xff\n", 10)); break;
            case 1: xml.erase(at, static_cast<std::size_t>(*rc::gen::inRange(1, 40))); break;
            default:
                xml.insert(at,
                           *rc::gen::elementOf(std::vector<std::string>{
                               "<event>", "</trace>", "<values>", "<list key=''>", "&x;"}));
        }
        if (xml.empty()) {
            xml = "<";
        }
    }
    const Log log = read_log(xml);
    RC_ASSERT(log.status || !log.status.error().message.empty());
}

}  // namespace
}  // namespace kokemus::intake
