#pragma once

#include <memory>

#include "base/instant.h"
#include "encounter/encounter.h"

namespace kokemus::encounter {

/// Gives ids to encounters of one source that come without: 16 hex digits of the body's hash for
/// the first occurrence of that body in the source, and the same with "-2", "-3"... for the next
/// ones. So two truly equal rows are two encounters, and reading the same source again gives the
/// same ids whatever the sizes of its batches.
///
/// One object per source (one file, one import), fed in the source's order. Keeps about 13 bytes
/// per encounter identified. Not thread safe. To be called before `clamp_time`, so that the id
/// does not depend on the day of import.
class Identifier {
public:
    Identifier();
    ~Identifier();
    Identifier(Identifier&&) noexcept;
    Identifier& operator=(Identifier&&) noexcept;

    /// Sets the id when it is empty; leaves a sender's id alone.
    void identify(Encounter& encounter);

private:
    struct Seen;
    std::unique_ptr<Seen> seen_;
};

/// Sets a time that lies after `now` to `now` and flags it; says whether it did.
bool clamp_time(Encounter& encounter, Instant now);

}  // namespace kokemus::encounter
