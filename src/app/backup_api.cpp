#include <memory>
#include <mutex>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/door_api.h"
#include "app/api.h"
#include "app/backup_report.h"
#include "app/sent_object.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

Status check_form(const http::Request& request) {
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

Result<std::string> answer(Organisation& organisation, const http::Request& request) {
    TRY(check_form(request));
    const json::object sent = TRY(sent_object(request, R"(send JSON: {"folder": "/where/to"})"));
    const std::filesystem::path folder = TRY(text_of(sent, "folder"));
    if (!folder.is_absolute()) {
        return invalid_input("folder must be an absolute path, on the machine of the server");
    }
    const std::filesystem::path data = TRY(text_of(sent, "data"));
    TRY(check_data(data, organisation.folder()));
    const auto held = organisation.hold_files();
    return back_up(organisation.ledger(), organisation.folder(), folder);
}

}  // namespace

/// A backup makes the server write to its disk, where its own user may and the sender perhaps may
/// not: the right is that of who can read the server's private note in the data folder.
void add_backup_routes(http::Router& router, Organisation& organisation) {
    const auto one_at_a_time = std::make_shared<std::mutex>();
    router.add(http::Method::Post,
               "/api/backups",
               account::needs(account::Right::MakeBackups),
               [&organisation, one_at_a_time](const http::Request& request) {
                   const std::unique_lock lock(*one_at_a_time, std::try_to_lock);
                   if (!lock) {
                       return http::problem(
                           Error{ErrorCode::Conflict,
                                 "another backup is being made; try again when it is done"});
                   }
                   return respond(answer(organisation, request));
               });
}

}  // namespace kokemus::app
