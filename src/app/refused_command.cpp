#include "app/refused_command.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/kept_records.h"
#include "app/note_here.h"
#include "app/organisation.h"
#include "app/printable.h"
#include "app/refused_json.h"
#include "base/text.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

Result<KeptRecords> records_of(const CommandSettings& settings) {
    return open_records(TRY(read_configuration(settings.configuration, settings.data)),
                        settings.data);
}

Result<refused::Wanted> wanted_by(const RefusedCommand& options) {
    return wanted_of(options.door, options.state, options.code, options.source);
}

void print_row(const refused::Item& item) {
    fmt::print("{}  {:<11}  {:<8}  {:>5}x  {}  {}\n",
               format_instant(item.last),
               refused::name_of(item.arrival.door),
               refused::name_of(item.state),
               item.times,
               item.id,
               printable(item.state == refused::State::Open ? item.code + ": " + item.reason
                                                            : item.outcome));
}

/// Refused items go the way of a server that serves nobody.
Result<TriedAll> replay(const CommandSettings& settings, const refused::Wanted& wanted,
                        refused::Store& store, Rehearsal rehearsal) {
    const auto organisation =
        TRY(Organisation::open(settings.data, settings.blueprint, Organisation::Open::Existing));
    intake::CommitQueue queue([&](std::span<const std::span<const encounter::Encounter>> batches) {
        return organisation->ledger().append_each(batches, ledger::Checked::Yes);
    });
    intake::CustomerQueue customers(tells(organisation->ledger()));
    const intake::OneWriteKey gate("", {}, intake::OneWriteKey::WithoutKey::Closed);
    Collecting collecting([&] { return organisation->blueprint(); },
                          queue,
                          customers,
                          gate,
                          [](const std::vector<refused::Item>& /*none*/) {});
    Replaying replaying(collecting, store);
    TriedAll all;
    do {
        const TriedAll part = TRY(replaying.replay_all(wanted, all.after, "operator", rehearsal));
        all.looked_at += part.looked_at;
        all.done += part.done;
        all.refused += part.refused;
        all.conflicts += part.conflicts;
        all.after = part.after;
    } while (!all.after.empty());
    return all;
}

}  // namespace

Result<Exit> list_refused(const CommandSettings& settings, const RefusedCommand& options) {
    const KeptRecords records = TRY(records_of(settings));
    const refused::Store store(records.records);
    const refused::Wanted wanted = TRY(wanted_by(options));
    TRY(note_reading_here(settings, "refused.list", ""));
    const auto items = TRY(store.list(wanted, {}));
    if (options.json) {
        json::array rows;
        for (const refused::Item& item : items) {
            rows.push_back(item_json(item, Reasons::Shown));
        }
        const auto counts = TRY(store.counts());
        fmt::print("{}\n",
                   json::serialize(
                       json::object{{"items", std::move(rows)}, {"counts", counts_json(counts)}}));
        return Exit::Done;
    }
    for (const refused::Item& item : items) {
        print_row(item);
    }
    if (items.empty()) {
        fmt::print("Nothing like that was refused.\n");
    }
    return Exit::Done;
}

Result<Exit> show_refused(const CommandSettings& settings, const RefusedCommand& options) {
    const KeptRecords records = TRY(records_of(settings));
    const auto item = TRY(refused::Store(records.records).find(options.id));
    if (!item) {
        return not_found(fmt::format("there is no refused item {}", quote(options.id)));
    }
    TRY(note_reading_here(settings, "refused.read", item->id));
    if (options.json) {
        json::object said = item_json(*item, Reasons::Shown);
        said["text"] = or_null(item->text);
        fmt::print("{}\n", json::serialize(said));
    } else {
        print_row(*item);
        fmt::print("{}\n", printable(item->text, LineBreaks::Kept));
    }
    return Exit::Done;
}

Result<Exit> replay_refused(const CommandSettings& settings, const RefusedCommand& options) {
    const KeptRecords records = TRY(records_of(settings));
    refused::Store store(records.records);
    const refused::Wanted wanted = TRY(wanted_by(options));
    const Rehearsal rehearsal = options.dry_run ? Rehearsal::Yes : Rehearsal::No;
    if (rehearsal == Rehearsal::No) {
        TRY(note_here(settings, "refused.replay", std::string_view()));
    }
    const TriedAll all = TRY(replay(settings, wanted, store, rehearsal));
    if (options.json) {
        fmt::print("{}\n", json::serialize(tried_all_json(all, rehearsal)));
    } else {
        fmt::print("{} looked at: {} {}, {} refused again, {} in conflict\n",
                   all.looked_at,
                   all.done,
                   options.dry_run ? "would be taken" : "taken",
                   all.refused,
                   all.conflicts);
    }
    return all.done == all.looked_at ? Exit::Done : Exit::Attention;
}

}  // namespace kokemus::app
