#include "intake/customer_queue.h"

#include <atomic>
#include <future>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "encounter/assertion.h"

namespace kokemus::intake {
namespace {

using encounter::Customer;
using encounter::CustomerName;

CustomerNews one(const char* name) {
    return {{Customer{CustomerName(name), {{"plan", "gold"}}}}, {}};
}

TEST(CustomerQueue, nothing_is_done_at_once) {
    CustomerQueue queue([](const auto&) -> Status { return internal_error("never asked"); });
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
            [&](const CustomerNews& news) -> Status {
                if (++calls == 1) {
                    began.set_value();
                    go.get_future().wait();
                }
                together = news.size();
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

TEST(CustomerQueue, who_sends_too_much_fails_alone) {
    std::promise<void> began;
    std::promise<void> go;
    bool is_first = true;
    std::vector<std::string> kept;
    std::map<std::string, bool> told;
    {
        CustomerQueue queue([&](const CustomerNews& news) -> Status {
            if (std::exchange(is_first, false)) {
                began.set_value();
                go.get_future().wait();
            }
            for (const Customer& customer : news.customers) {
                if (customer.name.value().starts_with("big")) {
                    return Error{ErrorCode::TooLarge, "too many traits"};
                }
            }
            for (const Customer& customer : news.customers) {
                kept.push_back(customer.name.value());
            }
            return {};
        });
        const auto offer = [&](const char* name) {
            ASSERT_TRUE(queue.offer(one(name), [&told, name](const Status& outcome) {
                told[name] = outcome.has_value();
            }));
        };
        offer("first");
        began.get_future().wait();
        for (const char* name : {"a", "b", "big c", "d", "e", "f", "big g"}) {
            offer(name);
        }
        go.set_value();
    }
    EXPECT_THAT(kept, testing::ElementsAre("first", "a", "b", "d", "e", "f"));
    EXPECT_EQ(told.size(), 8U);
    for (const auto& [name, is_kept] : told) {
        EXPECT_EQ(is_kept, !name.starts_with("big")) << name;
    }
}

TEST(CustomerQueue, a_failure_reaches_those_who_wait) {
    for (const bool throws : {false, true}) {
        std::promise<Status> told;
        CustomerQueue queue([&](const auto&) -> Status {
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

TEST(CustomerQueue, what_is_said_of_who_is_who_goes_the_same_way) {
    std::promise<CustomerNews> told;
    CustomerQueue queue([&](const CustomerNews& news) -> Status {
        told.set_value(news);
        return {};
    });
    CustomerNews news = one("a");
    news.assertions = {
        {CustomerName("a1"), CustomerName("a"), encounter::Evidence::Alias, {}, {}, {}}};
    ASSERT_TRUE(queue.offer(news, [](const Status&) {}));
    const CustomerNews taken = told.get_future().get();
    EXPECT_EQ(taken.customers, news.customers);
    EXPECT_EQ(taken.assertions, news.assertions);
}

}  // namespace
}  // namespace kokemus::intake
