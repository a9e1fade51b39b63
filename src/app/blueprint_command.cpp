#include <unistd.h>

#include <iostream>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "app/kept_blueprint.h"
#include "app/kept_records.h"
#include "app/server_asking.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "ledger/folder_lock.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

/// What a change would be or was: by the server that holds the folder, or here.
struct Shown {
    Proposal proposal;
    std::int64_t version = 0;  ///< in force
    bool is_new_text = true;   ///< another one than the file's that is in force
};

/// What an applied file is named by and why.
struct Wanted {
    std::string toml;
    std::string called;
    std::string reason;
};

/// The blueprint of a folder that no server holds.
class HeldFolder {
public:
    static Result<HeldFolder> open(const CommandSettings& settings) {
        TRY(make_folders(settings.data));
        auto lock = TRY(ledger::FolderLock::take(settings.data));
        static const SystemClock clock;
        const Configuration configuration =
            TRY(read_configuration(settings.configuration, settings.data));
        KeptRecords records = TRY(open_records(configuration, settings.data));
        return HeldFolder(
            settings.data,
            std::move(lock),
            std::make_unique<KeptBlueprint>(settings.data, std::move(records.records), clock));
    }

    Result<Shown> show(const Wanted& wanted) {
        const InForce now = TRY(kept_->look());
        return Shown{TRY(propose(*now.blueprint, wanted.toml, wanted.called)),
                     now.version,
                     TRY(blueprint_text_in(folder_)) != wanted.toml};
    }

    Result<std::int64_t> apply(const Wanted& wanted, std::int64_t seen) {
        const InForce put = TRY(kept_->put({.toml = wanted.toml,
                                            .called = wanted.called,
                                            .reason = wanted.reason,
                                            .actor = "operator",
                                            .address = "",
                                            .expected = seen}));
        return put.version;
    }

private:
    HeldFolder(const std::filesystem::path& folder, ledger::FolderLock lock,
               std::unique_ptr<KeptBlueprint> kept)
        : folder_(folder),
          lock_(std::move(lock)),
          kept_(std::move(kept)) {}

    const std::filesystem::path& folder_;
    ledger::FolderLock lock_;
    std::unique_ptr<KeptBlueprint> kept_;
};

/// The same through the server.
class ServedFolder {
public:
    ServedFolder(ServerNote::Place server, const std::filesystem::path& folder)
        : server_(std::move(server)),
          folder_(folder) {}

    Result<Shown> show(const Wanted& wanted) {
        const json::value now = json::parse(
            TRY(ask_server(server_, http::Method::Get, "/api/blueprint/versions?limit=1", "")));
        const std::string present = TRY(blueprint_text_in(folder_));
        const blueprint::Blueprint before =
            *TRY(read_blueprint_text(present, (folder_ / blueprint_file).string()));
        return Shown{TRY(propose(before, wanted.toml, wanted.called)),
                     now.at("in_force").to_number<std::int64_t>(),
                     present != wanted.toml};
    }

    Result<std::int64_t> apply(const Wanted& wanted, std::int64_t seen) {
        const std::string body =
            json::serialize(json::object{{"toml", wanted.toml}, {"reason", wanted.reason}});
        const json::value done = json::parse(TRY(ask_server(
            server_, http::Method::Post, "/api/blueprint", body, fmt::format("\"{}\"", seen))));
        return done.at("version").to_number<std::int64_t>();
    }

private:
    ServerNote::Place server_;
    const std::filesystem::path& folder_;
};

/// Asks whoever sits before the terminal; who does not sit there has to say --yes.
Result<bool> is_wanted(bool yes) {
    if (yes) {
        return true;
    }
    if (::isatty(STDIN_FILENO) != 1) {
        return invalid_input("nothing was changed: nobody is there to ask; add --yes");
    }
    fmt::print(stderr, "Bring this into force? [y/N] ");
    std::string answer;
    std::getline(std::cin, answer);
    return lower(trim(answer)) == "y" || lower(trim(answer)) == "yes";
}

void print_done(const Shown& shown, std::int64_t version, bool as_json) {
    const bool applied = version != shown.version;
    if (as_json) {
        fmt::print("{{\"version\":{},\"applied\":{},{}\n",
                   version,
                   applied,
                   to_json(shown.proposal).substr(1));
    } else if (applied) {
        fmt::print("version {} is in force{}\n",
                   version,
                   shown.proposal.rebuilds_timeline ? "; the timeline is built anew" : "");
    }
}

template <typename Folder>
Result<Exit> apply_to(Folder& folder, const Wanted& wanted, const ApplyCommand& options) {
    const Shown shown = TRY(folder.show(wanted));
    if (!options.json) {
        fmt::print("{}", to_text(shown.proposal));
        std::fflush(stdout);
    }
    if (!shown.is_new_text) {
        print_done(shown, shown.version, options.json);
        return Exit::Done;
    }
    if (!TRY(is_wanted(options.yes))) {
        fmt::print(stderr, "nothing was changed\n");
        return Exit::Attention;
    }
    print_done(shown, TRY(folder.apply(wanted, shown.version)), options.json);
    return Exit::Done;
}

Result<Exit> apply_text(const CommandSettings& settings, const Wanted& wanted,
                        const ApplyCommand& options) {
    if (auto server = ServerNote::read(settings.data)) {
        ServedFolder folder(std::move(*server), settings.data);
        return apply_to(folder, wanted, options);
    }
    auto folder = TRY(HeldFolder::open(settings));
    return apply_to(folder, wanted, options);
}

void print_versions(const std::vector<history::VersionHead>& heads, bool as_json) {
    json::array rows;
    for (const auto& head : heads) {
        if (as_json) {
            rows.push_back(json::object{{"number", head.number},
                                        {"at", format_instant(head.at)},
                                        {"author", head.author},
                                        {"reason", head.reason},
                                        {"digest", head.digest},
                                        {"bytes", head.bytes}});
        } else {
            fmt::print("{:>5}  {}  {}  {}\n",
                       head.number,
                       format_instant(head.at),
                       head.author,
                       head.reason);
        }
    }
    if (as_json) {
        fmt::print("{}\n", json::serialize(json::object{{"versions", std::move(rows)}}));
    }
}

/// The records of a folder, of which nothing is changed.
Result<std::unique_ptr<KeptBlueprint>> versions_of(const CommandSettings& settings) {
    static const SystemClock clock;
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    const records::Address address =
        TRY(records::read_address(configuration.records, settings.data));
    if (address.dialect == records::Dialect::Sqlite && !std::filesystem::exists(address.file)) {
        return not_found(fmt::format(
            "no version of the blueprint is kept in {} yet; the first one is when a server starts "
            "on it, or with \"kokemus --data {} apply FILE\"",
            settings.data.string(),
            settings.data.string()));
    }
    return std::make_unique<KeptBlueprint>(
        settings.data, TRY(records::Records::open(address, all_schemas())), clock);
}

}  // namespace

Result<Exit> diff(const CommandSettings& settings, const DiffCommand& options) {
    const std::filesystem::path present =
        settings.blueprint.value_or(settings.data / blueprint_file);
    const std::string before = settings.blueprint
                                   ? TRY(read_file(present, limits::blueprint_bytes_max))
                                   : TRY(blueprint_text_in(settings.data));
    const std::string after = TRY(read_file(options.file, limits::blueprint_bytes_max));
    const auto in_force = TRY(read_blueprint_text(before, present.string()));
    const Proposal proposal = TRY(propose(*in_force, after, options.file.string()));
    if (options.json) {
        fmt::print("{}\n", to_json(proposal));
    } else {
        fmt::print("{}", to_text(proposal));
    }
    return proposal.changes.empty() ? Exit::Done : Exit::Attention;
}

Result<Exit> apply(const CommandSettings& settings, const ApplyCommand& options) {
    if (settings.blueprint) {
        return invalid_input(
            "apply changes the data folder's own blueprint; leave out --blueprint");
    }
    const Wanted wanted{TRY(read_file(options.file, limits::blueprint_bytes_max)),
                        options.file.string(),
                        options.reason};
    return apply_text(settings, wanted, options);
}

Result<Exit> list_versions(const CommandSettings& settings, const BlueprintCommand& options) {
    const auto kept = TRY(versions_of(settings));
    print_versions(TRY(kept->versions(0, history::versions_page_max)), options.json);
    return Exit::Done;
}

Result<Exit> show_version(const CommandSettings& settings, const BlueprintCommand& options) {
    const auto kept = TRY(versions_of(settings));
    fmt::print("{}", TRY(kept->version(options.number)).toml);
    return Exit::Done;
}

Result<Exit> export_blueprint(const CommandSettings& settings, const BlueprintCommand& options) {
    const std::string toml = TRY(blueprint_text_in(settings.data));
    if (options.file.empty()) {
        fmt::print("{}", toml);
    } else {
        TRY(write_file(options.file, toml));
    }
    return Exit::Done;
}

Result<Exit> restore_version(const CommandSettings& settings, const BlueprintCommand& options) {
    Wanted wanted;
    {
        const auto kept = TRY(versions_of(settings));
        wanted.toml = TRY(kept->version(options.number)).toml;
    }
    wanted.called = fmt::format("version {}", options.number);
    wanted.reason =
        options.reason.empty() ? fmt::format("version {} again", options.number) : options.reason;
    return apply_text(settings, wanted, {{}, wanted.reason, options.yes, options.json});
}

}  // namespace kokemus::app
