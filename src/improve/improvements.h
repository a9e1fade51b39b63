#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "improve/improvement_store.h"
#include "improve/observe.h"

/// What people do with improvements, the same for the API and the command line: JSON in, JSON out
/// (docs/improvements.md).
namespace kokemus::improve {

/// Called before something is written: what ("improvement.register"), to which improvement (0: a
/// new one), and a short note without what people wrote. When it fails nothing is written.
using NoteWriting = std::function<Status(std::string_view action, std::int64_t improvement,
                                         const std::string& note)>;

/// Who writes.
struct Writer {
    std::string actor;
    NoteWriting note;
};

class Improvements {
public:
    /// Both must outlive it.
    Improvements(Store& store, const Clock& clock) : store_(store), clock_(clock) {}

    /// What the registration that was sent could show: designs, power, least effect. Nothing is
    /// kept.
    Result<std::string> power(const Observer& observer, std::string_view sent) const;

    /// Keeps the registration. InvalidInput when no design can tell anything, when it has started
    /// already (unless `late` is sent as true, which stays with it) and when the expected effect
    /// could not be seen even if it were there (unless `underpowered` is). With `dry_run` nothing
    /// is kept.
    Result<std::string> add(const Observer& observer, std::string_view sent, const Writer& by);

    /// Changes what was sent of it. Once it has started only who owns it, what it is called and how
    /// long it is looked at; that is kept as a deviation. `seen`: Conflict when it is of another
    /// version by then.
    Result<std::string> amend(const Observer& observer, std::int64_t improvement,
                              std::string_view sent, std::optional<std::int64_t> seen,
                              const Writer& by);

    /// Looks at the evidence, keeps the look with its verdict, and gives it. A look that sees what
    /// the last one saw is not kept again. Conflict before the start.
    Result<std::string> look(const Observer& observer, std::int64_t improvement, const Writer& by);

    /// It will not be looked at any more; it stays in the record.
    Result<std::string> withdraw(std::int64_t improvement, std::string_view reason,
                                 std::optional<std::int64_t> seen, const Writer& by);

    Result<std::string> show(std::int64_t improvement) const;
    Result<Improvement> find(std::int64_t improvement) const { return store_.find(improvement); }

    /// Whether the record is as it was written.
    Result<std::string> verify() const;

private:
    Store& store_;
    const Clock& clock_;
};

/// The registration that a text holds, put over `base`, and checked. Members other than its own and
/// `also` are refused.
Result<Registration> registration_in(std::string_view sent, const Registration& base,
                                     std::span<const std::string_view> also,
                                     const blueprint::Blueprint& blueprint);

}  // namespace kokemus::improve
