#include "app/shown_customer.h"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "ledger/at_hand.h"
#include "ledger/ledger_test_folder.h"

namespace kokemus::app {
namespace {

using encounter::CustomerName;

class PresentOf : public ::testing::Test {
protected:
    PresentOf() { ledger::at_hand_of(organisation_->ledger()).keep_rows_at_hand(); }

    void append(const std::string& customer) {
        encounter::Encounter one;
        one.customer = CustomerName(customer);
        one.id = encounter::EncounterId(std::to_string(++appended_));
        one.touchpoint = "order placed";
        one.time = Instant(Milliseconds(1'700'000'000'000 + appended_));
        ASSERT_TRUE(organisation_->ledger().append(std::span(&one, 1)));
    }

    bool is_there(const std::string& customer) {
        return present_of(*organisation_, CustomerName(customer)) != nullptr;
    }

    ledger::TestFolder folder_;
    std::unique_ptr<Organisation> organisation_ =
        std::move(*Organisation::open(folder_.path(), std::nullopt, Organisation::Open::OrNew));
    int appended_ = 0;
};

TEST_F(PresentOf, WaitsForTheirOwnNewsAndNotForThoseOfOthers) {
    append("anna");
    append("bert");
    EXPECT_FALSE(is_there("anna")) << "there is no snapshot yet";
    ASSERT_TRUE(organisation_->refresh());
    EXPECT_TRUE(is_there("anna"));
    EXPECT_FALSE(is_there("nobody")) << "they may have come since";
    append("bert");
    EXPECT_TRUE(is_there("anna"));
    EXPECT_FALSE(is_there("bert"));
    ASSERT_TRUE(organisation_->refresh());
    EXPECT_TRUE(is_there("bert"));
}

TEST_F(PresentOf, WaitsForWhatIsSaidOfWhoIsWho) {
    append("anna");
    append("cookie 7");
    ASSERT_TRUE(organisation_->refresh());
    const encounter::Assertion same{CustomerName("anna"),
                                    CustomerName("cookie 7"),
                                    encounter::Evidence::Person,
                                    "test",
                                    "somebody",
                                    ""};
    ASSERT_TRUE(organisation_->ledger().tell(
        {.customers = {}, .assertions = std::span(&same, 1), .source = "test"}));
    EXPECT_FALSE(is_there("anna"));
    ASSERT_TRUE(organisation_->refresh());
    EXPECT_TRUE(is_there("anna"));
    EXPECT_TRUE(is_there("cookie 7"));
    append("cookie 7");
    EXPECT_FALSE(is_there("anna")) << "one of their names has news";
}

}  // namespace
}  // namespace kokemus::app
