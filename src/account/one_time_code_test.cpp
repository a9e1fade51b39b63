#include "account/one_time_code.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account/secret.h"

namespace kokemus::account {
namespace {

const std::string secret = "12345678901234567890";

Instant at(std::int64_t seconds) {
    return Instant(std::chrono::seconds(seconds));
}

TEST(OneTimeCode, HasTheValuesOfRfc6238) {
    const std::pair<std::int64_t, const char*> appendix_b[] = {{59, "94287082"},
                                                               {1111111109, "07081804"},
                                                               {1111111111, "14050471"},
                                                               {1234567890, "89005924"},
                                                               {2000000000, "69279037"},
                                                               {20000000000, "65353130"}};
    for (const auto& [seconds, code] : appendix_b) {
        EXPECT_EQ(code_of(secret, code_step(at(seconds)), 8), code) << seconds;
    }
}

TEST(OneTimeCode, HasTheValuesOfRfc4226) {
    const char* appendix_d[] = {"755224",
                                "287082",
                                "359152",
                                "969429",
                                "338314",
                                "254676",
                                "287922",
                                "162583",
                                "399871",
                                "520489"};
    for (std::int64_t step = 0; step < 10; ++step) {
        EXPECT_EQ(code_of(secret, step), appendix_d[step]) << step;
    }
}

TEST(OneTimeCode, IsTakenOneStepEarlyOrLateAndOnce) {
    const Instant now = at(90 + 5);  // step 3
    EXPECT_EQ(step_of_code("969429", secret, now, -1), 3);
    EXPECT_EQ(step_of_code("969 429", secret, now, -1), 3);
    EXPECT_EQ(step_of_code("359152", secret, now, -1), 2);
    EXPECT_EQ(step_of_code("338314", secret, now, -1), 4);
    EXPECT_EQ(step_of_code("287082", secret, now, -1), std::nullopt) << "a minute old";
    EXPECT_EQ(step_of_code("254676", secret, now, -1), std::nullopt) << "from the future";
    EXPECT_EQ(step_of_code("969429", secret, now, 3), std::nullopt) << "used";
    EXPECT_EQ(step_of_code("359152", secret, now, 3), std::nullopt) << "older than the used one";
    EXPECT_EQ(step_of_code("338314", secret, now, 3), 4);
    EXPECT_EQ(step_of_code("", secret, now, -1), std::nullopt);
    EXPECT_EQ(step_of_code("96942", secret, now, -1), std::nullopt);
}

TEST(OneTimeCode, LinkSpeaksToAuthenticators) {
    EXPECT_EQ(authenticator_link("foobar", "a+b@example.com", "Kahvila & Co"),
              "otpauth://totp/Kahvila%20%26%20Co:a%2Bb%40example.com?secret=MZXW6YTBOI"
              "&issuer=Kahvila%20%26%20Co&algorithm=SHA1&digits=6&period=30");
}

TEST(OneTimeCode, OnPaperAreManyAndDifferent) {
    const auto codes = new_recovery_codes();
    EXPECT_EQ(std::set(codes.begin(), codes.end()).size(), 10U);
    EXPECT_GE(typed_words(codes.front()).size() * 5, 112U) << "bits";
}

}  // namespace
}  // namespace kokemus::account
