#include <boost/json.hpp>

#include "account/door_api.h"
#include "app/api.h"
#include "base/clock.h"
#include "base/limits.h"
#include "http/unpack.h"
#include "intake/commit_queue.h"
#include "intake/json_batch.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

/// What must be known of a request until its batch is on disk; its encounters are with the queue.
struct Sent {
    std::vector<std::size_t> places;
    std::vector<intake::JsonBatch::Refusal> refused;
    std::size_t items = 0;
};

/// The body as it was before the client packed it.
Result<std::string> unpacked(http::Request& request) {
    const std::string_view coding = request.header("content-encoding");
    if (coding.empty() || coding == "identity") {
        return std::move(request.body);
    }
    if (coding == "gzip") {
        return http::unpack_gzip(request.body, limits::unpacked_body_bytes_max);
    }
    return invalid_input("Content-Encoding: gzip is understood, or none");
}

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
    if (receipt.accepted + receipt.duplicates > 0 || sent.items == 0) {
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

/// Reads here, on a quick worker; the answer leaves from the committer's thread.
Status take(intake::CommitQueue& queue, http::Request& request, const http::Reply& reply) {
    const std::string text = TRY(unpacked(request));
    intake::JsonBatch batch = TRY(intake::read_json_batch(text, SystemClock().now()));
    const auto sent = std::make_shared<const Sent>(
        Sent{std::move(batch.places), std::move(batch.refused), batch.items});
    return queue.offer(
        std::move(batch.encounters), [reply, sent](const Result<ledger::Receipt>& receipt) {
            reply(receipt ? answer(*sent, *receipt) : http::problem(receipt.error()));
        });
}

}  // namespace

void add_encounter_routes(http::Router& router, intake::CommitQueue& queue) {
    router.add_later(http::Method::Post,
                     "/api/encounters",
                     account::needs(account::Right::SendEncounters),
                     [&queue](http::Request& request, const http::Reply& reply) {
                         if (const Status taken = take(queue, request, reply); !taken) {
                             reply(http::problem(taken.error()));
                         }
                     });
}

}  // namespace kokemus::app
