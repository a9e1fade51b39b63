#include "account/secret.h"

#include <set>

#include <gtest/gtest.h>

namespace kokemus::account {
namespace {

TEST(Secret, IsLongAndNeverTheSameTwice) {
    std::set<std::string> secrets;
    for (int i = 0; i < 1000; ++i) {
        secrets.insert(new_secret());
    }
    EXPECT_EQ(secrets.size(), 1000U);
    EXPECT_EQ(secrets.begin()->size(), 43U) << "256 bits";
    EXPECT_EQ(random_id().size(), 32U);
    EXPECT_NE(random_id(), random_id());
}

TEST(Secret, IsKnownByItsForm) {
    const std::string secret = new_secret();
    EXPECT_TRUE(is_like_secret(secret));
    for (const std::string& other : {std::string(),
                                     secret + "A",
                                     secret.substr(1),
                                     secret.substr(1) + "=",
                                     secret.substr(1) + " "}) {
        EXPECT_FALSE(is_like_secret(other)) << other;
    }
}

TEST(Secret, DigestIsSha256) {
    EXPECT_EQ(digest_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        << "FIPS 180-2, appendix B.1";
    EXPECT_EQ(digest_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Secret, IsComparedWhole) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

TEST(Secret, MakesTokensThatDependOnSecretAndPurpose) {
    const std::string secret = new_secret();
    EXPECT_EQ(token_for(secret, "a"), token_for(secret, "a"));
    EXPECT_NE(token_for(secret, "a"), token_for(secret, "b"));
    EXPECT_NE(token_for(secret, "a"), token_for(new_secret(), "a"));
}

TEST(Secret, Base32IsThatOfRfc4648) {
    EXPECT_EQ(base32(""), "");
    EXPECT_EQ(base32("f"), "MY");
    EXPECT_EQ(base32("fo"), "MZXQ");
    EXPECT_EQ(base32("foo"), "MZXW6");
    EXPECT_EQ(base32("foob"), "MZXW6YQ");
    EXPECT_EQ(base32("fooba"), "MZXW6YTB");
    EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
    EXPECT_EQ(base32("\xff\xff\xff\xff\xff"), "77777777");
}

TEST(Secret, HexadecimalReadsBack) {
    const std::string bytes = random_bytes(20);
    EXPECT_EQ(hexadecimal(std::string("\0\xff", 2)), "00ff");
    EXPECT_EQ(from_hexadecimal(hexadecimal(bytes)), bytes);
    EXPECT_EQ(from_hexadecimal(""), "");
    EXPECT_EQ(from_hexadecimal("0"), std::nullopt);
    EXPECT_EQ(from_hexadecimal("0g"), std::nullopt);
}

TEST(Secret, WordsAreReadBackAsPeopleTypeThem) {
    const std::string words = random_words(15);
    EXPECT_EQ(words.size(), 24U + 5U) << words;
    EXPECT_EQ(typed_words(words).size(), 24U);
    EXPECT_EQ(typed_words("k7qf 2mzx-ABCD"), "K7QF2MZXABCD");
}

}  // namespace
}  // namespace kokemus::account
