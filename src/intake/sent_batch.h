#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "encounter/assertion.h"
#include "encounter/encounter.h"

namespace kokemus::intake {

/// What was refused of one request, told and kept item by item up to a bound: a small body can hold
/// very many items that are nothing.
class Refusals {
public:
    static constexpr std::size_t listed_max = 2500;

    struct Refusal {
        std::size_t index = 0;  ///< among the items sent, from 0
        std::string code;       ///< for machines: "no_user_anon_id"
        std::string reason;     ///< for the sender: what is wrong, what to write instead
        std::string item;       ///< the item as it was sent, to be corrected
    };

    /// `item` gives the text of the item, and is called only when there is room for it.
    template <typename Item>
    void add(std::size_t index, std::string_view code, std::string reason, const Item& item) {
        if (list_.size() < listed_max) {
            list_.push_back({index, std::string(code), std::move(reason), item()});
        } else {
            ++more_;
        }
    }

    /// The first of them, and how many more there were.
    const std::vector<Refusal>& list() const { return list_; }
    std::size_t more() const { return more_; }
    std::size_t count() const { return list_.size() + more_; }
    bool empty() const { return list_.empty(); }

private:
    std::vector<Refusal> list_;
    std::size_t more_ = 0;
};

/// What one request holds, item by item: ready for the ledger, refused, or left out.
struct SentBatch {
    std::vector<encounter::Encounter> encounters;
    std::vector<std::size_t> places;  ///< of each of them among the items sent, from 0
    std::vector<encounter::Customer> customers;
    std::vector<encounter::Assertion> identities;  ///< what is said of who is who
    Refusals refused;

    struct Excluded {
        std::size_t index = 0;
        std::string rule;
    };
    std::vector<Excluded> excluded;

    /// Whose the items are that were not refused for it; of the tracking API alone.
    struct Whose {
        std::size_t index = 0;
        encounter::CustomerName customer;
    };
    std::vector<Whose> whose;

    std::size_t items = 0;
};

}  // namespace kokemus::intake
