#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "account/door_api.h"
#include "app/collecting.h"
#include "ledger/erasing.h"
#include "ledger/ledger_test_folder.h"

/// For tests of the doors: a ledger, the queues before it, and a router as the server has it.
namespace kokemus::app {

class CollectingTest : public ::testing::Test {
protected:
    void SetUp() override {
        auto opened = ledger::Ledger::open(area_.path());
        ASSERT_TRUE(opened) << opened.error().message;
        ledger_ = std::move(*opened);
        open_queues({});
    }

    void open_queues(intake::CommitQueue::Bounds bounds) {
        collecting_.reset();
        queue_ = std::make_unique<intake::CommitQueue>(
            [this](auto batches) {
                return failure_ ? std::vector<Result<ledger::Receipt>>(batches.size(), *failure_)
                                : ledger_->append_each(batches);
            },
            bounds);
        customers_ = std::make_unique<intake::CustomerQueue>([this](const auto& news) {
            ++puts_;
            const Status put = tells(*ledger_)(news);
            if (after_put_) {
                after_put_();
            }
            return put;
        });
        collecting_ = std::make_unique<Collecting>([this] { return blueprint_; },
                                                   *queue_,
                                                   *customers_,
                                                   gate_,
                                                   [this](std::vector<refused::Item> items) {
                                                       for (refused::Item& item : items) {
                                                           refused_.push_back(std::move(item));
                                                       }
                                                   });
        collecting_->ask_erased([this](const auto& customer) {
            return ledger::erasing_of(*ledger_).is_erased(customer);
        });
        router_ = http::Router();
        router_.guard(account::open_guard({}));
        add_routes();
    }

    /// Those of the door in question.
    virtual void add_routes() = 0;

    using Headers = std::map<std::string, std::string>;
    http::Response ask(http::Method method, const std::string& target, const std::string& body,
                       Headers headers = {}) {
        http::Request request;
        request.method = method;
        request.body = body;
        request.headers = std::move(headers);
        EXPECT_TRUE(http::parse_target(target, request));
        return router_.answer(request);
    }

    std::uint64_t kept() { return ledger_->totals()->encounters; }

    ledger::TestFolder area_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::shared_ptr<const blueprint::Blueprint> blueprint_ =
        std::make_shared<const blueprint::Blueprint>();
    std::optional<Error> failure_;  ///< of the disk
    std::atomic<int> puts_ = 0;
    std::function<void()> after_put_;  ///< before anybody is told
    intake::OneWriteKey gate_{"abc123",
                              {"https://shop.example"},
                              intake::OneWriteKey::WithoutKey::Closed};
    std::vector<refused::Item> refused_;  ///< what the doors handed to the list
    std::unique_ptr<intake::CommitQueue> queue_;
    std::unique_ptr<intake::CustomerQueue> customers_;
    std::unique_ptr<Collecting> collecting_;
    http::Router router_;
};

}  // namespace kokemus::app
