#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/guarded.h"
#include "duck/duck.h"
#include "ledger/folder_lock.h"
#include "ledger/key_index.h"
#include "ledger/ledger.h"
#include "ledger/log_name.h"
#include "ledger/names.h"

namespace kokemus::ledger {

/// What a test may change; the program takes the defaults.
struct Options {
    /// The key of idempotency of an encounter.
    std::uint64_t (*key)(const encounter::Encounter&) = nullptr;
    /// Bytes that must be free on the disk before a batch is begun.
    std::uint64_t free_bytes_min = 32ULL << 20U;
};

/// The ledger on an embedded DuckDB, in `folder`/ledger/encounters.duckdb.
///
/// Invariants
/// 1. One writer at a time (write_mutex_); what it changes in memory is undone when the
///    transaction is not on disk.
/// 2. keys_ holds exactly the encounters on disk, customers_ the rows of the table customer. Both
///    are loaded by a thread of their own after opening; writers wait for it, most readers do
///    not need it.
/// 3. Numbers of encounters and of customer rows only rise, and rows lie in the file by number.
/// 4. After a failed commit whose outcome is unknown nothing is written any more (`stopped_`);
///    reading goes on.
class DuckLedger final : public Ledger {
public:
    static Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& folder,
                                                const Options& options);
    ~DuckLedger() override;

    Result<Receipt> append(std::span<const encounter::Encounter> batch) override;
    std::vector<Result<Receipt>> append_each(
        std::span<const std::span<const encounter::Encounter>> batches) override;
    Status put_customers(std::span<const encounter::Customer> batch) override;
    const std::string& id() const override { return id_; }
    Result<Totals> totals() const override;
    Result<std::uint64_t> last_number() const override;
    Status scan(const std::function<Status(std::span<const Entry>)>& take) const override;
    Status scan_since(std::uint64_t after,
                      const std::function<Status(std::span<const Entry>)>& take) const override;
    Status read_numbers(std::span<const std::uint64_t> numbers,
                        const std::function<Status(std::span<const Entry>)>& take) const override;
    Result<std::vector<Entry>> read_customer(
        const encounter::CustomerName& customer) const override;
    Result<std::optional<encounter::Customer>> customer(
        const encounter::CustomerName& name) const override;
    Status scan_customers(
        const std::function<Status(std::span<const encounter::Customer>)>& take) const override;
    std::uint64_t last_customer_change() const override { return last_customer_; }
    Status scan_customers_since(
        std::uint64_t after,
        const std::function<Status(std::span<const encounter::Customer>)>& take) const override;
    Result<std::vector<encounter::Customer>> find_customers(std::string_view text,
                                                            std::size_t limit) const override;

private:
    struct Waiting;

    /// What batches would change, decided but not written.
    struct Plan;

    DuckLedger(FolderLock lock, duck::Database database, duck::Connection writer,
               const Options& options);

    Status load();
    Status load_id();
    Status load_keys(duck::Connection& connection);
    Status load_customers(duck::Connection& connection);
    Status ready_to_write();
    std::vector<Waiting*> take_group();
    void append_group(const std::vector<Waiting*>& group);
    Status write_group(const std::vector<Waiting*>& group, Plan& plan);
    static void give_receipts(const std::vector<Waiting*>& group, const Plan& plan);
    Status check_space(std::size_t rows) const;
    Status decide(Plan& plan);
    Status settle_repeats(Plan& plan);
    void plan_customers(Plan& plan);
    Status write(const Plan& plan);
    void undo(const Plan& plan);
    void count(const Plan& plan);
    Status transaction(const std::function<Status()>& body);
    bool is_untouched();
    Error stop(const Error& cause);
    std::uint64_t customer_key(std::string_view name) const;
    Status replace_customers(std::map<std::string, encounter::Customer>& customers,
                             std::vector<std::uint32_t>& replaced);
    Status read_entries(duck::Rows rows,
                        const std::function<Status(std::span<const Entry>)>& take) const;

    FolderLock lock_;
    std::filesystem::path folder_;
    std::string id_;
    Options options_;
    duck::Database database_;
    duck::Connection writer_;
    std::optional<LogName> log_name_;
    Names names_;
    std::mutex queue_mutex_;  ///< over queue_ and is_committing_
    std::condition_variable turn_;
    std::deque<Waiting*> queue_;
    bool is_committing_ = false;
    std::mutex write_mutex_;
    KeyIndex keys_;
    KeyIndex customers_;
    mutable std::shared_mutex customers_mutex_;  ///< over customers_, which `customer` reads
    std::uint64_t customer_seed_ = 0;            ///< so that nobody can craft names that collide
    std::uint64_t next_number_ = 1;
    std::uint64_t next_customer_ = 1;
    std::atomic<std::uint64_t> last_customer_ = 0;  ///< the newest on disk, for those who only read
    std::optional<Error> stopped_;
    Guarded<Totals> totals_;
    std::shared_future<Status> loaded_;
    std::jthread loader_;
};

}  // namespace kokemus::ledger
