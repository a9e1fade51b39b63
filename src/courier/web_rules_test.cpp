#include "courier/web_rules.h"

#include <gtest/gtest.h>

#include "courier/target.h"

namespace kokemus::courier {
namespace {

WebRules resolving_to(std::vector<std::string> addresses) {
    WebRules rules;
    rules.resolve = [addresses = std::move(addresses)](const std::string&) {
        return Result<std::vector<std::string>>(addresses);
    };
    return rules;
}

TEST(WebRules, KnowWhichAddressesArePublic) {
    for (const char* address : {"8.8.8.8",
                                "172.15.255.255",
                                "172.32.0.1",
                                "100.63.0.1",
                                "169.253.1.1",
                                "223.255.255.255",
                                "::ffff:8.8.8.8",
                                "2606:4700::1111",
                                "2a00:1450:4010::8a"}) {
        EXPECT_TRUE(is_public_address(address)) << address;
    }
    for (const char* address : {"0.0.0.0",
                                "127.0.0.1",
                                "127.255.255.254",
                                "10.1.2.3",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.168.1.1",
                                "169.254.169.254",
                                "100.64.0.1",
                                "192.0.0.8",
                                "198.18.0.1",
                                "224.0.0.1",
                                "239.255.255.255",
                                "240.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "::127.0.0.1",
                                "::ffff:127.0.0.1",
                                "::ffff:10.0.0.1",
                                "fe80::1",
                                "fe80::1%lo",
                                "fc00::1",
                                "fd12::1",
                                "ff02::1",
                                "64:ff9b::7f00:1",
                                "2002:7f00:1::",
                                "2001:0:1::1",
                                "2001:db8::1",
                                "fec0::1",
                                "::ffff:0:127.0.0.1",
                                "::ffff:0:8.8.8.8",
                                "1000::1",
                                "4000::1",
                                "8000::1",
                                "3fff:1::1",
                                "100::1",
                                "5f00::1",
                                "localhost",
                                "",
                                "127.1"}) {
        EXPECT_FALSE(is_public_address(address)) << address;
    }
}

TEST(WebRules, OneClosedAddressClosesTheName) {
    EXPECT_TRUE(allowed_addresses("a.example", resolving_to({"8.8.8.8", "2606:4700::1111"})));
    const auto mixed = allowed_addresses("a.example", resolving_to({"8.8.8.8", "10.0.0.7"}));
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().code, ErrorCode::Forbidden);
    EXPECT_NE(mixed.error().message.find("10.0.0.7"), std::string::npos);
    EXPECT_EQ(allowed_addresses("a.example", resolving_to({})).error().code,
              ErrorCode::Unavailable);
    EXPECT_EQ(allowed_addresses("localhost", {}).error().code, ErrorCode::Forbidden);
}

TEST(WebRules, ANetworkOfTheConfigurationOpensItselfAlone) {
    WebRules rules = resolving_to({"10.1.0.7"});
    rules.networks = {blueprint::parse_network("10.1.0.0/16").value()};
    EXPECT_TRUE(allowed_addresses("inside", rules));
    rules.networks = {blueprint::parse_network("10.2.0.0/16").value()};
    EXPECT_FALSE(allowed_addresses("inside", rules));
}

TEST(WebRules, AddressesAreHttpsWithoutAnythingHidden) {
    EXPECT_EQ(check_url("https://example.com/hook?a=b", {})->host, "example.com");
    EXPECT_EQ(check_url("https://example.com", {})->port, 443U);
    EXPECT_EQ(check_url("https://[2606:4700::1]:8443/", {})->host, "2606:4700::1");
    for (const char* url : {"",
                            "example.com",
                            "http://example.com/",
                            "ftp://example.com/",
                            "file:///etc/passwd",
                            "gopher://example.com",
                            "https://",
                            "https://user@example.com/",
                            "https://user:secret@example.com/",
                            "https://example.com/#x",
                            "https://example.com./",
                            "https://ex\xc3\xa4mple.com/",
                            "https://exam ple.com/",
                            "https://example.com/\r\nHost: b",
                            "https://example.com:0/",
                            "https://example.com:99999/"}) {
        const auto checked = check_url(url, {});
        ASSERT_FALSE(checked) << url;
        EXPECT_EQ(checked.error().code, ErrorCode::InvalidInput);
    }
    EXPECT_FALSE(check_url("https://a.example/" + std::string(2000, 'x'), {}));
    WebRules loose;
    loose.allows_http = true;
    EXPECT_EQ(check_url("http://example.com", loose)->port, 80U);
    EXPECT_FALSE(check_url("ftp://example.com", loose));
}

/// Numbers written in other ways are those numbers, and so as closed.
TEST(WebRules, OddSpellingsOfAddressesAreSeenThrough) {
    for (const char* url : {"https://2130706433/",
                            "https://0x7f000001/",
                            "https://0177.0.0.1/",
                            "https://127.1/",
                            "https://[::ffff:127.0.0.1]/",
                            "https://localhost/",
                            "https://[fe80::1%25lo]/",
                            "https://0/"}) {
        const auto address = check_url(url, {});
        EXPECT_FALSE(address && allowed_addresses(address->host, {})) << url;
    }
}

TEST(Target, SaysWhatIsWrongWithIt) {
    Target target;
    target.name = "  shop ";
    target.url = "https://example.com/";
    target.events = {"*"};
    EXPECT_EQ(checked(target, {})->name, "shop");
    const auto without = [&](auto change) {
        Target wrong = target;
        change(wrong);
        const auto refused = checked(wrong, {});
        return refused ? "" : refused.error().message.substr(0, refused.error().message.find(':'));
    };
    EXPECT_EQ(without([](Target& wrong) { wrong.name = " "; }), "name");
    EXPECT_EQ(without([](Target& wrong) { wrong.name = "\xff"; }), "name");
    EXPECT_EQ(without([](Target& wrong) { wrong.url = "http://a.example"; }), "url");
    EXPECT_EQ(without([](Target& wrong) { wrong.events = {}; }), "events");
    EXPECT_EQ(without([](Target& wrong) { wrong.events = {"*", "no type"}; }), "events");
    for (const DeliveryState state :
         {DeliveryState::Waiting, DeliveryState::Done, DeliveryState::Failed}) {
        EXPECT_EQ(read_delivery_state(delivery_state_name(state)).value(), state);
    }
    EXPECT_FALSE(read_delivery_state("over"));
}

}  // namespace
}  // namespace kokemus::courier
