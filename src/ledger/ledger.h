#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "encounter/assertion.h"
#include "encounter/encounter.h"
#include "encounter/identity_keys.h"

namespace kokemus::ledger {

/// What became of one batch.
struct Receipt {
    std::uint64_t accepted = 0;
    std::uint64_t duplicates =
        0;  ///< the same (customer, id) with the same body was there before, or twice in the batch
    struct Conflict {
        std::size_t index = 0;  ///< in the batch
        std::string reason;     ///< for the reader
    };
    std::vector<Conflict>
        conflicts;             ///< the same (customer, id) with another body; nothing was changed
    std::uint64_t erased = 0;  ///< of customers who were erased (erasing.h); nothing was kept
};

struct Totals {
    std::uint64_t encounters = 0;
    std::uint64_t customers = 0;  ///< distinct names, with encounters or traits
    std::optional<Instant> first;
    std::optional<Instant> latest;
    std::uint64_t last_number = 0;
};

/// A stored encounter with its ledger number (1, 2, 3... in order of commit).
struct Entry {
    std::uint64_t number = 0;
    encounter::Encounter encounter;
};

/// What is told of customers at once.
struct Told {
    std::span<const encounter::Customer> customers = {};
    std::span<const encounter::Assertion> assertions = {};
    std::string source;              ///< who tells it: "segment", "import"
    std::optional<Instant> at = {};  ///< absent: now
};

/// What was said of two names, with its number (1, 2, 3... in order of commit).
struct Asserted {
    std::uint32_t number = 0;
    Instant at{};
    encounter::Assertion assertion;
};

/// What was told of a customer's traits at once, as far as it changed anything.
struct TraitChange {
    encounter::CustomerName customer;
    Instant at{};  ///< 1970: before changes were kept
    std::string source;
    std::map<std::string, std::string> traits;  ///< empty: removed
};

/// Whether somebody has looked for faults in encounters already (encounter::check found none, and
/// each has an id): then it is not done twice.
enum class Checked { No, Yes };

/// Encounters on their way into a ledger: checked and laid out as they will lie, so that this part
/// of the work can be done beside a commit. Nothing of it is on disk before `Ledger::commit`.
///
/// Thread safety: one thread at a time; different batches at the same time.
class Batch {
public:
    virtual ~Batch() = default;

    /// Adds behind what was added before; copies what it keeps. After an error (an encounter that
    /// no reader should have let through, named by its place) the batch is to be dropped.
    virtual Status add(std::span<const encounter::Encounter> encounters,
                       Checked checked = Checked::No) = 0;

    virtual std::size_t size() const = 0;
};

/// Encounters of a batch that DuckDB writes once, straight to its file: whoever brings millions
/// commits batches of exactly this many. Others are written to the log first and a second time
/// when it is folded into the file.
inline constexpr std::size_t bulk_batch_rows = 122'880;

/// The durable truth about encounters and customers: append-only, idempotent, one writer.
///
/// Thread safety: all functions may be called from any thread; appends are serialised, reads run
/// beside them and see whole batches only. One process at a time: a second `open` of the same
/// folder fails with words and the other's pid.
class Ledger {
public:
    /// Opens or creates the ledger in `folder`, migrating an older schema. A newer one is refused.
    /// Conflict when another process holds the folder.
    static Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& folder);
    virtual ~Ledger() = default;

    /// Appends in one transaction; returns after it is on disk. On error nothing of the batch is
    /// kept. Encounters without an id must have been given one before (see encounter/identify.h).
    Result<Receipt> append(std::span<const encounter::Encounter> batch);

    /// Begins to load what only writing needs (the keys of all encounters; a second for three
    /// million), so that the first batch need not wait for it, which does it otherwise. Returns at
    /// once. `coming` is how many encounters are about to come, where somebody knows: room for
    /// their keys is made at once. Only before the first write; afterwards a call does nothing.
    virtual void prepare_to_write(std::uint64_t coming = 0) = 0;

    /// The two halves of `append`: an empty batch to add to, and its transaction. Batches must not
    /// outlive the ledger.
    virtual std::unique_ptr<Batch> begin() = 0;
    virtual Result<Receipt> commit(std::unique_ptr<Batch> batch) = 0;

    /// Appends batches of several senders, as many in one transaction as make a sensible size, so
    /// that they share its sync; each has an outcome of its own, in the order given. Returns after
    /// all of them are on disk or have failed.
    virtual std::vector<Result<Receipt>> append_each(
        std::span<const std::span<const encounter::Encounter>> batches,
        Checked checked = Checked::No) = 0;

    /// Sets traits by name (an empty value removes one), keeping each change; takes what is said of
    /// names: of messages and traits once, of people each time. One transaction, on disk on return;
    /// none for what was known. TooLarge, and nothing kept, when one would have more than bounds.h.
    virtual Status tell(const Told& told) = 0;

    /// Of traits alone, by nobody in particular.
    Status put_customers(std::span<const encounter::Customer> batch) {
        return tell(Told{.customers = batch, .assertions = {}, .source = {}});
    }

    /// Why nothing is written any more, for as long as this program runs: what every writer is told
    /// since a commit of which it is not known whether it is on disk. Absent while all is well.
    /// Waits for no commit.
    virtual std::optional<Error> stopped() const = 0;

    /// What tells this ledger from every other: given once, when it was made, and kept by copies
    /// and backups. What is derived from a ledger carries it.
    virtual const std::string& id() const = 0;

    virtual Result<Totals> totals() const = 0;

    /// The number of the newest entry, 0 for none. Kept in memory: cheap enough to ask many times
    /// a second.
    virtual Result<std::uint64_t> last_number() const = 0;

    /// Calls `take` with every entry in (customer, time, sequence, id) order; stops at the first
    /// error it returns.
    virtual Status scan(const std::function<Status(std::span<const Entry>)>& take) const = 0;

    /// As scan, in order of commit, of entries with a number greater than `after`. Cheaper: no
    /// sorting.
    virtual Status scan_since(std::uint64_t after,
                              const std::function<Status(std::span<const Entry>)>& take) const = 0;

    /// As scan, of the entries with these numbers, in any order; a number that is not there is left
    /// out. A few milliseconds for the encounters of one customer, however large the ledger.
    virtual Status read_numbers(
        std::span<const std::uint64_t> numbers,
        const std::function<Status(std::span<const Entry>)>& take) const = 0;

    /// The entries of these names together, by time, sequence, id and name; empty when there are
    /// none. Reads one column of the whole ledger: who knows the numbers, as the timeline does,
    /// asks `read_numbers`.
    virtual Result<std::vector<Entry>> read_customers(
        std::span<const encounter::CustomerName> names) const = 0;

    /// Of one name.
    Result<std::vector<Entry>> read_customer(const encounter::CustomerName& customer) const {
        return read_customers(std::span(&customer, 1));
    }

    virtual Result<std::optional<encounter::Customer>> customer(
        const encounter::CustomerName& name) const = 0;

    /// Calls `take` with all customers that have traits, by name.
    virtual Status scan_customers(
        const std::function<Status(std::span<const encounter::Customer>)>& take) const = 0;

    /// Rises whenever traits change (and with new customers): what `scan_customers_since` goes on
    /// from. Kept in memory.
    virtual std::uint64_t last_customer_change() const = 0;

    /// Calls `take` with every customer who is new or whose traits changed after `after`, a former
    /// `last_customer_change`, with the traits as they are now: none when the last was removed.
    virtual Status scan_customers_since(
        std::uint64_t after,
        const std::function<Status(std::span<const encounter::Customer>)>& take) const = 0;

    /// By which traits customers are known elsewhere: as soon as two have the same address, number
    /// or key, or one has another's name, that is kept as assertions of the traits. Those of before
    /// count as well. Without a call `usual_identity_keys`.
    virtual Status use_identity_keys(const std::vector<encounter::IdentityKey>& keys) = 0;

    /// The number of the newest assertion, 0 for none. Kept in memory.
    virtual std::uint32_t last_assertion() const = 0;

    /// The number of the newest erasure (ledger/erasing.h); 0: nobody was ever erased.
    virtual std::uint64_t last_erasure() const = 0;

    /// Calls `take` with every assertion with a number greater than `after`, in order of commit.
    virtual Status scan_assertions_since(
        std::uint32_t after,
        const std::function<Status(std::span<const Asserted>)>& take) const = 0;

    /// Those in which one of the names stands, in order of commit.
    virtual Result<std::vector<Asserted>> assertions_of(
        std::span<const encounter::CustomerName> names) const = 0;

    /// Every change of the traits of these customers, in order of commit.
    virtual Result<std::vector<TraitChange>> trait_changes(
        std::span<const encounter::CustomerName> names) const = 0;

    /// Those of these customers that have traits, by name.
    virtual Result<std::vector<encounter::Customer>> customers(
        std::span<const encounter::CustomerName> names) const = 0;

    /// Names of customers that contain `text` (in the name or a trait's value), by name, at most
    /// `limit`.
    virtual Result<std::vector<encounter::Customer>> find_customers(std::string_view text,
                                                                    std::size_t limit) const = 0;
};

}  // namespace kokemus::ledger
