#include "blueprint/collecting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "blueprint/blueprint_read.h"
#include "blueprint/field_expression.h"
#include "blueprint/network.h"

namespace kokemus::blueprint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Collecting, EventsWebhooksAndExclusionsAreRead) {
    const Reading reading = read_blueprint(R"([event."Order Completed"]
touchpoint = "order placed"
thread = "/properties/order_id"
[event."/checkout/*"]
kind = "page"
skip = true
[webhook.desk]
kind = "chatwoot"
secret = "chatwoot"
when = "/event = message_created and /private != true"
customer = "/sender/email"
touchpoint = "/event"
[exclude.staff]
domains = ["shop.example"]
addresses = ["10.0.0.0/8"]
user_agents = ["bot"]
)");
    EXPECT_TRUE(reading.faults.empty()) << reading.faults.front().message;
    const auto& events = reading.blueprint.events;
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].fields.at("thread"), "/properties/order_id");
    EXPECT_EQ(events[1].kind, EventKind::Page);
    EXPECT_TRUE(events[1].skip);
    EXPECT_EQ(reading.blueprint.webhooks.at(0).kind, WebhookKind::Chatwoot);
    EXPECT_EQ(reading.blueprint.webhooks.at(0).secret, "chatwoot");
    EXPECT_THAT(reading.blueprint.exclusions.at(0).addresses, ElementsAre("10.0.0.0/8"));
}

TEST(Collecting, AConditionThatIsNoneIsAFaultWithItsLine) {
    const Reading reading = read_blueprint(R"([webhook.desk]
secret = "desk"
customer = "/sender/email"
touchpoint = "/event"
when = "/event ~ message_created"
)");
    ASSERT_EQ(reading.faults.size(), 1U);
    EXPECT_EQ(reading.faults.front().line, 5);
    EXPECT_THAT(reading.faults.front().message, HasSubstr("= or != follows a path"));
}

TEST(Collecting, TraitsThatNameACustomerAreRead) {
    const Reading reading = read_blueprint(R"([identity.crm_id]
[identity.mobile]
kind = "phone"
country = "+358"
[identity."company.id"]
kind = "account"
)");
    EXPECT_TRUE(reading.faults.empty()) << reading.faults.front().message;
    const std::vector<IdentityTrait> expected{{"crm_id", IdentityKind::Key, ""},
                                              {"mobile", IdentityKind::Phone, "+358"},
                                              {"company.id", IdentityKind::Account, ""}};
    EXPECT_EQ(reading.blueprint.identities, expected);
    for (const char* wrong : {"country = \"358\"\nkind = \"phone\"",
                              "country = \"+35x\"\nkind = \"phone\"",
                              "country = \"+358\"\nkind = \"email\"",
                              "kind = \"name\""}) {
        EXPECT_TRUE(has_errors(read_blueprint(std::string("[identity.x]\n") + wrong).faults))
            << wrong;
    }
}

TEST(Collecting, FaultsAreSaidWithTheirPlace) {
    const Reading reading = read_blueprint(R"([event.a]
thread = "/a~x"
[webhook.b]
touchpoint = "x | "
[exclude.c]
addresses = ["10.0.0.0/8", "10.0.0.0/33"]
)");
    std::string all;
    for (const Fault& fault : reading.faults) {
        all += std::to_string(fault.line) + ": " + fault.message + "\n";
    }
    EXPECT_THAT(all, HasSubstr("2: event \"a\": thread has the path \"/a~x\": write ~0"));
    EXPECT_THAT(all, HasSubstr("touchpoint has an empty alternative"));
    EXPECT_THAT(all, HasSubstr("secret"));
    EXPECT_THAT(all, HasSubstr("customer"));
    EXPECT_THAT(all, HasSubstr("6: exclude \"c\": \"10.0.0.0/33\" is no address"));
}

TEST(FieldExpression, IsAPointerOrAConstantOrAlternatives) {
    const auto expression = parse_field_expression("/a~1b/~0/0 | nobody");
    ASSERT_TRUE(expression);
    ASSERT_EQ(expression->alternatives.size(), 2U);
    EXPECT_THAT(expression->alternatives[0].path, ElementsAre("a/b", "~", "0"));
    EXPECT_EQ(expression->alternatives[1].constant, "nobody");
    for (const char* wrong : {"", " ", " | a", "a | ", "/~", "/a~3"}) {
        EXPECT_FALSE(parse_field_expression(wrong)) << wrong;
    }
}

TEST(Network, HoldsTheAddressesThatBeginAlike) {
    EXPECT_TRUE(parse_network("10.0.0.0/8")->contains("10.255.1.2"));
    EXPECT_TRUE(parse_network("10.0.0.0/8")->contains("::ffff:10.1.2.3"));
    EXPECT_FALSE(parse_network("10.0.0.0/8")->contains("11.0.0.0"));
    EXPECT_TRUE(parse_network("192.0.2.128/25")->contains("192.0.2.200"));
    EXPECT_FALSE(parse_network("192.0.2.128/25")->contains("192.0.2.127"));
    EXPECT_TRUE(parse_network("192.0.2.7")->contains("192.0.2.7"));
    EXPECT_FALSE(parse_network("192.0.2.7")->contains("192.0.2.8"));
    EXPECT_TRUE(parse_network("0.0.0.0/0")->contains("1.2.3.4"));
    EXPECT_FALSE(parse_network("0.0.0.0/0")->contains("2001:db8::1"));
    EXPECT_TRUE(parse_network("2001:db8::/33")->contains("2001:db8:7fff::1"));
    EXPECT_FALSE(parse_network("2001:db8::/33")->contains("2001:db8:8000::1"));
    for (const char* no_address : {"", "x", "1.2.3", "1.2.3.4.5"}) {
        EXPECT_FALSE(parse_network("0.0.0.0/0")->contains(no_address)) << no_address;
    }
    for (const char* wrong :
         {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/8x", "a/8"}) {
        EXPECT_FALSE(parse_network(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace kokemus::blueprint
