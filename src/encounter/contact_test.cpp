#include "encounter/contact.h"

#include <gtest/gtest.h>

namespace kokemus::encounter {
namespace {

TEST(Contact, OneAddressHasOneForm) {
    EXPECT_EQ(normal_email(" Anna.Virtanen@Example.COM\t"), "anna.virtanen@example.com");
    EXPECT_EQ(normal_email("anna+shop@example.com"), "anna+shop@example.com");
    EXPECT_EQ(normal_email("P\xC3\x84ivi@example.com"), "p\xC3\x84ivi@example.com");
    for (const char* none : {"",
                             "anna",
                             "@example.com",
                             "anna@",
                             "anna@example",
                             "anna@.com",
                             "anna@example.",
                             "a@b@example.com",
                             "anna virtanen@example.com"}) {
        EXPECT_EQ(normal_email(none), "") << none;
    }
    EXPECT_EQ(normal_email("a\x7f@example.com"), "") << "no name may hold it";
    EXPECT_EQ(normal_email(std::string(250, 'a') + "@example.com"), "");
}

TEST(Contact, OneNumberHasOneForm) {
    EXPECT_EQ(normal_phone("+358 40 123 4567"), "+358401234567");
    EXPECT_EQ(normal_phone("00358 (40) 123-4567"), "+358401234567");
    EXPECT_EQ(normal_phone("040 123 4567", "+358"), "+358401234567");
    EXPECT_EQ(normal_phone("+49 30/901820", "+358"), "+4930901820");
    for (const char* none : {"",
                             "+",
                             "040 123 4567",
                             "112",
                             "+12345",
                             "+1234567890123456",
                             "+0401234567",
                             "call me",
                             "+35840x1234567",
                             "12345678"}) {
        EXPECT_EQ(normal_phone(none), "") << none;
    }
}

TEST(Contact, NamesThatAreAddressesOrNumbers) {
    EXPECT_TRUE(is_contact("anna@example.com"));
    EXPECT_TRUE(is_contact("+358401234567"));
    EXPECT_TRUE(is_contact("+anna@example.com")) << "a plus makes no number of an address";
    EXPECT_FALSE(is_contact("c-17"));
    EXPECT_FALSE(is_contact("0401234567")) << "without a country it may be any key";
    EXPECT_FALSE(is_contact("@anna"));
}

}  // namespace
}  // namespace kokemus::encounter
