#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/place_in_time.h"
#include "base/result.h"
#include "refused/bounds.h"
#include "refused/refused_item.h"

namespace kokemus::records {
struct Schema;
class Records;
}  // namespace kokemus::records

namespace kokemus::refused {

/// The table of refused items; app/ gives it to `Records::open`.
const records::Schema& refused_schema();

/// Which items; what is empty is any.
struct Wanted {
    std::optional<Door> door = {};
    std::optional<State> state = {};
    std::string code = {};
    std::string source = {};
};

/// A part of the list: behind the place of an item (none: from its beginning).
struct Part {
    std::optional<PlaceInTime> after = {};
    std::size_t items = bounds::page_items_max;
};

inline PlaceInTime place_of(const Item& item) {
    return {item.last, item.id};
}

/// How many there are of a kind.
struct Count {
    Door door = Door::Encounters;
    State state = State::Open;
    std::string code = {};
    std::int64_t items = 0;
};

/// What was decided of an item. Its text goes with any decision but staying open.
struct Decision {
    State state = State::Open;
    std::string outcome = {};
    std::string code = {};  ///< for one that stays open: why, now
    std::string reason = {};
    Instant at{};
    std::string by = {};
};

struct Keeping {
    std::size_t items_max = bounds::kept_items_max;
    std::size_t bytes_max = bounds::kept_bytes_max;
    std::chrono::days days_max = bounds::kept_days_max;
};

/// Keeps refused items. Thread safe; each function but `forget` is one transaction.
class Store {
public:
    /// `records` has `refused_schema()`.
    explicit Store(std::shared_ptr<records::Records> records) : records_(std::move(records)) {}

    /// Adds them; one that is there already came once more, and is open again.
    Status add(std::span<const Item> items);

    /// Newest first by when they came last.
    Result<std::vector<Item>> list(const Wanted& wanted, const Part& part) const;
    Result<std::vector<Count>> counts() const;

    Result<std::optional<Item>> find(std::string_view id) const;

    /// For each item by its id; those that are not open stay as they are.
    Status decide(std::span<const std::pair<std::string, Decision>> decided);
    /// The same decision for all that are open and wanted; gives how many.
    Result<std::int64_t> decide_all(const Wanted& wanted, const Decision& decision);

    /// Deletes what is too old, and of too many the oldest; gives how many.
    Result<std::int64_t> trim(Instant now, const Keeping& keeping = {});

    /// Deletes every item whose text or reason holds one of these names (NamesInItems), and leaves
    /// no trace of it in the store's files; gives how many. Many transactions, each short: others
    /// write meanwhile.
    Result<std::int64_t> forget(std::span<const std::string> names);

private:
    std::shared_ptr<records::Records> records_;
};

}  // namespace kokemus::refused
