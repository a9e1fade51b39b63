#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/door_api.h"
#include "account/read_log.h"
#include "account/sent_json.h"
#include "app/api.h"
#include "app/collecting.h"
#include "app/erasure_json.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using account::SentJson;
using encounter::CustomerName;

constexpr std::size_t names_max = 100;
constexpr std::size_t name_bytes_max = 4096;
constexpr std::size_t reason_bytes_max = 500;

Result<std::vector<std::string>> texts_of(const SentJson& sent, std::string_view name) {
    auto texts = TRY(sent.texts_or(name, {}));
    if (texts.empty() || texts.size() > names_max) {
        return invalid_input(fmt::format("{}: write a list of 1 to {} texts", name, names_max));
    }
    for (const std::string& text : texts) {
        if (text.empty() || text.size() > name_bytes_max) {
            return invalid_input(
                fmt::format("{}: write texts of 1 to {} bytes", name, name_bytes_max));
        }
    }
    return texts;
}

/// The names of one person that an order is about.
Result<std::vector<std::string>> customers_of(const SentJson& sent) {
    return texts_of(sent, "customers");
}

/// Each of them in the audit log, on disk before anything is done, and each time.
Status note_all(const http::Request& request, const NoteChange& note, std::string_view action,
                std::span<const std::string> names) {
    for (const std::string& name : names) {
        TRY(note(request, action, account::audited_customer(name), ""));
    }
    return {};
}

Result<std::string> erase(Organisation& organisation, const http::Request& request,
                          const NoteChange& note, const Tell& tell) {
    const SentJson sent = TRY(SentJson::read(request.body, {"customers", "reason"}));
    const auto names = TRY(customers_of(sent));
    ledger::ErasureOrder order;
    for (const std::string& name : names) {
        order.customers.emplace_back(name);
    }
    order.reason = TRY(sent.text_or("reason", ""));
    if (order.reason.size() > reason_bytes_max) {
        return invalid_input(
            fmt::format("reason: write a text of at most {} bytes", reason_bytes_max));
    }
    order.by = account::doer_of(request).who;
    order.at = SystemClock().now();
    TRY(note_all(request, note, "customer.erase", names));
    const ledger::Erasure receipt = TRY(organisation.erase(order));
    tell("customer.erased",
         json::serialize(json::object{{"receipt", receipt.number}, {"by", order.by}}));
    return erasure_json(receipt);
}

Result<std::string> readmit(Organisation& organisation, const http::Request& request,
                            const NoteChange& note) {
    const SentJson sent = TRY(SentJson::read(request.body, {"customers", "reason"}));
    const auto names = TRY(customers_of(sent));
    TRY(note_all(request, note, "customer.readmit", names));
    for (const std::string& name : names) {
        TRY(organisation.readmit(CustomerName(name)));
    }
    return json::serialize(json::object{{"readmitted", names.size()}});
}

Result<std::string> search(Organisation& organisation, const http::Request& request,
                           const NoteChange& note, std::span<const std::filesystem::path> secrets) {
    const SentJson sent = TRY(SentJson::read(request.body, {"texts"}));
    const auto texts = TRY(texts_of(sent, "texts"));
    TRY(note_all(request, note, "customer.search", texts));
    return search_json(organisation, texts, secrets);
}

Result<std::string> list(Organisation& organisation, const http::Request& request) {
    const http::Page page = TRY(http::page_of(request, {"erasures"}));
    return erasures_json(ledger::erasing_of(organisation.ledger()), page);
}

}  // namespace

void add_erasure_routes(http::Router& router, Organisation& organisation, Collecting& collecting,
                        NoteChange note_change, Tell tell,
                        std::vector<std::filesystem::path> secrets) {
    const http::Access erasing = account::needs(account::Right::EraseCustomers);
    router.add(
        http::Method::Get, "/api/erasures", erasing, [&organisation](const http::Request& request) {
            return respond(list(organisation, request));
        });
    router.add(http::Method::Post,
               "/api/erasures",
               erasing,
               [&organisation, note_change, tell = std::move(tell)](const http::Request& request) {
                   return respond(erase(organisation, request, note_change, tell));
               });
    router.add(
        http::Method::Post,
        "/api/erasures/search",
        erasing,
        [&organisation, note_change, secrets = std::move(secrets)](const http::Request& request) {
            return respond(search(organisation, request, note_change, secrets));
        });
    router.add(http::Method::Post,
               "/api/erasures/readmission",
               erasing,
               [&organisation, &collecting, note_change](const http::Request& request) {
                   http::Response answer = respond(readmit(organisation, request, note_change));
                   // What is said of them again went with them.
                   collecting.forget_asserted();
                   return answer;
               });
}

}  // namespace kokemus::app
