#include <fmt/format.h>

#include "account/accounts_store.h"
#include "app/command.h"
#include "app/configuration.h"
#include "app/copied_customer.h"
#include "app/kept_records.h"
#include "app/note_here.h"
#include "app/organisation.h"
#include "app/server_asking.h"
#include "base/file.h"
#include "privacy/byte_search.h"

namespace kokemus::app {

namespace {

Result<std::string> make(const CommandSettings& settings, const CopyCommand& options) {
    const HereOrThere place = TRY(here_or_there(settings));
    if (!place.here) {
        return place.ask(http::Method::Get,
                         fmt::format("/api/customers/{}/copy?form={}",
                                     privacy::address_of(options.customer),
                                     options.html ? "html" : "json"),
                         "");
    }
    TRY(note_here(settings, "customer.copy", std::span(&options.customer, 1)));
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    const KeptRecords kept = TRY(open_records(configuration, settings.data));
    const SystemClock clock;
    const account::Accounts accounts(kept.records, clock, "Kokemus", kept.seal);
    const auto copy = TRY(copy_of(*place.here,
                                  encounter::CustomerName(options.customer),
                                  {configuration.retention, looks_in_audit_log(accounts)}));
    return options.html ? privacy::to_html(copy) : privacy::to_json(copy) + "\n";
}

}  // namespace

Result<Exit> copy_customer(const CommandSettings& settings, const CopyCommand& options) {
    const std::string made = TRY(make(settings, options));
    if (options.file.empty()) {
        fmt::print("{}", made);
    } else {
        TRY(write_file(options.file, made));
    }
    return Exit::Done;
}

}  // namespace kokemus::app
