#pragma once

#include <filesystem>
#include <functional>

#include "base/result.h"
#include "ledger/ledger.h"
#include "sample/generator.h"

namespace kokemus::sample {

struct Progress {
    std::uint64_t customers_done = 0;
    std::uint64_t encounters_done = 0;
};

/// Makes the sample organisation and puts it into the ledger, customers first; writes truth.json
/// into `folder` at the end. One thread makes encounters while another commits them. Stopped in
/// the middle and started again with the same options, it adds what is missing. `progress` is
/// called after every batch.
Result<Realised> load(const Options& options, ledger::Ledger& ledger,
                      const std::filesystem::path& folder,
                      const std::function<void(const Progress&)>& progress);

}  // namespace kokemus::sample
