#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "courier/courier_schema_store.h"
#include "courier/event_store.h"
#include "courier/outbox_store.h"
#include "courier/targets_store.h"
#include "records/both_stores.h"

/// For tests: an outbox and targets on an empty store, on SQLite and on a real PostgreSQL.
namespace kokemus::courier {

/// Moved by the test while others read it.
class MovableClock final : public Clock {
public:
    Instant now() const override { return Instant(Milliseconds(time_.load())); }
    void pass(Milliseconds time) { time_ += time.count(); }

private:
    std::atomic<std::int64_t> time_{1'790'000'000'000};
};

class OnBothStores : public records::OnBothStores {
protected:
    OnBothStores() : records::OnBothStores({courier_schema()}) {}

    void SetUp() override {
        records::OnBothStores::SetUp();
        open();
    }

    /// Also once more, as after a restart of the program.
    void open() {
        targets_.reset();
        outbox_.reset();
        const NoteDone note = [this](records::Session&, const Done& done) -> Status {
            if (fails_to_note_) {
                return internal_error("the audit log is full");
            }
            const std::scoped_lock lock(noted_mutex_);
            noted_.push_back(done.action);
            return {};
        };
        targets_ = std::make_unique<Targets>(records_,
                                             seal::Seal::open(folder_ / "seal.key").value(),
                                             clock_,
                                             Targets::Settings{rules_, note});
        outbox_ = std::make_unique<Outbox>(records_, clock_, note);
    }

    void TearDown() override {
        outbox_.reset();
        targets_.reset();
        records::OnBothStores::TearDown();
    }

    WithSecret add(const std::string& name, std::vector<std::string> events,
                   const std::string& url = "https://example.com/") {
        Target target;
        target.name = name;
        target.url = url;
        target.events = std::move(events);
        auto added = targets_->add(target, {"anna"});
        EXPECT_TRUE(added) << added.error().message << added.error().detail;
        return added ? *added : WithSecret{};
    }

    std::string send(const std::string& type) {
        auto id = outbox_->send({type, clock_.now()});
        EXPECT_TRUE(id) << id.error().message << id.error().detail;
        return id.value_or("");
    }

    std::vector<Errand> turn(std::vector<std::pair<Errand, Outcome>> come_back = {}) {
        auto claimed = outbox_->turn(come_back, 8);
        EXPECT_TRUE(claimed) << claimed.error().message << claimed.error().detail;
        return claimed.value_or(std::vector<Errand>());
    }

    Outcome outcome(Outcome::Kind kind, int status, double chance = 0.5) const {
        Outcome made;
        made.kind = kind;
        made.at = clock_.now();
        made.status = status;
        made.problem = kind == Outcome::Kind::Delivered ? "" : "it answered";
        made.chance = chance;
        return made;
    }

    std::vector<Delivery> deliveries(const std::string& target) const {
        auto list = targets_->deliveries(target, {std::nullopt, "", 500});
        EXPECT_TRUE(list) << list.error().message << list.error().detail;
        return list.value_or(std::vector<Delivery>());
    }

    Delivery only(const std::string& target) const {
        const auto list = deliveries(target);
        EXPECT_EQ(list.size(), 1U);
        return list.empty() ? Delivery{} : list.front();
    }

    std::vector<std::string> noted() {
        const std::scoped_lock lock(noted_mutex_);
        return noted_;
    }

    MovableClock clock_;
    WebRules rules_;
    std::atomic<bool> fails_to_note_{false};
    std::mutex noted_mutex_;
    std::vector<std::string> noted_;
    std::unique_ptr<Targets> targets_;
    std::unique_ptr<Outbox> outbox_;
};

using records::store_name;

}  // namespace kokemus::courier
