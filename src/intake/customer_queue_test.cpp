#include "intake/customer_queue.h"

#include <atomic>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "encounter/faults.h"

namespace kokemus::intake {
namespace {

using encounter::Customer;
using encounter::CustomerName;

std::vector<Customer> one(const char* name) {
    return {Customer{CustomerName(name), {{"plan", "gold"}}}};
}

TEST(CustomerQueue, nothing_is_done_at_once) {
    CustomerQueue queue([](auto) -> Status { return internal_error("never asked"); });
    bool is_done = false;
    ASSERT_TRUE(queue.offer({}, [&](const Status& outcome) { is_done = outcome.has_value(); }));
    EXPECT_TRUE(is_done);
}

TEST(CustomerQueue, what_waits_is_committed_together_and_each_is_told) {
    std::promise<void> began;
    std::promise<void> go;
    std::atomic<int> calls = 0;
    std::atomic<std::size_t> together = 0;
    std::atomic<int> told = 0;
    {
        CustomerQueue queue(
            [&](std::span<const Customer> customers) -> Status {
                if (++calls == 1) {
                    began.set_value();
                    go.get_future().wait();
                }
                together = customers.size();
                return {};
            },
            3);
        const auto done = [&](const Status& outcome) { told += outcome ? 1 : 0; };
        ASSERT_TRUE(queue.offer(one("a"), done));
        began.get_future().wait();
        ASSERT_TRUE(queue.offer(one("b"), done));
        ASSERT_TRUE(queue.offer(one("c"), done));
        const Status full = queue.offer(one("d"), done);
        ASSERT_FALSE(full);
        EXPECT_EQ(full.error().code, ErrorCode::Unavailable);
        go.set_value();
    }
    EXPECT_EQ(calls, 2);
    EXPECT_EQ(together, 2U);
    EXPECT_EQ(told, 3);
}

TEST(CustomerQueue, a_failure_reaches_those_who_wait) {
    for (const bool throws : {false, true}) {
        std::promise<Status> told;
        CustomerQueue queue([&](auto) -> Status {
            if (throws) {
                throw std::bad_alloc();
            }
            return Error{ErrorCode::DiskFull, "full"};
        });
        ASSERT_TRUE(queue.offer(one("a"), [&](Status outcome) { told.set_value(outcome); }));
        const Status outcome = told.get_future().get();
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().code, throws ? ErrorCode::Unavailable : ErrorCode::DiskFull);
    }
}

TEST(CustomerQueue, evidence_is_a_trait_that_the_ledger_takes) {
    const std::vector<IdentityAssertion> said{
        {CustomerName("a1"), CustomerName("u1"), IdentityAssertion::Evidence::SameMessage},
        {CustomerName("a1"), CustomerName("acme"), IdentityAssertion::Evidence::Member}};
    const auto customers = as_traits(said);
    ASSERT_EQ(customers.size(), 2U);
    EXPECT_EQ(customers[0].traits.at("identity:u1"), "same_message");
    EXPECT_EQ(customers[1].traits.at("identity:acme"), "member");
    EXPECT_THAT(encounter::check(customers[0]), testing::IsEmpty());
}

}  // namespace
}  // namespace kokemus::intake
