#include "sample/load.h"

#include <future>
#include <vector>

#include "ledger/bulk_appender.h"
#include "sample/truth.h"

namespace kokemus::sample {

namespace {

constexpr std::uint64_t encounters_per_customer = 18;  ///< about

/// Some customers are made while those before are written.
Status load_customers(Generator& generator, ledger::Ledger& ledger) {
    std::vector<encounter::Customer> made;
    std::vector<encounter::Customer> written;
    std::future<Status> writing;
    while (generator.next_customers(made, ledger::bulk_batch_rows)) {
        if (writing.valid()) {
            TRY(writing.get());
        }
        made.swap(written);
        writing = std::async(std::launch::async, [&] { return ledger.put_customers(written); });
    }
    return writing.valid() ? writing.get() : Status();
}

Status refuse_conflicts(const ledger::Receipt& receipt) {
    if (receipt.conflicts.empty()) {
        return {};
    }
    return Error{ErrorCode::Conflict,
                 "the ledger holds another sample already: " + receipt.conflicts.front().reason +
                     "; make this one in a new folder"};
}

}  // namespace

Result<Realised> load(const Options& options, ledger::Ledger& ledger,
                      const std::filesystem::path& folder,
                      const std::function<void(const Progress&)>& progress) {
    Generator generator(options);
    ledger.prepare_to_write(options.customers * encounters_per_customer);
    TRY(load_customers(generator, ledger));
    // Few at a time, so that an encounter is laid out for the ledger while it is in a cache.
    constexpr std::size_t some_encounters = 256;
    std::vector<encounter::Encounter> some;
    ledger::BulkAppender appender(ledger, ledger::Checked::Yes);  // a test of ours holds that
    Progress done;
    std::uint64_t shown = 0;
    while (generator.next(some, some_encounters)) {
        done.encounters_done += some.size();
        TRY(appender.add(some));
        done.customers_done = generator.customers_done();
        if (done.encounters_done - shown >= ledger::bulk_batch_rows) {
            shown = done.encounters_done;
            TRY(refuse_conflicts(appender.take_receipt()));
            progress(done);
        }
    }
    TRY(appender.finish());
    TRY(refuse_conflicts(appender.take_receipt()));
    progress(done);
    TRY(write_truth(folder, options, generator.realised()));
    return generator.realised();
}

}  // namespace kokemus::sample
