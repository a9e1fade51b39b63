#include "app/found_customers.h"

#include <algorithm>

#include "app/shown_customer.h"
#include "app/sight.h"
#include "identity/whole_customer.h"

namespace kokemus::app {

namespace {

using encounter::CustomerName;

/// How far back the list of recent customers looks.
constexpr std::uint64_t recent_encounters = 2000;

/// So many customers of a narrow reach are known by name; of a wider one each is looked at.
constexpr std::size_t known_within_reach_max = 10'000;

/// What a search finds among all customers, of whom only some are within reach.
constexpr std::size_t found_max = 500;
constexpr std::size_t found_within_reach_max = 20'000;

/// Customers of the newest encounters, newest first.
Result<std::vector<CustomerName>> recent(const ledger::Ledger& ledger, std::uint64_t last) {
    std::vector<std::pair<std::uint64_t, CustomerName>> seen;
    TRY(ledger.scan_since(last > recent_encounters ? last - recent_encounters : 0,
                          [&](std::span<const ledger::Entry> entries) -> Status {
                              for (const ledger::Entry& entry : entries) {
                                  seen.emplace_back(entry.number, entry.encounter.customer);
                              }
                              return {};
                          }));
    std::sort(
        seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<CustomerName> names;
    names.reserve(seen.size());
    for (auto& [number, name] : seen) {
        names.push_back(std::move(name));
    }
    return names;
}

/// Takes those within reach, each once by whatever name, until the list is full.
class Taking {
public:
    Taking(const Snapshot& snapshot, const CustomersWithinReach& reach, std::size_t limit)
        : identities_(*snapshot.identities),
          reach_(reach),
          limit_(limit) {}

    Status take(const std::vector<CustomerName>& names) {
        for (const CustomerName& name : names) {
            CustomerName customer = identities_.customer_of(name);
            if (!seen_.insert(customer.value()).second || !TRY(reach_.has(customer))) {
                continue;
            }
            if (found.customers.size() == limit_) {
                found.is_cut = true;
                break;
            }
            found.customers.push_back(std::move(customer));
        }
        return {};
    }

    FoundCustomers found;

private:
    const identity::Identities& identities_;
    const CustomersWithinReach& reach_;
    const std::size_t limit_;
    std::unordered_set<std::string> seen_;
};

/// The same customers, those seen last first.
Result<std::vector<CustomerName>> by_latest(const Snapshot& snapshot,
                                            const std::vector<CustomerName>& customers) {
    std::vector<std::pair<Instant, const CustomerName*>> times;
    for (const CustomerName& customer : customers) {
        const auto latest = TRY(seen_of(snapshot, customer, nullptr)).latest;
        times.emplace_back(latest.value_or(Instant{}), &customer);
    }
    std::ranges::stable_sort(times, [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<CustomerName> sorted;
    for (const auto& [time, customer] : times) {
        sorted.push_back(*customer);
    }
    return sorted;
}

}  // namespace

Result<CustomersWithinReach> CustomersWithinReach::of(const Snapshot& snapshot,
                                                      const account::Person& person) {
    CustomersWithinReach reach(snapshot);
    question::Question question;
    question.where = within_reach(person);
    if (question.where == nullptr) {
        return reach;
    }
    reach.person_ = person;
    const question::Field customer{question::FieldOf::Customer, "customer"};
    const auto values = TRY(snapshot.engine->values(customer, question, known_within_reach_max));
    for (const auto& row : values.most) {
        reach.most_.emplace_back(row.value);
        reach.known_.insert(row.value);
    }
    reach.is_all_ = values.distinct == values.most.size();
    return reach;
}

Result<bool> CustomersWithinReach::has(const CustomerName& customer) const {
    if (!person_ || known_.contains(customer.value())) {
        return true;
    }
    return !is_all_ && TRY(is_within_reach(*snapshot_, customer, *person_));
}

Result<FoundCustomers> find_customers(Organisation& organisation, const Snapshot& snapshot,
                                      const CustomersWithinReach& reach, std::string_view search,
                                      std::size_t limit) {
    Taking taking(snapshot, reach, limit);
    ledger::Ledger& ledger = organisation.ledger();
    if (!search.empty()) {
        const std::size_t most = reach.is_everybody() ? found_max : found_within_reach_max;
        const auto hits = TRY(ledger.find_customers(search, most));
        std::vector<CustomerName> names;
        for (const encounter::Customer& hit : hits) {
            names.push_back(hit.name);
        }
        TRY(taking.take(names));
        taking.found.is_cut |= hits.size() == most;
        return std::move(taking.found);
    }
    const std::uint64_t last = TRY(ledger.last_number());
    const auto newest = TRY(recent(ledger, last));
    TRY(taking.take(newest));
    if (reach.is_everybody()) {
        taking.found.is_cut |= last > recent_encounters;
        return std::move(taking.found);
    }
    // Those that they may see may be anywhere in what came: everybody else's is newer.
    const auto seen_last = TRY(by_latest(snapshot, reach.most()));
    TRY(taking.take(seen_last));
    taking.found.is_cut |= !reach.is_all();
    return std::move(taking.found);
}

}  // namespace kokemus::app
