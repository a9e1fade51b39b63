#include <unistd.h>

#include <fmt/format.h>

#include "app/api.h"
#include "app/asker.h"
#include "app/collecting.h"
#include "app/command.h"
#include "app/demo.h"
#include "app/entrance.h"
#include "app/eraser.h"
#include "app/health.h"
#include "app/improvement_desk.h"
#include "app/kept_records.h"
#include "app/live.h"
#include "app/live_news.h"
#include "app/refused_desk.h"
#include "app/refused_list.h"
#include "app/secrets.h"
#include "app/sending.h"
#include "app/served_blueprint.h"
#include "app/server_note.h"
#include "app/service_notice.h"
#include "app/service_signals.h"
#include "app/watch_routes.h"
#include "base/limits.h"
#include "base/log_form.h"
#include "base/test_setting.h"
#include "base/text.h"
#include "http/certificate.h"
#include "http/descriptors.h"
#include "http/files.h"
#include "http/server.h"
#include "intake/commit_queue.h"
#include "ledger/at_hand.h"
#include "ledger/erasing.h"

namespace kokemus::app {

namespace {

/// The folder of the built studio: as told, beside the program, or in the source tree the program
/// was built in.
std::filesystem::path web_folder(const std::filesystem::path& told) {
    if (!told.empty()) {
        return told;
    }
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (const char* place : {"web", "../web/dist", "../share/kokemus/web"}) {
        if (std::filesystem::exists(program / place / "index.html", error)) {
            return program / place;
        }
    }
    return {};
}

/// Nothing below the addresses that programs write to and ask is ever a page: a sender whose
/// address is almost right has to hear so.
bool is_page(const http::Request& request) {
    const std::string first = lower(request.segments.front());
    return first != "api" && first != "v1" && request.path.find("//") == std::string::npos;
}

/// The studio, where no route of the API matches.
Status add_studio(http::Router& router, const Configuration& configuration) {
    const auto folder = web_folder(configuration.web);
    if (folder.empty()) {
        log_warning("the studio is not built; only the API is served (build it with: make run)");
        return {};
    }
    const auto files = std::make_shared<const http::Files>(TRY(http::Files::read(folder)));
    router.otherwise([files](const http::Request& request) {
        return is_page(request)
                   ? files->answer(request)
                   : http::problem(not_found(fmt::format("nothing is at {}", request.path)));
    });
    return {};
}

/// The configuration with what the command line says instead, where it may stand so.
Result<Configuration> configured(const CommandSettings& settings, const ServeCommand& options) {
    Configuration configuration = TRY(read_configuration(settings.configuration, settings.data));
    configuration.address = options.address.value_or(configuration.address);
    configuration.port = options.port ? std::int64_t{*options.port} : configuration.port;
    configuration.web = options.web.value_or(configuration.web);
    configuration.write_key = options.write_key.value_or(configuration.write_key);
    if (!options.origins.empty()) {
        configuration.origins = options.origins;
    }
    TRY(Entrance::may_stand_as_told(configuration, options));
    return configuration;
}

Status log_as_told(const Configuration& configuration) {
    set_log_level(TRY(read_log_level(configuration.log_level)));
    set_log_form(configuration.log_form == "json" ? LogForm::Json : LogForm::Text);
    return {};
}

/// What is served, and what moves it.
struct Opened {
    std::unique_ptr<Organisation> organisation;
    std::unique_ptr<sample::LiveGenerator> sample;
};

Result<Opened> open(const CommandSettings& settings, const ServeCommand& options) {
    Opened served;
    if (options.demo) {
        Demo demo =
            TRY(open_demo(settings, DemoCommand{options.customers, options.seed, {}, false}));
        served.organisation = std::move(demo.organisation);
        served.sample = std::make_unique<sample::LiveGenerator>(demo.options);
    } else {
        served.organisation =
            TRY(Organisation::open(settings.data, settings.blueprint, Organisation::Open::OrNew));
    }
    ledger::at_hand_of(served.organisation->ledger()).keep_rows_at_hand();
    served.organisation->ledger().prepare_to_write();
    return served;
}

unsigned seconds(const std::string& name, unsigned otherwise) {
    return static_cast<unsigned>(test_setting(name, otherwise));
}

/// Null where none is configured.
Result<std::shared_ptr<http::Certificate>> read_certificate(const Configuration& configuration) {
    if (!configuration.has_tls()) {
        return std::shared_ptr<http::Certificate>();
    }
    return http::Certificate::read(configuration.certificate, configuration.certificate_key);
}

http::ServerOptions server_limits(const Configuration& configuration,
                                  std::shared_ptr<const http::Certificate> certificate) {
    http::ServerOptions server_options;
    server_options.certificate = std::move(certificate);
    server_options.traffic = std::make_shared<http::Traffic>();
    server_options.address = configuration.address;
    server_options.port = static_cast<std::uint16_t>(configuration.port);
    server_options.logs_requests = configuration.logs_requests;
    server_options.hsts_seconds = static_cast<unsigned>(configuration.hsts_days) * 86'400;
    server_options.body_bytes_max = limits::body_bytes_max;
    server_options.bodies_bytes_max = limits::bodies_bytes_max;
    server_options.connections_max =
        http::connections_allowed(test_setting("CONNECTIONS", limits::connections_max),
                                  limits::files_kept_min + limits::turned_away_max);
    server_options.connections_per_address_max =
        configuration.is_behind_tls
            ? 0
            : static_cast<std::size_t>(configuration.connections_per_address);
    server_options.idle_seconds_max = seconds("IDLE_SECONDS", limits::connection_idle_seconds_max);
    server_options.header_seconds_max = seconds("HEADER_SECONDS", limits::header_seconds_max);
    server_options.request_seconds_max = seconds("REQUEST_SECONDS", limits::request_seconds_max);
    return server_options;
}

/// Tells commands, whoever started it, and the service manager where the server is. The note for
/// commands is gone when what is returned is.
Result<std::optional<ServerNote>> announce(const std::filesystem::path& data,
                                           const ServerNote::Place& place, Entrance& entrance) {
    auto written = ServerNote::write(data, place);
    if (!written) {
        log_warning("commands cannot ask this server for a backup: {}", written.error().message);
    }
    const std::string url =
        fmt::format("http{}://{}:{}", place.is_tls ? "s" : "", place.address, place.port);
    fmt::print("Kokemus is at {}\n{}", url, TRY(entrance.first_words(url)));
    std::fflush(stdout);
    notify_service(fmt::format("READY=1\nSTATUS=at {}", url));
    std::optional<ServerNote> note;
    if (written) {
        note.emplace(std::move(*written));
    }
    return note;
}

/// The blueprint as it is whenever somebody asks.
Collecting::Present present(const Organisation& organisation) {
    return [&organisation] { return organisation.blueprint(); };
}

Collecting::IsErased erased_from(Organisation& organisation) {
    return [&ledger = organisation.ledger()](const encounter::CustomerName& customer) {
        return ledger::erasing_of(ledger).is_erased(customer);
    };
}

intake::CommitQueue::Append appends_to(ledger::Ledger& ledger) {
    return [&ledger](std::span<const std::span<const encounter::Encounter>> batches) {
        return ledger.append_each(batches, ledger::Checked::Yes);
    };
}

/// Of what is looked at over time: whether changes worked, what is about to go wrong.
void add_looking_routes(http::Router& router, Asker& asker, ImprovementDesk& improvements,
                        Entrance& entrance) {
    add_improvement_routes(router, asker, improvements, entrance.note_change());
    add_watch_routes(router, asker);
}

}  // namespace

Result<Exit> serve(const CommandSettings& settings, const ServeCommand& options) {
    const Configuration configuration = TRY(configured(settings, options));
    TRY(log_as_told(configuration));
    const sigset_t signals = block_signals();
    Opened served = TRY(open(settings, options));
    Organisation& organisation = *served.organisation;
    const auto certificate = TRY(read_certificate(configuration));
    const http::ServerOptions server_options = server_limits(configuration, certificate);
    Asker asker(organisation);
    intake::CommitQueue queue(appends_to(organisation.ledger()));
    intake::CustomerQueue customers(tells(organisation.ledger()));
    const KeptRecords records = TRY(open_records(configuration, settings.data));
    const auto entrance = TRY(Entrance::open(configuration, options, records, organisation));
    const auto sending =
        TRY(Sending::start(configuration, records, settings.data, organisation.blueprint()->name));
    entrance->listen(sending->listener());
    asker.note_reads(entrance->note_read());
    asker.show_no_groups_below(static_cast<std::uint64_t>(configuration.smallest_group));
    const auto gate = entrance->write_gate(configuration, options);
    RefusedList refused(records.records, organisation, sending->tell());
    Collecting collecting(present(organisation), queue, customers, *gate, refused.keeper());
    collecting.ask_erased(erased_from(organisation));
    Replaying replaying(collecting, refused.store);
    const RefusedDesk desk{
        refused.store, refused.log, replaying, entrance->note_read(), entrance->note_change()};
    ServedBlueprint blueprint(organisation, settings.blueprint, records.records, refused.clock);
    TRY(blueprint.reload());
    const LiveNews news(organisation);
    const Health health(organisation, entrance->ask_records());
    ImprovementDesk improvements(records);
    http::Router router;
    add_looking_routes(router, asker, improvements, *entrance);
    add_all_routes(router,
                   {.asker = asker,
                    .blueprint = blueprint,
                    .collecting = collecting,
                    .news = news,
                    .health = health,
                    .traffic = *server_options.traffic,
                    .refused = desk,
                    .folder = settings.data,
                    .about = About{options.demo},
                    .certificate = certificate.get(),
                    .note_read = entrance->note_read(),
                    .retention = configuration.retention,
                    .note_change = entrance->note_change(),
                    .tell = sending->tell(),
                    .looks = entrance->looks(),
                    .secrets = files_of_secrets(settings, configuration),
                    .transport = entrance->transport()});
    sending->add_routes(router);
    TRY(add_studio(router, configuration));
    const std::string key = TRY(ServerNote::new_key());
    entrance->guard(router, organisation, key);
    const auto server = TRY(http::Server::start(server_options, std::move(router)));
    // From here on it can be asked how it goes, while the timeline may take minutes to build.
    TRY(organisation.snapshot());
    const Live live(organisation, std::move(served.sample));
    const Eraser eraser(organisation, configuration.retention);
    const auto note = TRY(
        announce(settings.data,
                 {::getpid(), configuration.address, server->port(), key, certificate != nullptr},
                 *entrance));
    attend(signals, blueprint, certificate.get());
    server->stop();
    // While there is a server still: what they commit now answers requests of it.
    queue.end();
    customers.end();
    return Exit::Done;
}

}  // namespace kokemus::app
