#include "app/measures.h"

#include "app/asker.h"
#include "app/collecting.h"
#include "app/version.h"
#include "base/log.h"
#include "measure/exposition.h"
#include "measure/program.h"
#include "timeline/timeline.h"

namespace kokemus::app {

namespace {

using measure::Exposition;

template <typename Count>
double number(Count count) {
    return static_cast<double>(count);
}

double unix_seconds(Instant time) {
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

void tell_requests(Exposition& out, const http::Traffic& traffic) {
    const auto rows = traffic.rows();
    out.counter("kokemus_http_requests_total",
                "Answers given, by the route's pattern and the status; route \"none\" are files of "
                "the studio and whatever no route matches.");
    for (const auto& row : rows) {
        for (const auto& [status, count] : row.statuses) {
            out.value(number(count),
                      {{"method", row.name.method},
                       {"route", row.name.pattern},
                       {"status", std::to_string(status)}});
        }
    }
    out.histogram("kokemus_http_request_duration_seconds",
                  "From the whole request to the whole answer.");
    for (const auto& row : rows) {
        out.durations(row.took, {{"method", row.name.method}, {"route", row.name.pattern}});
    }
}

void tell_connections(Exposition& out, const Measured& measured) {
    const http::Traffic& traffic = measured.traffic;
    out.gauge("kokemus_http_requests_running",
              "Requests with a worker of the lane, or waiting for one.")
        .value(number(traffic.slow.load()), {{"lane", "slow"}})
        .value(number(traffic.quick.load()), {{"lane", "quick"}})
        .gauge("kokemus_http_connections", "Connections that are open.")
        .value(number(traffic.connections.load()))
        .counter("kokemus_http_connections_refused_total",
                 "Connections for which there was no room.")
        .value(number(traffic.turned_away_ever.load()))
        .counter("kokemus_http_answers_cut_off_total",
                 "Answers that their clients did not take as a whole, or too slowly.")
        .value(number(traffic.cut_off_ever.load()))
        .gauge("kokemus_http_bodies_bytes", "Of bodies of requests held in memory.")
        .value(number(traffic.bodies_bytes.load()))
        .gauge("kokemus_http_listeners", "Pages that listen to news.")
        .value(number(measured.news->listeners()));
    if (measured.certificate != nullptr) {
        out.gauge("kokemus_certificate_end_timestamp_seconds",
                  "When the certificate that is shown stops holding.")
            .value(unix_seconds(measured.certificate->facts().ends));
    }
}

void tell_intake(Exposition& out, const Measured& measured) {
    const auto load = measured.collecting.encounters().load();
    const auto outcomes = measured.collecting.encounters().outcomes();
    const auto left_out = measured.collecting.left_out();
    out.gauge("kokemus_intake_batches_waiting", "Batches of encounters on their way to the disk.")
        .value(number(load.batches))
        .gauge("kokemus_intake_waiting_bytes", "What these take in memory.")
        .value(number(load.bytes))
        .gauge("kokemus_intake_customers_waiting", "Customers whose traits are on their way.")
        .value(number(measured.collecting.customers().load()))
        .counter("kokemus_intake_encounters_total",
                 "Encounters sent: acknowledged (on disk), duplicate (there before), conflict (the "
                 "same id with another body), refused (with a fault), excluded (by a rule).")
        .value(number(outcomes.accepted), {{"outcome", "acknowledged"}})
        .value(number(outcomes.duplicates), {{"outcome", "duplicate"}})
        .value(number(outcomes.conflicts), {{"outcome", "conflict"}})
        .value(number(left_out.refused), {{"outcome", "refused"}})
        .value(number(left_out.excluded), {{"outcome", "excluded"}})
        .counter("kokemus_intake_batches_failed_total",
                 "Batches of which nothing was kept, for a fault of the disk or the ledger.")
        .value(number(outcomes.failed_batches))
        .histogram("kokemus_ledger_commit_duration_seconds",
                   "Of one commit of encounters that were sent, to the disk and back.")
        .durations(measured.collecting.encounters().commits().state());
}

void tell_ledger(Exposition& out, Organisation& organisation) {
    out.gauge("kokemus_ledger_writable", "1, or 0 since an error after which nothing is written.")
        .value(organisation.ledger().stopped() ? 0 : 1);
    const auto totals = organisation.ledger().totals();
    if (!totals) {
        log_warning("the ledger's totals are not known: {}", totals.error().message);
        return;
    }
    out.gauge("kokemus_ledger_encounters", "Encounters in the ledger.")
        .value(number(totals->encounters))
        .gauge("kokemus_ledger_customers", "Customers in the ledger.")
        .value(number(totals->customers));
    if (totals->latest) {
        out.gauge("kokemus_ledger_latest_timestamp_seconds", "When the latest encounter happened.")
            .value(unix_seconds(*totals->latest));
    }
    if (const auto snapshot = organisation.present()) {
        const auto behind =
            totals->last_number - std::min(totals->last_number, snapshot->last_number);
        out.gauge("kokemus_timeline_behind_encounters",
                  "Encounters on disk that answers do not hold yet.")
            .value(number(behind));
    }
}

void tell_timeline(Exposition& out, const Organisation& organisation) {
    const auto snapshot = organisation.present();
    out.gauge("kokemus_timeline_ready", "0 while the first timeline is being built.")
        .value(snapshot ? 1 : 0);
    if (!snapshot) {
        return;
    }
    out.gauge("kokemus_timeline_encounters", "Encounters that answers are made from.")
        .value(number(snapshot->timeline->rows()))
        .gauge("kokemus_timeline_size_bytes", "What the timeline takes, mapped files included.")
        .value(number(snapshot->timeline->bytes()))
        .gauge("kokemus_timeline_parts", "Parts of the timeline; they are merged by and by.")
        .value(number(snapshot->timeline->parts.size()))
        .gauge("kokemus_timeline_built_timestamp_seconds", "When the present one was made.")
        .value(unix_seconds(snapshot->built_at))
        .gauge("kokemus_timeline_build_duration_seconds", "How long that took.")
        .value(snapshot->build_seconds);
}

void tell_questions(Exposition& out, Asker& asker) {
    const auto use = asker.cache_use();
    out.counter("kokemus_answers_total", "Answers to questions, by where they came from.")
        .value(number(use.given), {{"from", "cache"}})
        .value(number(use.made), {{"from", "timeline"}})
        .gauge("kokemus_answer_cache_bytes", "Of answers kept.")
        .value(number(use.bytes))
        .gauge("kokemus_answer_cache_texts", "Answers kept.")
        .value(number(use.texts))
        .gauge("kokemus_tasks_running", "Questions being worked on.")
        .value(number(asker.tasks().running()));
}

void tell_records(Exposition& out, const Health& health) {
    if (!health.has_records()) {
        return;
    }
    const auto sessions = health.open_sessions();
    out.gauge("kokemus_records_reachable", "Whether users, keys and sessions can be looked up.")
        .value(sessions ? 1 : 0);
    if (sessions) {
        out.gauge("kokemus_sessions", "Sessions of people that could be used now.")
            .value(number(*sessions));
    }
}

void tell_machine(Exposition& out, const std::filesystem::path& folder) {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (!error) {
        out.gauge("kokemus_disk_free_bytes", "Free for the server, where the data folder lies.")
            .value(number(space.available))
            .gauge("kokemus_disk_size_bytes", "Of that disk.")
            .value(number(space.capacity));
    }
    const measure::Program program = measure::this_program();
    out.gauge("process_start_time_seconds", "When the server started.")
        .value(program.started_unix_seconds)
        .counter("process_cpu_seconds_total", "Time of processors it has used.")
        .value(program.cpu_seconds)
        .gauge("process_resident_memory_bytes", "Memory it has now.")
        .value(number(program.resident_bytes))
        .gauge("process_open_fds", "Files and connections it has open.")
        .value(number(program.open_files))
        .gauge("process_max_fds", "How many it may have.")
        .value(number(program.open_files_max))
        .gauge("process_threads", "Its threads.")
        .value(number(program.threads))
        .gauge("kokemus_build_info", "Always 1; the version is the label.")
        .value(1, {{"version", std::string(version)}});
}

}  // namespace

std::string measures(const Measured& measured) {
    Organisation& organisation = measured.asker.organisation();
    Exposition out;
    tell_requests(out, measured.traffic);
    tell_connections(out, measured);
    tell_intake(out, measured);
    tell_ledger(out, organisation);
    tell_timeline(out, organisation);
    tell_questions(out, measured.asker);
    tell_records(out, measured.health);
    tell_machine(out, measured.folder);
    return out.text();
}

}  // namespace kokemus::app
