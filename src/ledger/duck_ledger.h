#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <future>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/guarded.h"
#include "base/open_file.h"
#include "duck/chunk_insert.h"
#include "duck/duck.h"
#include "ledger/at_hand.h"
#include "ledger/codes.h"
#include "ledger/copying.h"
#include "ledger/erasing.h"
#include "ledger/folder_lock.h"
#include "ledger/key_index.h"
#include "ledger/ledger.h"
#include "ledger/log_name.h"
#include "ledger/rows_at_hand.h"

namespace kokemus::ledger {

class FreshFile;

/// What a test may change; the program takes the defaults.
struct Options {
    /// The key of idempotency of an encounter.
    std::uint64_t (*key)(std::string_view customer, std::string_view id) = nullptr;
    /// Bytes that must be free on the disk before a batch is begun, beside what the batch takes.
    std::uint64_t free_bytes_min = 32ULL << 20U;
    /// Of the rows at hand.
    NumberedFile::Limits at_hand = {};
};

/// The ledger on an embedded DuckDB, in `folder`/ledger/encounters.duckdb.
///
/// Invariants
/// 1. One writer at a time (write_mutex_); what it changes in memory is undone when the
///    transaction is not on disk.
/// 2. keys_ holds the encounters on disk (and those that were erased since the start),
/// codes_.customers at least the rows of the table
///    customer. A thread of its own loads customers after opening, and keys once somebody writes:
///    readers of entries wait for these, writers for all.
/// 3. Numbers of encounters and codes of customers only rise, and rows lie in the file by number.
/// 4. After a failed commit whose outcome is unknown nothing is written any more (`stopped_`);
///    reading goes on. Only when it was for want of room, the file is opened anew when there is
///    some, and memory follows what it holds.
class DuckLedger final : public Ledger, public Copying, public Erasing, public AtHand {
public:
    static Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& folder,
                                                const Options& options);
    ~DuckLedger() override;

    void prepare_to_write(std::uint64_t coming) override;
    void keep_rows_at_hand() override;
    Standing at_hand() const override;
    std::uint64_t newest_of(std::span<const encounter::CustomerName> names) const override;
    std::unique_ptr<Batch> begin() override;
    Result<Receipt> commit(std::unique_ptr<Batch> batch) override;
    std::vector<Result<Receipt>> append_each(
        std::span<const std::span<const encounter::Encounter>> batches, Checked checked) override;
    Status tell(const Told& told) override;
    std::optional<Error> stopped() const override;
    const std::string& id() const override { return id_; }
    Result<Totals> totals() const override;
    Result<LedgerCopy> copy_to(const std::filesystem::path& folder) override;
    Result<std::uint64_t> last_number() const override;
    Status scan(const std::function<Status(std::span<const Entry>)>& take) const override;
    Status scan_since(std::uint64_t after,
                      const std::function<Status(std::span<const Entry>)>& take) const override;
    Status read_numbers(std::span<const std::uint64_t> numbers,
                        const std::function<Status(std::span<const Entry>)>& take) const override;
    Result<std::vector<Entry>> read_customers(
        std::span<const encounter::CustomerName> names) const override;
    Result<std::vector<TraitChange>> trait_changes(
        std::span<const encounter::CustomerName> names) const override;
    Result<std::optional<encounter::Customer>> customer(
        const encounter::CustomerName& name) const override;
    Status scan_customers(
        const std::function<Status(std::span<const encounter::Customer>)>& take) const override;
    std::uint64_t last_customer_change() const override { return last_change_; }
    Status scan_customers_since(
        std::uint64_t after,
        const std::function<Status(std::span<const encounter::Customer>)>& take) const override;
    Result<std::vector<encounter::Customer>> find_customers(std::string_view text,
                                                            std::size_t limit) const override;
    Result<Erasure> erase(const ErasureOrder& order) override;
    Result<std::vector<Erasure>> erasures() const override;
    Result<std::vector<encounter::CustomerName>> unfinished() const override;
    Result<Rewritten> rewrite(const Rewriting& rewriting, const std::stop_token& stop) override;
    Result<TooOld> too_old(const Retention& retention) const override;
    bool is_erased(const encounter::CustomerName& name) const override;
    std::string digest_of(const encounter::CustomerName& name) const override;
    Status readmit(const encounter::CustomerName& name) override;
    Status refuse(std::span<const std::string> digests) override;
    const std::string& salt() const override { return codes_.customers.salt(); }
    std::vector<std::string> refused_digests() const override;
    Result<std::vector<encounter::CustomerName>> names_with(
        std::span<const std::string> digests) const override;
    Result<std::vector<TextFound>> find_text(std::string_view text) const override;
    Result<std::vector<encounter::Customer>> customers(
        std::span<const encounter::CustomerName> names) const override;
    std::uint32_t last_assertion() const override { return last_assertion_; }
    std::uint64_t last_erasure() const override { return last_erasure_; }
    Status scan_assertions_since(
        std::uint32_t after,
        const std::function<Status(std::span<const Asserted>)>& take) const override;
    Result<std::vector<Asserted>> assertions_of(
        std::span<const encounter::CustomerName> names) const override;
    Status use_identity_keys(const std::vector<encounter::IdentityKey>& keys) override;

private:
    struct Telling;

    /// A customer and a name that one of their traits gives them.
    struct Holding {
        std::uint32_t customer = 0;
        encounter::Named named;
    };

    /// Keys and numbers in `asserted_` and `holders_`.
    struct Known {
        std::vector<std::pair<std::uint64_t, std::uint32_t>> asserted;
        std::vector<std::pair<std::uint64_t, std::uint32_t>> holders;
    };

    using TakeTraitChange =
        std::function<void(std::uint32_t customer, Instant at, std::string_view source,
                           const std::map<std::string, std::string>& changed)>;
    struct Waiting;

    /// What batches would change, decided but not written.
    struct Plan;

    /// What every transaction runs, planned once.
    struct Prepared {
        duck::Statement begin;
        duck::Statement commit;
        duck::ChunkInsert insert;

        static Result<Prepared> on(duck::Connection& writer);
    };

    DuckLedger(FolderLock lock, duck::Database database, duck::Connection writer, Prepared prepared,
               const Options& options);

    Status load();
    Status load_id();
    Status load_totals();
    void commit_all(std::span<Waiting> mine);
    void note_customers();
    Status load_indexes(duck::Connection& connection, const std::stop_token& stop);
    Status load_keys(duck::Connection& connection, std::uint64_t from, const std::stop_token& stop);
    Status load_traits(duck::Connection& connection);
    Status wait_for_customers() const;
    Status ready_to_write();
    std::vector<Waiting*> take_group();
    void append_group(const std::vector<Waiting*>& group);
    Status write_plan(Plan& plan);
    Status write_group(Plan& plan);
    static void give_receipts(const std::vector<Waiting*>& group, const Plan& plan);
    Status check_space(std::size_t rows, std::size_t text_bytes) const;
    Status decide(Plan& plan);
    Status settle_repeats(Plan& plan);
    Result<std::unordered_map<std::uint64_t, encounter::Encounter>> stored_under(
        const Plan& plan) const;
    Status write(Plan& plan);
    Status write_accepted(Plan& plan);
    void undo(const Plan& plan);
    void count(const Plan& plan);
    Status transaction(const Codes::Mark& mark, const std::function<Status()>& body);
    Status run_in_transaction(const Codes::Mark& mark, const std::function<Status()>& body);
    Status commit_transaction();
    Status settle_commit(const Codes::Mark& mark);
    bool is_untouched();

    /// Whether writing may go on without a new start.
    enum class Outlook { UntilTheNextStart, UntilThereIsRoom };
    Error stop(const Error& cause, Outlook outlook = Outlook::UntilTheNextStart);
    void read_on();
    Status go_on();
    Status reopen();
    Status take_stock();
    Result<duck::Connection> connect() const;
    Status fold_log();
    Result<Erasure> write_erasure(const ErasureOrder& order, std::span<const std::uint32_t> codes);
    std::vector<std::uint32_t> known_codes(
        std::span<const encounter::CustomerName> customers) const;
    void forget(std::span<const encounter::CustomerName> customers, const Erasure& receipt);
    Status follow_erasure(const ErasureOrder& order, const Erasure& receipt, const Known& known);
    Status swap_in(FreshFile& fresh);
    Status take_over(FreshFile& fresh);
    Result<std::vector<encounter::CustomerName>> names_of(duck::Connection& connection,
                                                          const std::string& codes) const;
    Status take_up(duck::Database database);
    Status load_assertions(duck::Connection& connection);
    Result<Telling> prepare_telling(const Told& told);
    Status prepare_traits(const Told& told, Telling& telling);
    void prepare_assertions(const Told& told, const std::vector<Asserted>& by_traits,
                            Telling& telling) const;
    bool is_asserted(const encounter::Assertion& assertion) const;
    std::string customer_name(std::uint32_t code) const;
    Status load_holders(duck::Connection& connection);
    void find_shared(std::uint32_t customer, const std::vector<encounter::Named>& names,
                     std::vector<Holding>& shared);
    void find_named(std::uint32_t from, std::uint32_t to, std::vector<Holding>& shared);
    void find_spelled(std::uint32_t from, std::uint32_t to, std::vector<Holding>& shared);
    Result<Known> known_of(std::span<const encounter::CustomerName> names,
                           std::span<const std::uint32_t> codes) const;
    void forget(const Known& known);
    Result<std::vector<Asserted>> said_of(const std::vector<Holding>& shared,
                                          const Telling* telling) const;
    Status scan_trait_changes(std::span<const std::uint32_t> codes,
                              const TakeTraitChange& take) const;
    void write_overdue();
    Status write_derived();
    bool is_derived_by(const std::vector<encounter::IdentityKey>& keys) const;
    Status write_telling(const Telling& telling);
    void note_telling(const Telling& telling);
    Result<std::vector<std::uint32_t>> codes_of(
        std::span<const encounter::CustomerName> names) const;
    Result<std::map<std::uint32_t, encounter::Customer>> stored_traits(
        std::span<const std::uint32_t> codes) const;
    Result<std::map<std::uint32_t, encounter::Customer>> traits_now(
        std::span<const std::uint32_t> codes) const;
    Status read_entries(duck::Rows rows, const std::function<Status(std::span<const Entry>)>& take,
                        const RowsAtHand::Feed& feed = {}) const;
    Status read_from_table(std::span<const std::uint64_t> numbers,
                           const std::function<Status(std::span<const Entry>)>& take) const;
    void run_at_hand(const std::stop_token& stop);
    void note_newest(const Plan& plan);
    Status settle_at_hand();
    Status take_encounters_at_hand(const std::stop_token& stop);
    Status take_changes_at_hand(const std::stop_token& stop);
    void put_at_hand(const RowsAtHand::Feed& feed, const duck::Chunk& chunk) const;
    std::optional<std::vector<RawTraits>> changes_at_hand(
        std::span<const std::uint32_t> codes,
        std::size_t most = std::numeric_limits<std::size_t>::max()) const;

    FolderLock lock_;
    std::filesystem::path folder_;
    std::string id_;
    Options options_;
    /// The file, opened by the first copy and kept for the next ones. Closed after `database_`:
    /// DuckDB's lock on its file is one of the whole process, and closing any opening of the file
    /// gives it up.
    std::optional<OpenFile> source_;
    /// Another one after a rewriting; connections keep theirs for as long as they need it.
    Guarded<std::shared_ptr<const duck::Database>> database_;
    duck::Connection writer_;
    Prepared prepared_;
    std::optional<LogName> log_name_;
    mutable Codes codes_;
    std::mutex queue_mutex_;  ///< over queue_ and is_committing_
    std::condition_variable turn_;
    std::deque<Waiting*> queue_;
    bool is_committing_ = false;
    std::mutex rewriting_mutex_;  ///< held by one rewriting at a time, before write_mutex_
    std::mutex write_mutex_;
    KeyIndex keys_;
    std::vector<bool> has_traits_;  ///< by the customer's code
    std::uint64_t next_number_ = 1;
    std::uint32_t last_trait_ = 0;  ///< number of the newest row of the table trait
    std::atomic<std::uint64_t> last_erasure_ = 0;
    std::atomic<std::uint64_t> last_change_ = 0;
    /// What was said by messages and traits, by a hash -> its number.
    std::unique_ptr<KeyIndex> asserted_ = std::make_unique<KeyIndex>();
    std::atomic<std::uint32_t> last_assertion_ = 0;
    std::vector<encounter::IdentityKey> identity_keys_ = encounter::usual_identity_keys();
    std::unique_ptr<KeyIndex>
        holders_;  ///< a hash of a name that a trait gives -> who has it, each once
    bool are_holders_stale_ = false;  ///< as after a transaction that failed
    std::vector<Holding> overdue_;    ///< evidence that is not written yet
    std::string derived_by_;          ///< the table derived: keys of which all is written
    Guarded<std::optional<Error>> stopped_;
    bool waits_for_room_ = false;  ///< that it is stopped; guarded by write_mutex_
    Guarded<Totals> totals_;
    /// The same file for reading only, once DuckDB has given up the other; null before.
    Guarded<std::shared_ptr<const duck::Database>> reading_;
    std::shared_future<Status> customers_loaded_;
    std::shared_future<Status> loaded_;
    std::mutex wanted_mutex_;
    std::condition_variable_any wanted_;
    bool are_keys_wanted_ = false;
    std::uint64_t coming_ = 0;  ///< encounters, as far as somebody said; guarded likewise
    std::jthread loader_;
    std::unique_ptr<RowsAtHand> at_hand_;         ///< null: nobody asked for it
    Guarded<std::vector<std::uint32_t>> newest_;  ///< by customer: see `newest_of`
    std::condition_variable_any at_hand_turn_;
    std::jthread at_hand_keeper_;
};

}  // namespace kokemus::ledger
