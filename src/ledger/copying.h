#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/ledger.h"

namespace kokemus::ledger {

/// A copy of a ledger: what it holds, and how long appends waited for it.
struct LedgerCopy {
    Totals totals;
    std::vector<std::string> files;  ///< names in the folder of the copy
    std::chrono::duration<double> appends_waited{};
};

/// What a ledger that lies in files can do besides.
class Copying {
public:
    virtual ~Copying() = default;

    /// Writes a copy into the folder, which must exist: everything that was acknowledged before
    /// the call, and of what is appended meanwhile the first batches or none. Reads go on; appends
    /// wait while the file is copied, at the speed of the disk, or for an instant where the file
    /// system can share blocks. On disk on return; on error no file of it stays.
    virtual Result<LedgerCopy> copy_to(const std::filesystem::path& folder) = 0;
};

/// As Copying::copy_to. Unavailable for a ledger that lies in no files.
Result<LedgerCopy> copy_ledger(Ledger& ledger, const std::filesystem::path& folder);

}  // namespace kokemus::ledger
