#pragma once

#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "account/user.h"
#include "app/organisation.h"
#include "encounter/encounter.h"
#include "identity/identities.h"

namespace kokemus::app {

/// The customers whom somebody may see: everybody, or those that were ever at a manager's
/// departments, or served by an agent. `snapshot` must outlive it.
class CustomersWithinReach {
public:
    static Result<CustomersWithinReach> of(const Snapshot& snapshot, const account::Person& person);

    bool is_everybody() const { return person_ == std::nullopt; }
    Result<bool> has(const encounter::CustomerName& customer) const;

    /// Those of them with the most encounters within the reach, and whether that is all of them.
    const std::vector<encounter::CustomerName>& most() const { return most_; }
    bool is_all() const { return is_all_; }

private:
    explicit CustomersWithinReach(const Snapshot& snapshot) : snapshot_(&snapshot) {}

    const Snapshot* snapshot_;
    std::optional<account::Person> person_;  ///< whose reach is narrower; none: sees everybody
    std::vector<encounter::CustomerName> most_;
    std::unordered_set<std::string> known_;  ///< of `most_`
    bool is_all_ = false;
};

/// Customers by what they go by, each once.
struct FoundCustomers {
    std::vector<encounter::CustomerName> customers;
    bool is_cut = false;  ///< there are more, or may be
};

/// At most `limit` of the customers within reach: without a search those of the newest encounters,
/// newest first, and when that does not fill the list all others of a narrow reach; else those
/// with a name or a trait that contains `search`, by name.
Result<FoundCustomers> find_customers(Organisation& organisation, const Snapshot& snapshot,
                                      const CustomersWithinReach& reach, std::string_view search,
                                      std::size_t limit);

}  // namespace kokemus::app
