#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "ledger/erasure.h"
#include "ledger/ledger.h"

namespace kokemus::ledger {

/// What grows too old to be kept. Without a time it is kept for ever.
struct Retention {
    std::optional<Instant> texts_before = {};       ///< older encounters lose what was said
    std::optional<Instant> properties_before = {};  ///< older encounters lose their properties
    std::optional<Instant> encounters_before = {};  ///< older encounters go wholly
    /// Traits of customers go whose newest encounter is older; of whom there are no encounters,
    /// whose newest change of traits is.
    std::optional<Instant> traits_before = {};
    /// Names of one customer, each with the one that the customer goes by: it is the newest
    /// encounter of all of them that counts.
    std::vector<std::pair<encounter::CustomerName, encounter::CustomerName>> joined = {};

    friend bool operator==(const Retention&, const Retention&) = default;
};

/// How much is too old.
struct TooOld {
    std::uint64_t texts = 0;
    std::uint64_t properties = 0;
    std::uint64_t encounters = 0;
    std::uint64_t traits = 0;  ///< customers whose traits go

    std::uint64_t all() const { return texts + properties + encounters + traits; }
};

/// What a rewriting leaves out beside what was erased, and what its receipts say.
struct Rewriting {
    std::string remains = {};  ///< see Erasure::remains
    Retention retention = {};
    /// The newest erasure that `remains` was made for; empty: all there are when it begins.
    std::optional<std::uint64_t> up_to = {};
};

/// What a rewriting did.
struct Rewritten {
    std::vector<Erasure> finished;  ///< erasures of which no byte is left in the ledger's files
    std::uint64_t encounters = 0;
    /// Customers of whom something went that counts in answers, because it was too old.
    std::vector<encounter::CustomerName> changed;
    double seconds = 0;
    double writers_waited_seconds = 0;
};

/// A column of the ledger in which a text was found.
struct TextFound {
    std::string place;  ///< "encounter.text"
    std::uint64_t rows = 0;
};

/// Erasing persons from a ledger. An erasure has two steps: `erase` takes the person out of
/// everything that can be asked, at once and durably; `rewrite` writes the ledger's file anew, so
/// that no byte of theirs is left in it. Between the two the erasure is unfinished, and the ledger
/// knows the names, so that a kill at any moment lets it be resumed.
///
/// Thread safety: as of Ledger.
class Erasing {
public:
    virtual ~Erasing() = default;

    /// Removes all encounters and traits of these names, and refuses what comes for them from now
    /// on (Receipt::erased). One transaction, on disk on return. A name that nobody has here is
    /// refused from now on too. Errors (no name, a failed write): nothing was changed; of one that
    /// says that writing has stopped the next start knows whether it was.
    virtual Result<Erasure> erase(const ErasureOrder& order) = 0;

    /// All receipts, the oldest first.
    virtual Result<std::vector<Erasure>> erasures() const = 0;

    /// The names of erasures that are not finished; none when there is nothing to be done.
    virtual Result<std::vector<encounter::CustomerName>> unfinished() const = 0;

    /// Writes the file anew without what was erased before the call and puts it in the place of the
    /// old one; then the erasures are finished, all in one step: a kill before leaves them
    /// unfinished. Reads go on all the time; writers wait while the last rows and all that is kept
    /// of customers are copied and the file is counted and closed: about 3 s for a million
    /// customers, and a pass over the encounters with rules of retention. Cancelled when `stop`
    /// asks for it, DiskFull when there is no room for a second file: then all is as before.
    virtual Result<Rewritten> rewrite(const Rewriting& rewriting, const std::stop_token& stop) = 0;

    /// What a rewriting with these rules would take. A pass over the ledger.
    virtual Result<TooOld> too_old(const Retention& retention) const = 0;

    /// Whether what comes for this name is refused.
    virtual bool is_erased(const encounter::CustomerName& name) const = 0;

    /// The digest that receipts of this ledger name the customer by.
    virtual std::string digest_of(const encounter::CustomerName& name) const = 0;

    /// Lets the name be used again: the person came back of their own will. What was erased stays
    /// so, and so does the receipt. NotFound when the name is not refused.
    virtual Status readmit(const encounter::CustomerName& name) = 0;

    /// Refuses what comes for the names with these digests too. On disk on return.
    virtual Status refuse(std::span<const std::string> digests) = 0;

    /// What the digests of this ledger are keyed with; the same in all its copies and backups.
    virtual const std::string& salt() const = 0;

    /// The digests of all names that are refused, in order.
    virtual std::vector<std::string> refused_digests() const = 0;

    /// The names of customers here that have one of these digests: who was erased after the backup
    /// was made that this ledger comes from. Costs a digest for each customer, 0.5 us.
    virtual Result<std::vector<encounter::CustomerName>> names_with(
        std::span<const std::string> digests) const = 0;

    /// Reads every column of every table and looks for the text, whatever way the file keeps it
    /// compressed; upper and lower case count. Costs a pass over the ledger's texts.
    virtual Result<std::vector<TextFound>> find_text(std::string_view text) const = 0;
};

/// The same ledger, as far as it can. Every ledger of this program can.
Erasing& erasing_of(Ledger& ledger);

}  // namespace kokemus::ledger
