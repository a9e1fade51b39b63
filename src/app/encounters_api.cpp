#include <boost/json.hpp>

#include "account/door_api.h"
#include "app/api.h"
#include "app/collecting.h"
#include "base/clock.h"
#include "base/limits.h"
#include "http/unpack.h"
#include "intake/cloud_event.h"
#include "intake/commit_queue.h"
#include "intake/json_batch.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

/// What must be known of a request until its batch is on disk; its encounters are with the queue.
struct Sent {
    std::vector<std::size_t> places;
    std::vector<intake::JsonBatch::Refusal> refused;
    std::vector<intake::SentBatch::Excluded> excluded;
    std::size_t items = 0;
};

json::array rows(const std::vector<ledger::Receipt::Conflict>& conflicts,
                 const std::vector<std::size_t>& places) {
    json::array list;
    for (const auto& conflict : conflicts) {
        list.push_back(
            json::object{{"index", places.at(conflict.index)}, {"reason", conflict.reason}});
    }
    return list;
}

json::array rows(const std::vector<intake::JsonBatch::Refusal>& refused) {
    json::array list;
    for (const auto& refusal : refused) {
        list.push_back(json::object{{"index", refusal.index}, {"reason", refusal.reason}});
    }
    return list;
}

json::array rows(const std::vector<intake::SentBatch::Excluded>& excluded) {
    json::array list;
    for (const auto& one : excluded) {
        list.push_back(json::object{{"index", one.index}, {"rule", one.rule}});
    }
    return list;
}

/// Nothing of what was sent could be kept: the status says so to those who do not read lists.
Error nothing_kept(const Sent& sent, const ledger::Receipt& receipt) {
    if (sent.refused.empty()) {
        return Error{ErrorCode::Conflict, receipt.conflicts.front().reason};
    }
    return invalid_input("nothing of this was taken; the first reason: " +
                         sent.refused.front().reason);
}

http::Response answer(const Sent& sent, const ledger::Receipt& receipt) {
    json::object said{{"accepted", receipt.accepted},
                      {"duplicates", receipt.duplicates},
                      {"conflicts", rows(receipt.conflicts, sent.places)},
                      {"refused", rows(sent.refused)}};
    if (!sent.excluded.empty()) {
        said["excluded"] = rows(sent.excluded);
    }
    if (receipt.accepted + receipt.duplicates + sent.excluded.size() > 0 || sent.items == 0) {
        return http::json(json::serialize(said));
    }
    http::Response response = http::problem(nothing_kept(sent, receipt));
    json::object whole = json::parse(response.body).as_object();
    for (auto& member : said) {
        whole[member.key()] = std::move(member.value());
    }
    response.body = json::serialize(whole);
    return response;
}

Status offer(intake::CommitQueue& queue, std::vector<encounter::Encounter> encounters, Sent sent,
             const http::Reply& reply) {
    const auto kept = std::make_shared<const Sent>(std::move(sent));
    return queue.offer(
        std::move(encounters), [reply, kept](const Result<ledger::Receipt>& receipt) {
            reply(receipt ? answer(*kept, *receipt) : http::problem(receipt.error()));
        });
}

Status take_json(intake::CommitQueue& queue, http::Request& request, const http::Reply& reply) {
    const std::string text = TRY(http::take_body(request, limits::unpacked_body_bytes_max));
    intake::JsonBatch batch = TRY(intake::read_json_batch(text, SystemClock().now()));
    Sent sent{std::move(batch.places), std::move(batch.refused), {}, batch.items};
    return offer(queue, std::move(batch.encounters), std::move(sent), reply);
}

Status take_cloud_events(intake::CommitQueue& queue, Collecting& collecting,
                         intake::CloudEventForm form, http::Request& request,
                         const http::Reply& reply) {
    const std::string text = TRY(http::take_body(request, limits::unpacked_body_bytes_max));
    const auto rules = TRY(collecting.rules());
    const intake::CloudEventSetting setting{rules->events,
                                            rules->exclusions,
                                            SystemClock().now(),
                                            request.header("user-agent"),
                                            request.address};
    const auto header = [&](std::string_view name) { return request.header(name); };
    intake::SentBatch batch = TRY(form == intake::CloudEventForm::Binary
                                      ? intake::read_binary_cloud_event(header, text, setting)
                                      : intake::read_cloud_events(text, setting));
    Sent sent{std::move(batch.places), {}, std::move(batch.excluded), batch.items};
    for (auto& refusal : batch.refused) {
        sent.refused.push_back({refusal.index, std::move(refusal.reason)});
    }
    return offer(queue, std::move(batch.encounters), std::move(sent), reply);
}

http::Response not_understood() {
    return http::problem(http::Refusal{
        .status = 415,
        .code = "unsupported_media_type",
        .title = "This form of CloudEvents is not understood",
        .detail =
            "Send them as application/cloudevents+json, as application/cloudevents-batch+json, "
            "or with the attributes as ce- headers."});
}

/// Reads here, on a quick worker; the answer leaves from the committer's thread.
void take(intake::CommitQueue& queue, Collecting& collecting, http::Request& request,
          const http::Reply& reply) {
    const auto form =
        intake::cloud_event_form(request.header("content-type"), request.header("ce-specversion"));
    if (form == intake::CloudEventForm::Unreadable) {
        reply(not_understood());
        return;
    }
    const Status taken = form == intake::CloudEventForm::None
                             ? take_json(queue, request, reply)
                             : take_cloud_events(queue, collecting, form, request, reply);
    if (!taken) {
        reply(http::problem(taken.error()));
    }
}

/// The question of the CloudEvents web hook specification, whether events may be sent here. Whoever
/// asks has shown a key that may.
http::Response allow_sender(const http::Request& request) {
    http::Response response;
    response.status = 204;
    response.headers["allow"] = "POST, OPTIONS";
    if (const auto origin = request.header("webhook-request-origin"); !origin.empty()) {
        response.headers["webhook-allowed-origin"] = std::string(origin);
        response.headers["webhook-allowed-rate"] = "*";
    }
    return response;
}

}  // namespace

void add_encounter_routes(http::Router& router, intake::CommitQueue& queue,
                          Collecting& collecting) {
    const auto access = account::needs(account::Right::SendEncounters);
    router.add_later(http::Method::Post,
                     "/api/encounters",
                     access,
                     [&](http::Request& request, const http::Reply& reply) {
                         take(queue, collecting, request, reply);
                     });
    router.add(http::Method::Options, "/api/encounters", access, allow_sender, http::Lane::Quick);
}

}  // namespace kokemus::app
