#include "ledger/rows_at_hand.h"

#include <algorithm>
#include <mutex>

#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"

namespace kokemus::ledger {

namespace {

/// After a full disk or a failed write pages are read from the table, as they were before.
constexpr auto try_again_after = std::chrono::minutes(1);

constexpr std::string_view encounters_name = "encounters.rows";
constexpr std::string_view traits_name = "traits.rows";

}  // namespace

RowsAtHand::RowsAtHand(const std::filesystem::path& folder, const std::string& owner,
                       const NumberedFile::Limits& limits)
    : encounters_(folder / encounters_name, hash64(owner, 1), limits),
      changes_(folder / traits_name, hash64(owner, 2), limits) {}

bool RowsAtHand::is_time() const {
    return !paused_ && std::chrono::steady_clock::now() >= not_before_;
}

RowsAtHand::Feed RowsAtHand::feed(std::uint64_t after) const {
    const std::shared_lock lock(mutex_);
    return {round_, is_time() && after <= encounters_.covered()};
}

void RowsAtHand::put(const Feed& feed, std::span<const RawRow> rows) {
    const std::scoped_lock lock(mutex_);
    if (!is_open(feed)) {
        return;
    }
    std::string bytes;
    const std::uint64_t covered = encounters_.covered();
    for (const RawRow& row : rows) {
        if (row.number > covered) {
            bytes.clear();
            write_row(row, bytes);
            if (const Status done = encounters_.put(row.number, bytes); !done) {
                return failed(done.error());
            }
        }
    }
}

void RowsAtHand::reach(const Feed& feed, std::uint64_t number) {
    const std::scoped_lock lock(mutex_);
    if (!is_open(feed)) {
        return;
    }
    if (const Status done = encounters_.reach(number); !done) {
        failed(done.error());
    }
}

Result<std::optional<std::string>> RowsAtHand::encounter(std::uint64_t number) {
    auto found = encounters_.read(number);
    if (!found) {
        const std::scoped_lock lock(mutex_);
        failed(found.error());
        (void)encounters_.clear().has_value();
    }
    return found;
}

std::uint32_t RowsAtHand::known_changes() const {
    return before_.empty() ? 0 : static_cast<std::uint32_t>(before_.size() - 1);
}

std::uint32_t RowsAtHand::changes() const {
    const std::shared_lock lock(mutex_);
    return known_changes();
}

std::uint32_t RowsAtHand::changes_in_file() const {
    return static_cast<std::uint32_t>(changes_.covered());
}

RowsAtHand::Feed RowsAtHand::feed_changes(std::uint32_t after) const {
    const std::shared_lock lock(mutex_);
    return {round_, is_time() && after <= known_changes()};
}

void RowsAtHand::put(const Feed& feed, const RawTraits& told) {
    const std::scoped_lock lock(mutex_);
    if (!is_open(feed) || told.number <= known_changes()) {
        return;
    }
    if (told.number > changes_.covered()) {
        std::string bytes;
        write_traits(told, bytes);
        if (const Status done = changes_.put(told.number, bytes); !done) {
            forget_changes();
            return failed(done.error());
        }
    }
    own(told);
}

void RowsAtHand::own(const RawTraits& told) {
    newest_.resize(std::max<std::size_t>(newest_.size(), told.customer + std::size_t{1}));
    before_.resize(told.number + std::size_t{1});
    before_[told.number] = newest_[told.customer];
    newest_[told.customer] = told.number;
}

void RowsAtHand::reach_changes(const Feed& feed, std::uint32_t number) {
    const std::scoped_lock lock(mutex_);
    if (!is_open(feed)) {
        return;
    }
    if (const Status done = changes_.reach(number); !done) {
        forget_changes();
        return failed(done.error());
    }
    before_.resize(std::max<std::size_t>(before_.size(), number + std::size_t{1}));
}

/// The newest first; `mutex_` is held.
std::optional<std::vector<std::uint32_t>> RowsAtHand::numbers_of(std::uint32_t customer,
                                                                 std::uint32_t last,
                                                                 std::size_t most) const {
    if (known_changes() < last) {
        return std::nullopt;
    }
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t number = customer < newest_.size() ? newest_[customer] : 0; number != 0;
         number = before_[number]) {
        if (numbers.size() == most) {
            return std::nullopt;
        }
        numbers.push_back(number);
    }
    return numbers;
}

std::optional<std::vector<RawTraits>> RowsAtHand::changes_of(std::uint32_t customer,
                                                             std::uint32_t last, std::size_t most) {
    std::optional<std::vector<std::uint32_t>> numbers;
    std::uint64_t round = 0;
    {
        const std::shared_lock lock(mutex_);
        numbers = numbers_of(customer, last, most);
        round = round_;
    }
    if (!numbers) {
        return std::nullopt;
    }
    std::vector<RawTraits> changes;
    changes.reserve(numbers->size());
    for (auto number = numbers->rbegin(); number != numbers->rend(); ++number) {
        const auto found = changes_.read(*number);
        auto told = found && *found ? read_traits(*number, **found) : std::nullopt;
        if (told && told->customer == customer) {
            changes.push_back(std::move(*told));
            continue;
        }
        const std::scoped_lock lock(mutex_);
        if (round == round_) {  // else all was removed meanwhile
            failed({ErrorCode::Corrupt, "a change of traits cannot be read"});
            forget_changes();
            (void)changes_.clear().has_value();
        }
        return std::nullopt;
    }
    return changes;
}

void RowsAtHand::forget_changes() {
    newest_.clear();
    before_.clear();
    ++round_;
}

void RowsAtHand::failed(const Error& why) {
    log_warning("pages of customers are read without the rows kept at hand: {}", why.message);
    not_before_ = std::chrono::steady_clock::now() + try_again_after;
    ++round_;
}

Status RowsAtHand::pause() {
    const std::scoped_lock lock(mutex_);
    paused_ = true;
    forget_changes();
    const Status encounters = encounters_.clear();
    const Status changes = changes_.clear();
    return encounters ? changes : encounters;
}

void RowsAtHand::resume() {
    const std::scoped_lock lock(mutex_);
    paused_ = false;
    ++round_;
    not_before_ = {};
}

Status RowsAtHand::remove(const std::filesystem::path& folder) {
    for (const std::string_view name : {encounters_name, traits_name}) {
        std::error_code failure;
        std::filesystem::remove(folder / name, failure);
        if (failure) {
            return file_error("remove", folder / name, failure.value());
        }
    }
    return sync_folder(folder);
}

}  // namespace kokemus::ledger
