#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
#include "question/engine.h"
#include "watch/watching.h"

/// Looks out over many series at once, and at what goes wrong before scores do.
namespace kokemus::watch {

/// What is watched.
struct Wanted {
    std::vector<std::string> metrics;  ///< none: those with a target, else all that are declared
    std::string by;                    ///< a field: each of its values too; empty: of all alone
    Settings settings;
};

/// A share that runs ahead of the scores: of the newest four weeks against the eight before.
struct Leading {
    std::string name;     ///< "repeats", "forced-switches", "promises-at-risk"
    std::string subject;  ///< the promise; empty otherwise
    std::uint64_t part = 0;
    std::uint64_t n = 0;
    double share = 0;
    stats::Interval interval;
    std::optional<stats::Difference> change;  ///< less the share before; none of what is open now
    double q_value = 1;    ///< of the change, among all of these (Benjamini-Hochberg)
    bool worse = false;    ///< beyond chance
    std::string question;  ///< that shows it
};

struct Found {
    Series series;
    Watched watched;
};

struct LookOut {
    Instant latest{};
    Settings settings;
    std::vector<Found> series;  ///< those in alarm first, then by how far up their sum is
    std::vector<Leading> leading;

    std::size_t alarms() const;
};

/// Changes each question before it is asked: narrows it to whom it may be asked of.
using Narrow = std::function<Result<question::Question>(question::Question)>;

/// Whether something counted over so many customers may be shown.
using MayShow = std::function<bool(std::uint64_t customers)>;

/// On what one looks out; all of it must outlive the call.
struct Ground {
    const question::Engine& engine;
    const blueprint::Blueprint& blueprint;
    Instant latest{};
    Narrow narrow;
    MayShow may_show;
};

/// InvalidInput for a metric or a field that there is not, with the words of the parser.
Result<LookOut> look_out(const Ground& ground, const Wanted& wanted);

}  // namespace kokemus::watch
