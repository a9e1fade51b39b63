#include <algorithm>

#include <boost/json.hpp>

#include "account/door_api.h"
#include "app/api.h"
#include "app/collecting.h"
#include "base/clock.h"
#include "base/limits.h"
#include "http/unpack.h"
#include "intake/cloud_event.h"
#include "intake/json_batch.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

/// What must be known of a request until its batch is on disk; its encounters are with the queue.
struct Sent {
    std::vector<std::size_t> places;
    intake::Refusals refused;
    std::vector<intake::SentBatch::Excluded> excluded;
    std::size_t clamped = 0;
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

json::array rows(const intake::Refusals& refused) {
    json::array list;
    for (const auto& refusal : refused.list()) {
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
                         sent.refused.list().front().reason);
}

http::Response answer(const Sent& sent, const ledger::Receipt& receipt) {
    json::object said{{"accepted", receipt.accepted},
                      {"duplicates", receipt.duplicates},
                      {"conflicts", rows(receipt.conflicts, sent.places)},
                      {"refused", rows(sent.refused)}};
    if (sent.refused.more() > 0) {
        said["refused_more"] = sent.refused.more();
    }
    if (receipt.erased > 0) {
        said["erased"] = receipt.erased;
    }
    if (sent.clamped > 0) {
        said["clamped"] = sent.clamped;
    }
    if (!sent.excluded.empty()) {
        said["excluded"] = rows(sent.excluded);
    }
    if (receipt.accepted + receipt.duplicates + receipt.erased + sent.excluded.size() > 0 ||
        sent.items == 0) {
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

void keep(Collecting& collecting, intake::SentBatch batch, const http::Reply& reply) {
    collecting.note_left_out(batch.refused.count(), batch.excluded.size());
    const auto clamped =
        std::ranges::count_if(batch.encounters, &encounter::Encounter::time_clamped);
    const auto sent = std::make_shared<const Sent>(Sent{std::move(batch.places),
                                                        std::move(batch.refused),
                                                        std::move(batch.excluded),
                                                        static_cast<std::size_t>(clamped),
                                                        batch.items});
    collecting.keep(batch, [reply, sent](const Kept& kept) {
        reply(kept.encounters ? answer(*sent, *kept.encounters)
                              : http::problem(kept.encounters.error()));
    });
}

Result<intake::SentBatch> read(Collecting& collecting, intake::CloudEventForm form,
                               const http::Request& request, const refused::Arrival& came,
                               std::string_view text) {
    const auto rules = TRY(collecting.rules());
    if (form == intake::CloudEventForm::None) {
        return intake::read_json_batch(
            text, came.at, {*rules->blueprint, rules->exclusions, came.user_agent, came.address});
    }
    const intake::CloudEventSetting setting{
        rules->events, rules->exclusions, came.at, came.user_agent, came.address};
    const auto header = [&](std::string_view name) { return request.header(name); };
    return form == intake::CloudEventForm::Binary
               ? intake::read_binary_cloud_event(header, text, setting)
               : intake::read_cloud_events(text, setting);
}

/// A body that nobody can read item by item is one item of the list.
void refuse_whole(const Collecting& collecting, const refused::Arrival& came, const Error& error,
                  std::string_view text) {
    if (error.code == ErrorCode::InvalidInput && !text.empty()) {
        intake::Refusals all;
        all.add(0, "not_json", error.message, [&] { return std::string(text); });
        collecting.refuse(all, came);
    }
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
Status take(Collecting& collecting, http::Request& request, const http::Reply& reply) {
    const auto form =
        intake::cloud_event_form(request.header("content-type"), request.header("ce-specversion"));
    const bool is_binary = form == intake::CloudEventForm::Binary && !request.body.empty();
    if (form == intake::CloudEventForm::Unreadable ||
        (is_binary && !intake::is_json_type(request.header("content-type")))) {
        reply(not_understood());
        return {};
    }
    if (auto refused = http::unknown_coding(request)) {
        reply(std::move(*refused));
        return {};
    }
    const std::string text = TRY(http::take_body(request, limits::unpacked_body_bytes_max));
    const refused::Arrival came{.door = form == intake::CloudEventForm::None
                                            ? refused::Door::Encounters
                                            : refused::Door::CloudEvents,
                                .source = account::person_of(request).written(),
                                .at = SystemClock().now(),
                                .user_agent = std::string(request.header("user-agent")),
                                .address = request.address};
    auto batch = read(collecting, form, request, came, text);
    if (!batch) {
        refuse_whole(collecting, came, batch.error(), text);
        return batch.error();
    }
    collecting.refuse(batch->refused, came);
    keep(collecting, std::move(*batch), reply);
    return {};
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

void add_encounter_routes(http::Router& router, Collecting& collecting) {
    const auto access = account::needs(account::Right::SendEncounters);
    router.add_later(http::Method::Post,
                     "/api/encounters",
                     access,
                     [&collecting](http::Request& request, const http::Reply& reply) {
                         if (const Status taken = take(collecting, request, reply); !taken) {
                             reply(http::problem(taken.error()));
                         }
                     });
    router.add(http::Method::Options, "/api/encounters", access, allow_sender, http::Lane::Quick);
}

}  // namespace kokemus::app
