#include "account/password.h"

#include <array>
#include <atomic>
#include <latch>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include "account/bounds.h"

namespace kokemus::account {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> anna{"anna.virtanen@example.com", "anna", "virtanen"};

TEST(Password, HasRoomAndNoRulesAboutLetters) {
    EXPECT_TRUE(check_password("correct horse battery staple", anna));
    EXPECT_TRUE(check_password("kolme vihreää sohvaa", anna));
    EXPECT_TRUE(check_password("🦊 eats 🍎 at 🌙 twice", anna));
    EXPECT_TRUE(check_password(std::string(255, 'x') + "y", {}).has_value() == false)
        << "one letter again and again";
    std::string longest;
    while (longest.size() < 256) {
        longest += "kv9 zr3m";
    }
    EXPECT_TRUE(check_password(longest, anna));
    longest += "x";
    EXPECT_THAT(check_password(longest, anna).error().message, HasSubstr("256 bytes"));
}

TEST(Password, CountsCharactersAndNotBytes) {
    EXPECT_THAT(check_password("", {}).error().message, HasSubstr("too short"));
    EXPECT_FALSE(check_password("kvzr3mtw8pq", {})) << "11";
    EXPECT_TRUE(check_password("kvzr3mtw8pqf", {})) << "12";
    EXPECT_FALSE(check_password("ääääöäöäöäö", {})) << "11 in 22 bytes";
    EXPECT_FALSE(check_password("broken \xff utf-8 text", {}));
    EXPECT_FALSE(check_password(std::string("with\0zero in between", 20), {}));
}

TEST(Password, RefusesWhatOthersTryFirst) {
    for (const char* tried : {"password1234",
                              "P@ssw0rd2026",
                              "Password!!!!",
                              "qwertyqwerty",
                              "welcome12345",
                              "aaaaaaaaaaaa",
                              "123456789012",
                              "abcdefghijkl",
                              "Administrator1",
                              "kokemuskokemus",
                              "letmeinletmein",
                              "virtanenanna12",
                              "Anna.Virtanen@example.com"}) {
        EXPECT_FALSE(check_password(tried, anna)) << tried;
    }
}

TEST(Password, IsKeptAsArgon2idAndMatchesOnlyItself) {
    const std::string kept = hash_password("correct horse battery staple").value();
    EXPECT_THAT(kept, ::testing::StartsWith("$argon2id$v=19$m=65536,t=3,p=1$"));
    EXPECT_NE(kept, hash_password("correct horse battery staple").value()) << "without salt";
    EXPECT_EQ(match_password("correct horse battery staple", kept).value(), PasswordMatch::Yes);
    EXPECT_EQ(match_password("correct horse battery stapl", kept).value(), PasswordMatch::No);
    EXPECT_EQ(match_password("", kept).value(), PasswordMatch::No);
    EXPECT_EQ(match_password("x", "").value(), PasswordMatch::No);
    EXPECT_EQ(match_password("nobody has this password", "").value(), PasswordMatch::No);
    EXPECT_EQ(match_password("x", "no hash at all").value(), PasswordMatch::No);
}

TEST(Password, SendsAwayMoreThanAFewWhoComeAtOnceAndNobodyAfterwards) {
    constexpr int places = bounds::argon2_at_once_max + bounds::argon2_waiting_max;
    constexpr int come = 4 * places;
    std::atomic<int> served = 0;
    {
        std::latch all(come);
        std::vector<std::jthread> people;
        for (int i = 0; i < come; ++i) {
            people.emplace_back([&] {
                all.arrive_and_wait();
                const auto hash = hash_password("correct horse battery staple");
                served += hash ? 1 : 0;
                EXPECT_TRUE(hash || hash.error().code == ErrorCode::Unavailable);
            });
        }
    }
    EXPECT_GE(served, places);
    EXPECT_LT(served, come);
    for (int i = 0; i < places; ++i) {
        EXPECT_TRUE(hash_password("correct horse battery staple"));
    }
}

TEST(Password, AsksForANewHashWhenTheOldOneIsWeak) {
    std::array<char, crypto_pwhash_STRBYTES> weak{};
    const std::string password = "correct horse battery staple";
    ASSERT_EQ(crypto_pwhash_str_alg(weak.data(),
                                    password.data(),
                                    password.size(),
                                    1,
                                    8 * 1024 * 1024,
                                    crypto_pwhash_ALG_ARGON2ID13),
              0);
    EXPECT_EQ(match_password(password, weak.data()).value(), PasswordMatch::YesButWeak);
    EXPECT_EQ(match_password("other", weak.data()).value(), PasswordMatch::No);
}

}  // namespace
}  // namespace kokemus::account
