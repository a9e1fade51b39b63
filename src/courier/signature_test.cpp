#include "courier/signature.h"

#include <set>

#include <gtest/gtest.h>

namespace kokemus::courier {
namespace {

const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const Signed message{"msg_p5jXN8AQM9LWM0D4loKWxJek",
                     Instant(std::chrono::seconds(1614265330)),
                     R"({"test": 2432232314})"};

/// The vector of the specification's own repository.
TEST(Signature, IsThatOfStandardWebhooks) {
    EXPECT_EQ(webhook_signature(message, std::vector{secret}).value(),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    EXPECT_EQ(webhook_timestamp(message.time), "1614265330");
    EXPECT_EQ(webhook_timestamp(message.time + Milliseconds(999)), "1614265330");
}

TEST(Signature, StandsOnceForEachSecret) {
    const std::string other = new_webhook_secret();
    const std::string alone = webhook_signature(message, std::vector{other}).value();
    EXPECT_EQ(webhook_signature(message, std::vector{secret, other}).value(),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= " + alone);
}

TEST(Signature, NeedsSecretsThatAreSome) {
    for (const char* wrong :
         {"", "whsec_", "abc", "whsec_=", "whsec_ä", "MfKQ9r8GKYqrTwjUPD8ILPZIo2"}) {
        const auto made = webhook_signature(message, std::vector<std::string>{wrong});
        ASSERT_FALSE(made) << wrong;
        EXPECT_EQ(made.error().code, ErrorCode::Corrupt);
    }
}

TEST(Signature, SecretsAreNewAndLongEnough) {
    std::set<std::string> made;
    for (int i = 0; i < 100; ++i) {
        const std::string one = new_webhook_secret();
        EXPECT_EQ(one.size(), 6U + 44U);
        EXPECT_TRUE(one.starts_with("whsec_"));
        EXPECT_TRUE(made.insert(one).second);
    }
}

}  // namespace
}  // namespace kokemus::courier
