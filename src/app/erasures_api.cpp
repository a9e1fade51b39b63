#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/door_api.h"
#include "account/read_log.h"
#include "app/api.h"
#include "app/erasure_json.h"
#include "base/text.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using encounter::CustomerName;

constexpr std::size_t names_max = 100;
constexpr std::size_t name_bytes_max = 4096;
constexpr std::size_t reason_bytes_max = 500;

Result<json::object> body_of(const http::Request& request) {
    if (!request.header("content-type").starts_with("application/json")) {
        return invalid_input("send JSON, as application/json");
    }
    boost::system::error_code fault;
    json::value sent = json::parse(request.body, fault);
    if (fault || !sent.is_object()) {
        return invalid_input("send one JSON object");
    }
    return std::move(sent.as_object());
}

Result<std::vector<std::string>> texts_of(const json::object& sent, std::string_view name) {
    const json::value* list = sent.if_contains(name);
    if (list == nullptr || !list->is_array() || list->as_array().empty() ||
        list->as_array().size() > names_max) {
        return invalid_input(fmt::format("{} must be a list of 1 to {} texts", name, names_max));
    }
    std::vector<std::string> texts;
    for (const json::value& one : list->as_array()) {
        if (!one.is_string() || one.as_string().empty() ||
            one.as_string().size() > name_bytes_max) {
            return invalid_input(
                fmt::format("{} must hold texts of 1 to {} bytes", name, name_bytes_max));
        }
        texts.emplace_back(one.as_string());
    }
    return texts;
}

Result<std::string> reason_of(const json::object& sent) {
    const json::value* reason = sent.if_contains("reason");
    if (reason == nullptr) {
        return std::string();
    }
    if (!reason->is_string() || reason->as_string().size() > reason_bytes_max) {
        return invalid_input(
            fmt::format("reason must be a text of at most {} bytes", reason_bytes_max));
    }
    return std::string(reason->as_string());
}

/// Each of them in the audit log, before anything is done.
Status note_all(const http::Request& request, const NoteRead& note, std::string_view action,
                std::span<const std::string> names) {
    for (const std::string& name : names) {
        TRY(note(request, action, account::audited_customer(name)));
    }
    return {};
}

Result<std::string> erase(Organisation& organisation, const http::Request& request,
                          const NoteRead& note) {
    const json::object sent = TRY(body_of(request));
    ledger::ErasureOrder order;
    const auto names = TRY(texts_of(sent, "customers"));
    for (const std::string& name : names) {
        order.customers.emplace_back(name);
    }
    order.reason = TRY(reason_of(sent));
    order.by = account::doer_of(request).who;
    order.at = SystemClock().now();
    TRY(note_all(request, note, "customer.erase", names));
    return erasure_json(TRY(organisation.erase(order)));
}

Result<std::string> readmit(Organisation& organisation, const http::Request& request,
                            const NoteRead& note) {
    const json::object sent = TRY(body_of(request));
    const auto names = TRY(texts_of(sent, "customers"));
    TRY(note_all(request, note, "customer.readmit", names));
    for (const std::string& name : names) {
        TRY(organisation.readmit(CustomerName(name)));
    }
    return json::serialize(json::object{{"readmitted", names.size()}});
}

Result<std::string> search(Organisation& organisation, const http::Request& request,
                           const NoteRead& note) {
    const json::object sent = TRY(body_of(request));
    const auto texts = TRY(texts_of(sent, "texts"));
    TRY(note_all(request, note, "customer.search", texts));
    return search_json(organisation, texts);
}

}  // namespace

void add_erasure_routes(http::Router& router, Organisation& organisation, NoteRead note_read) {
    using Answer = Result<std::string> (*)(Organisation&, const http::Request&, const NoteRead&);
    const http::Access erasing = account::needs(account::Right::EraseCustomers);
    router.add(http::Method::Get, "/api/erasures", erasing, [&organisation](const http::Request&) {
        return respond(erasures_json(ledger::erasing_of(organisation.ledger())));
    });
    const auto add = [&](std::string_view pattern, Answer answer) {
        router.add(http::Method::Post,
                   pattern,
                   erasing,
                   [&organisation, note_read, answer](const http::Request& request) {
                       return respond(answer(organisation, request, note_read));
                   });
    };
    add("/api/erasures", erase);
    add("/api/erasures/readmission", readmit);
    add("/api/erasures/search", search);
}

}  // namespace kokemus::app
