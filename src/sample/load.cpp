#include "sample/load.h"

#include <future>

#include "sample/truth.h"

namespace kokemus::sample {

namespace {

Status load_customers(Generator& generator, ledger::Ledger& ledger) {
    std::vector<encounter::Customer> customers;
    while (generator.next_customers(customers)) {
        TRY(ledger.put_customers(customers));
    }
    return {};
}

}  // namespace

Result<Realised> load(const Options& options, ledger::Ledger& ledger,
                      const std::filesystem::path& folder,
                      const std::function<void(const Progress&)>& progress) {
    Generator generator(options);
    TRY(load_customers(generator, ledger));
    std::vector<encounter::Encounter> batch;
    std::vector<encounter::Encounter> next_batch;
    Progress done;
    bool has_more = generator.next(batch);
    while (has_more) {
        const std::uint64_t customers = generator.customers_done();
        auto making = std::async(std::launch::async, [&] { return generator.next(next_batch); });
        const auto receipt = ledger.append(batch);
        has_more = making.get();
        if (!receipt) {
            return receipt.error();
        }
        if (!receipt->conflicts.empty()) {
            return Error{ErrorCode::Conflict,
                         "the ledger holds another sample already: " +
                             receipt->conflicts.front().reason + "; make this one in a new folder"};
        }
        done.customers_done = customers;
        done.encounters_done += batch.size();
        progress(done);
        std::swap(batch, next_batch);
    }
    TRY(write_truth(folder, options, generator.realised()));
    return generator.realised();
}

}  // namespace kokemus::sample
