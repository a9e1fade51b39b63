#include "timeline/ledger_follower.h"

#include <algorithm>
#include <utility>

#include "identity/whole_customer.h"
#include "timeline/blueprint_change.h"
#include "timeline/timeline_build.h"

namespace kokemus::timeline {

using encounter::CustomerName;
using identity::Identities;

LedgerFollower::LedgerFollower(const ledger::Ledger& ledger, std::shared_ptr<const Timeline> start,
                               std::shared_ptr<Identities> identities, const Standing& standing,
                               std::shared_ptr<PartTallies> tallies)
    : ledger_(ledger),
      live_(std::make_shared<LiveTimeline>(std::move(start), reads_numbers_of(ledger),
                                           std::move(tallies))),
      identities_(std::move(identities)),
      standing_(standing) {}

Result<std::unique_ptr<LedgerFollower>> LedgerFollower::of_ledger(
    const ledger::Ledger& ledger, std::shared_ptr<const blueprint::Blueprint> blueprint,
    std::shared_ptr<PartTallies> tallies) {
    LedgerTimeline built = TRY(build_timeline(ledger, std::move(blueprint)));
    return std::unique_ptr<LedgerFollower>(new LedgerFollower(ledger,
                                                              std::move(built.timeline),
                                                              std::move(built.identities),
                                                              built.standing,
                                                              std::move(tallies)));
}

Result<std::unique_ptr<LedgerFollower>> LedgerFollower::of_snapshot(const ledger::Ledger& ledger,
                                                                    Restored restored) {
    auto identities = std::make_shared<Identities>();
    TRY(identity::read_identities(ledger, restored.standing.last_assertion, *identities));
    (void)identities->take_moved();  // they stand in the snapshot as they are
    return std::unique_ptr<LedgerFollower>(new LedgerFollower(ledger,
                                                              std::move(restored.timeline),
                                                              std::move(identities),
                                                              restored.standing,
                                                              std::make_shared<PartTallies>()));
}

Result<bool> LedgerFollower::has_news() const {
    return TRY(ledger_.last_number()) != standing_.last_number ||
           ledger_.last_customer_change() != standing_.last_customer_change ||
           ledger_.last_assertion() != standing_.last_assertion || !moving_.empty();
}

void LedgerFollower::stand_under(std::shared_ptr<const blueprint::Blueprint> blueprint) {
    live_ = std::make_shared<LiveTimeline>(under_blueprint(*live_->present(), std::move(blueprint)),
                                           reads_numbers_of(ledger_));
}

Status LedgerFollower::take_news() {
    TRY(take_assertions());
    Standing next = standing_;
    next.last_customer_change = ledger_.last_customer_change();
    // The newest may have been erased.
    next.last_number = std::max(next.last_number, TRY(ledger_.last_number()));
    const auto feed = [&](PartBuilder& builder) -> Status {
        TRY(ledger_.scan_since(
            standing_.last_number, [&](std::span<const ledger::Entry> entries) -> Status {
                if (!entries.empty()) {
                    next.last_number = std::max(next.last_number, entries.back().number);
                }
                return feed_entries(builder, entries);
            }));
        return feed_customers(builder);
    };
    TRY(live_->take(feed));
    standing_ = next;
    return {};
}

Status LedgerFollower::feed_entries(PartBuilder& builder,
                                    std::span<const ledger::Entry> entries) const {
    const Identities::Reader reader(*identities_);
    for (const ledger::Entry& entry : entries) {
        TRY(builder.add(entry, reader.customer_of(entry.encounter.customer.value())));
    }
    return {};
}

/// Those with changed traits: of a customer with several names the traits of all of them.
Status LedgerFollower::feed_customers(PartBuilder& builder) {
    std::set<CustomerName> joined;
    const auto take = [&](std::span<const encounter::Customer> customers) -> Status {
        const Identities::Reader reader(*identities_);
        for (const encounter::Customer& customer : customers) {
            const std::string& name = customer.name.value();
            if (reader.is_alone(name)) {
                builder.add_customer(customer);
            } else {
                joined.emplace(std::string(reader.customer_of(name)));
            }
        }
        return {};
    };
    TRY(ledger_.scan_customers_since(standing_.last_customer_change, take));
    const std::vector<CustomerName> names(joined.begin(), joined.end());
    for (const auto& customer : TRY(identity::whole_customers(ledger_, *identities_, names))) {
        builder.add_customer(customer);
    }
    return {};
}

Status LedgerFollower::take_assertions() {
    if (ledger_.last_assertion() != standing_.last_assertion) {
        TRY(identity::read_identities(ledger_, UINT32_MAX, *identities_));
        for (CustomerName& name : identities_->take_moved()) {
            moving_.insert(std::move(name));
        }
    }
    TRY(move_customers(Moving::Joined));
    standing_.last_assertion = identities_->last_assertion();
    return {};
}

Result<std::shared_ptr<Identities>> LedgerFollower::who_is_left(const ledger::Ledger& ledger) {
    auto left = std::make_shared<Identities>();
    TRY(identity::read_identities(ledger, UINT32_MAX, *left));
    return left;
}

Status LedgerFollower::erase(std::span<const CustomerName> names,
                             std::shared_ptr<Identities> left) {
    TRY(identity::read_identities(ledger_, UINT32_MAX, *left));  // what was said since
    (void)left->take_moved();
    for (CustomerName& name : left->moved_since(*identities_)) {
        moving_.insert(std::move(name));
    }
    moving_.insert(names.begin(), names.end());
    identities_ = std::move(left);
    TRY(move_customers(Moving::Erased));
    standing_.last_assertion = identities_->last_assertion();
    standing_.last_erasure = ledger_.last_erasure();
    return {};
}

Status LedgerFollower::renew(std::span<const CustomerName> names) {
    std::set<CustomerName> customers;
    std::vector<CustomerName> all;
    for (const CustomerName& name : names) {
        if (customers.insert(identities_->customer_of(name)).second) {
            for (identity::Identity& one : identities_->names_of(name)) {
                all.push_back(std::move(one.name));
            }
        }
    }
    const std::vector<CustomerName> whole(customers.begin(), customers.end());
    const auto feed = [&](PartBuilder& builder) -> Status {
        std::vector<ledger::Entry> entries = TRY(ledger_.read_customers(all));
        // What is newer comes as news.
        std::erase_if(entries, [&](const ledger::Entry& entry) {
            return entry.number > standing_.last_number;
        });
        TRY(feed_entries(builder, entries));
        return feed_whole(builder, whole);
    };
    TRY(live_->replace(whole, feed));
    return {};
}

/// Puts what the ledger has of all who gained or lost names under the customers of now.
Status LedgerFollower::move_customers(Moving how) {
    if (moving_.empty()) {
        return {};
    }
    const std::vector<CustomerName> names(moving_.begin(), moving_.end());
    std::vector<std::uint64_t> numbers;
    std::vector<CustomerName> customers;
    const auto present = live_->present();
    for (const CustomerName& name : names) {
        if (const auto place = present->find_customer(name.value())) {
            const auto& offsets = place->part->customer_offsets;
            for (Row row = offsets[place->customer]; row < offsets[place->customer + 1]; ++row) {
                numbers.push_back(place->part->number_of(row));
            }
        }
        if (identities_->customer_of(name) == name) {
            customers.push_back(name);
        }
    }
    const auto feed = [&](PartBuilder& builder) -> Status {
        TRY(ledger_.read_numbers(numbers, [&](std::span<const ledger::Entry> entries) {
            return feed_entries(builder, entries);
        }));
        return feed_whole(builder, customers);
    };
    TRY(how == Moving::Erased ? live_->replace(names, feed) : live_->move(names, feed));
    moving_.clear();
    return {};
}

/// With traits of all their names. Who has none is known by encounters, or not at all.
Status LedgerFollower::feed_whole(PartBuilder& builder,
                                  std::span<const CustomerName> customers) const {
    for (const auto& customer : TRY(identity::whole_customers(ledger_, *identities_, customers))) {
        if (!customer.traits.empty()) {
            builder.add_customer(customer);
        }
    }
    return {};
}

}  // namespace kokemus::timeline
