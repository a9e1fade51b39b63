#include <memory>
#include <mutex>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/api.h"
#include "app/backup_report.h"
#include "app/server_note.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

/// A backup makes the server write to its disk, where its own user may and the sender perhaps may
/// not: only who can read the server's private note in the data folder may ask for one.
Status check_sender(const http::Request& request, const std::string& key) {
    if (!carries_key(request.header("authorization"), key)) {
        return Error{ErrorCode::Forbidden,
                     "a backup is made only for who knows the key in the server.json of the data "
                     "folder; run \"kokemus backup\" on the machine of the server, as its user"};
    }
    if (!request.header("content-type").starts_with("application/json")) {
        return invalid_input("send JSON: {\"folder\": \"/where/to\"}, as application/json");
    }
    return {};
}

Result<std::string> text_of(const json::object& sent, std::string_view name) {
    const json::value* value = sent.if_contains(name);
    if (value == nullptr) {
        return std::string();
    }
    if (!value->is_string()) {
        return invalid_input(fmt::format("{} must be a text", name));
    }
    return std::string(value->as_string());
}

/// A note that was left behind may lead a command to the server of other data.
Status check_data(const std::filesystem::path& wanted, const std::filesystem::path& data) {
    std::error_code failure;
    if (!wanted.empty() && !std::filesystem::equivalent(wanted, data, failure)) {
        return Error{ErrorCode::Conflict,
                     fmt::format("this server serves other data than {}", wanted.string())};
    }
    return {};
}

Result<std::string> answer(Organisation& organisation, const std::string& key,
                           const http::Request& request) {
    TRY(check_sender(request, key));
    boost::system::error_code fault;
    const json::value sent = json::parse(request.body, fault);
    if (fault || !sent.is_object()) {
        return invalid_input("send JSON: {\"folder\": \"/where/to\"}");
    }
    const std::filesystem::path folder = TRY(text_of(sent.as_object(), "folder"));
    if (!folder.is_absolute()) {
        return invalid_input("folder must be an absolute path, on the machine of the server");
    }
    const std::filesystem::path data = TRY(text_of(sent.as_object(), "data"));
    TRY(check_data(data, organisation.folder()));
    return back_up(organisation.ledger(), organisation.folder(), folder);
}

}  // namespace

void add_backup_routes(http::Router& router, Organisation& organisation, std::string key) {
    const auto one_at_a_time = std::make_shared<std::mutex>();
    router.add(http::Method::Post,
               "/api/backups",
               [&organisation, one_at_a_time, key = std::move(key)](const http::Request& request) {
                   const std::unique_lock lock(*one_at_a_time, std::try_to_lock);
                   if (!lock) {
                       return http::problem(
                           Error{ErrorCode::Conflict,
                                 "another backup is being made; try again when it is done"});
                   }
                   return respond(answer(organisation, key, request));
               });
}

}  // namespace kokemus::app
