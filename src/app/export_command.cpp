#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "app/exporting.h"
#include "app/progress_line.h"
#include "base/text.h"
#include "consent/consent.h"
#include "identity/whole_customer.h"
#include "privacy/pseudonym.h"

namespace kokemus::app {

namespace {

using encounter::CustomerName;

/// What dimensions are made of stays, so that answers stay.
privacy::KeptFields kept_fields(const blueprint::Blueprint& blueprint, bool texts) {
    privacy::KeptFields kept;
    for (const auto& dimension : blueprint.dimensions) {
        (dimension.source == blueprint::DimensionSource::Traits ? kept.traits : kept.properties)
            .insert(dimension.key);
    }
    kept.texts = texts;
    return kept;
}

/// Every name of each customer who does not agree, by the word that holds of all their names.
Result<std::unordered_set<std::string>> names_of_who_refuse(const ledger::Ledger& ledger,
                                                            std::string_view purpose) {
    identity::Identities identities;
    TRY(identity::read_identities(ledger, UINT32_MAX, identities));
    std::unordered_map<std::string, consent::Consent> holding;
    const auto look = [&](std::span<const encounter::Customer> customers) -> Status {
        for (const encounter::Customer& customer : customers) {
            const auto said = consent::consent_in(customer.traits, purpose);
            if (!said) {
                continue;
            }
            const auto [place, is_first] =
                holding.emplace(identities.customer_of(customer.name).value(), *said);
            if (!is_first && consent::holds_over(*said, place->second)) {
                place->second = *said;
            }
        }
        return {};
    };
    TRY(ledger.scan_customers(look));
    std::unordered_set<std::string> names;
    for (const auto& [customer, consent] : holding) {
        if (!consent.is_given()) {
            for (const identity::Identity& one : identities.names_of(CustomerName(customer))) {
                names.insert(one.name.value());
            }
        }
    }
    return names;
}

}  // namespace

Result<intake::ExportReport> export_for(Organisation& organisation, const ExportCommand& options,
                                        std::function<bool(std::uint64_t)> progress) {
    intake::ExportOptions wanted;
    wanted.file = options.file;
    wanted.of = options.customers ? intake::ExportOf::Customers : intake::ExportOf::Encounters;
    wanted.progress = std::move(progress);
    if (!options.format.empty()) {
        wanted.format = intake::export_format_named(options.format);
        if (!wanted.format) {
            return invalid_input(fmt::format(
                "there is no format {}; write csv, parquet, xes or jsonl", quote(options.format)));
        }
    }
    wanted.is_for_spreadsheet = options.spreadsheet;
    std::optional<privacy::Pseudonyms> pseudonyms;
    // Nobody can join pseudonyms: they are of whole customers.
    identity::Identities identities;
    std::unordered_set<std::string> written;
    if (options.pseudonyms) {
        pseudonyms.emplace(
            TRY(privacy::Pseudonyms::open(organisation.folder() / "pseudonym.key",
                                          kept_fields(*organisation.blueprint(), options.texts))));
        TRY(identity::read_identities(organisation.ledger(), UINT32_MAX, identities));
        wanted.change_encounter = [&](encounter::Encounter& one) -> Status {
            const CustomerName customer = identities.customer_of(one.customer);
            TRY(pseudonyms->disguise(one));
            one.customer = CustomerName(pseudonyms->of("customer", customer.value()));
            return {};
        };
        wanted.change_customer = [&](encounter::Customer& one) -> Result<intake::Export> {
            const CustomerName customer = identities.customer_of(one.name);
            if (!written.insert(customer.value()).second) {
                return intake::Export::LeaveOut;
            }
            one = TRY(identity::whole_customers(
                organisation.ledger(), identities, std::span(&customer, 1)))[0];
            pseudonyms->disguise(one);
            return intake::Export::Write;
        };
    }
    std::unordered_set<std::string> refusing;
    if (!options.purpose.empty()) {
        TRY(consent::check_purpose(options.purpose));
        refusing = TRY(names_of_who_refuse(organisation.ledger(), options.purpose));
        wanted.leaves_out = [&](const std::string& name) { return refusing.contains(name); };
    }
    return intake::export_encounters(organisation.ledger(), wanted);
}

Result<Exit> export_file(const CommandSettings& settings, const ExportCommand& options) {
    const auto organisation =
        TRY(Organisation::open(settings.data, settings.blueprint, Organisation::Open::Existing));
    ProgressLine line(!settings.quiet);
    const intake::ExportReport report =
        TRY(export_for(*organisation, options, [&line](std::uint64_t rows) {
            line.show(fmt::format("{} rows written", thousands(static_cast<std::int64_t>(rows))));
            return true;
        }));
    if (!settings.quiet) {
        fmt::print(stderr,
                   "{} written to {}\n",
                   count_of(report.rows, "row", "rows"),
                   options.file.string());
    }
    return Exit::Done;
}

}  // namespace kokemus::app
