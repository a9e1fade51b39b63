#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "account/session.h"
#include "base/guarded.h"
#include "base/hash.h"
#include "blueprint/blueprint.h"
#include "http/router.h"
#include "intake/commit_queue.h"
#include "intake/customer_queue.h"
#include "intake/event_map.h"
#include "intake/sent_batch.h"
#include "intake/write_key.h"
#include "refused/refused_item.h"

namespace kokemus::app {

/// The rules of the blueprint for what is sent, made once for each blueprint. Immutable.
struct CollectingRules {
    std::shared_ptr<const blueprint::Blueprint> blueprint;
    intake::EventMap events;
    intake::ExclusionRules exclusions;
};

/// What became of a batch on its way to the disk.
struct Kept {
    Result<ledger::Receipt> encounters;
    Status customers;
    bool is_full = false;  ///< there was no room to wait in: the sender is to slow down
};

/// What a queue of customers does: tells the ledger, which must outlive it.
intake::CustomerQueue::Put tells(ledger::Ledger& ledger);

/// The way of what the collector protocols read to the disk: encounters by one queue, traits and
/// evidence of identity by another. Thread safe.
class Collecting {
public:
    /// The blueprint as it is now.
    using Present = std::function<std::shared_ptr<const blueprint::Blueprint>()>;

    /// Takes what was refused without waiting (refused::Log), so that it can be corrected.
    using KeepRefused = std::function<void(std::vector<refused::Item>)>;

    /// All must outlive this.
    Collecting(Present blueprint, intake::CommitQueue& encounters, intake::CustomerQueue& customers,
               const intake::WriteGate& gate, KeepRefused keep_refused);

    const intake::WriteGate& gate() const { return gate_; }
    const intake::CommitQueue& encounters() const { return encounters_; }
    const intake::CustomerQueue& customers() const { return customers_; }
    Result<std::shared_ptr<const CollectingRules>> rules();

    /// Whether what comes for a customer is refused, because they were erased.
    using IsErased = std::function<bool(const encounter::CustomerName&)>;

    /// Without it nobody is. To be called before anything is collected.
    void ask_erased(IsErased is_erased) { is_erased_ = std::move(is_erased); }
    bool is_erased(const encounter::CustomerName& customer) const {
        return is_erased_ && is_erased_(customer);
    }

    /// What was not offered to a queue, ever.
    struct LeftOut {
        std::uint64_t refused = 0;   ///< with a fault
        std::uint64_t excluded = 0;  ///< by a rule of the blueprint
    };
    LeftOut left_out() const { return {refused_, excluded_}; }

    /// Counts what a reader left out.
    void note_left_out(std::size_t refused, std::size_t excluded) {
        refused_ += refused;
        excluded_ += excluded;
    }

    /// Calls `done` once, from any thread, when all of it is on disk or some of it has failed.
    /// Leaves `places`, `refused` and `excluded` of the batch to the caller.
    void keep(intake::SentBatch& batch, std::function<void(const Kept&)> done);

    /// Evidence may be off the disk again: whatever comes is written anew where it is not there.
    void forget_asserted();

    /// Hands what of a request was refused to the list of refused items.
    void refuse(const intake::Refusals& refused, const refused::Arrival& came) const;

private:
    /// Evidence that is on disk, so that not every page view writes it anew; bounded, begun again
    /// when full.
    struct Known {
        std::set<Hash128> asserted;
        std::uint64_t forgotten = 0;  ///< how often: what was offered before is not known after
    };

    /// What is to be told, and how often all was forgotten before.
    struct News {
        std::vector<encounter::Assertion> assertions;
        std::uint64_t forgotten = 0;
    };
    News not_yet_asserted(std::span<const encounter::Assertion> identities);
    static void note_asserted(const News& told, Known& known);

    const Present blueprint_;
    intake::CommitQueue& encounters_;
    intake::CustomerQueue& customers_;
    const intake::WriteGate& gate_;
    const KeepRefused keep_refused_;
    IsErased is_erased_;
    Guarded<std::shared_ptr<const CollectingRules>> rules_;
    std::atomic<std::uint64_t> refused_{0};
    std::atomic<std::uint64_t> excluded_{0};
    const std::shared_ptr<Guarded<Known>> known_;
};

/// POST /v1/{call} as Segment's tracking API does, with what pages of other origins ask before, and
/// the settings that its browser library asks for: by https where all comes so.
void add_segment_routes(http::Router& router, Collecting& collecting, account::Transport transport);

/// POST /api/webhooks/{name}: the webhooks of the blueprint; their secrets are those of the data
/// folder (app/secrets.h).
void add_webhook_routes(http::Router& router, Collecting& collecting, std::filesystem::path folder);

}  // namespace kokemus::app
