#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/organisation.h"
#include "base/guarded.h"
#include "http/router.h"

namespace kokemus::app {

/// Whether a server that runs can also do its work. What costs a look into the records is looked
/// up once a second beside the requests, so that whoever asks how it goes neither waits nor loads
/// anything. Thread safe; ends when destroyed.
class Health {
public:
    /// Asks the records for the number of open sessions; fails when they cannot be reached.
    using AskRecords = std::function<Result<std::int64_t>()>;

    /// `ask` may be empty: a server that stands open has no records. All must outlive this.
    Health(Organisation& organisation, AskRecords ask);

    struct Fault {
        std::string part;  ///< "ledger"
        std::string
            words;  ///< what that means and what to do; nothing that a stranger may not know
    };

    /// What keeps the server from its work now; empty when it is ready.
    std::vector<Fault> faults() const;

    /// As of a moment ago; absent without records, or when they cannot be reached.
    std::optional<std::int64_t> open_sessions() const;
    bool has_records() const { return ask_ != nullptr; }

private:
    void run(const std::stop_token& stop);

    Organisation& organisation_;
    const AskRecords ask_;
    Guarded<Result<std::int64_t>> sessions_;
    std::jthread thread_;  ///< last, so that it begins when all else is there
};

/// The guard of a server whose timeline is still being built: whatever is answered from it is
/// refused until it is there, rather than keeping a worker waiting; all else goes to `behind`.
http::Guard until_built(const Organisation& organisation, http::Guard behind);

}  // namespace kokemus::app
