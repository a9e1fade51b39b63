#include "app/kept_records.h"

#include "account/account_schema_store.h"
#include "account/once_store.h"
#include "courier/courier_schema_store.h"
#include "history/version_store.h"
#include "improve/improvement_store.h"
#include "refused/refused_store.h"

namespace kokemus::app {

const std::vector<records::Schema>& all_schemas() {
    static const std::vector<records::Schema> schemas{account::account_schema(),
                                                      account::once_schema(),
                                                      courier::courier_schema(),
                                                      history::history_schema(),
                                                      improve::improvement_schema(),
                                                      refused::refused_schema()};
    return schemas;
}

std::filesystem::path seal_key_file(const Configuration& configuration,
                                    const std::filesystem::path& data) {
    return configuration.seal_key.empty() ? data / "seal.key"
                                          : std::filesystem::path(configuration.seal_key);
}

Result<KeptRecords> open_records(const Configuration& configuration,
                                 const std::filesystem::path& data) {
    const records::Address address = TRY(records::read_address(configuration.records, data));
    auto seal = TRY(seal::Seal::open(seal_key_file(configuration, data)));
    return KeptRecords{TRY(records::Records::open(address, all_schemas())), std::move(seal)};
}

Result<std::optional<KeptRecords>> records_if_any(const Configuration& configuration,
                                                  const std::filesystem::path& data) {
    const records::Address address = TRY(records::read_address(configuration.records, data));
    if (address.dialect == records::Dialect::Sqlite && !std::filesystem::exists(address.file)) {
        return std::optional<KeptRecords>();
    }
    return std::optional(TRY(open_records(configuration, data)));
}

}  // namespace kokemus::app
