#include <algorithm>

#include "account/door_api.h"
#include "account/read_log.h"
#include "app/api.h"
#include "app/copied_customer.h"
#include "app/sight.h"
#include "http/parameters.h"

namespace kokemus::app {

namespace {

/// Everything of one person stands in it, whatever department it came from: it is for who answers
/// for the customers' rights, and not for everybody who may see the customer.
http::Response copy(Organisation& organisation, const http::Request& request, const NoteRead& note,
                    const CopyGround& ground) {
    if (const Status known = http::only_known(request, {"form"}); !known) {
        return http::problem(known.error());
    }
    const std::string_view form = request.parameter("form");
    if (!form.empty() && form != "json" && form != "html") {
        return http::problem(invalid_input("form is json or html"));
    }
    if (const Status seen = must_see_personal_data(account::person_of(request)); !seen) {
        return http::problem(seen.error());
    }
    const std::string& name = request.captures.at(0);
    if (const Status noted = note(request, "customer.copy", account::audited_customer(name));
        !noted) {
        return http::problem(noted.error());
    }
    const auto copied = copy_of(organisation, encounter::CustomerName(name), ground);
    if (!copied) {
        return http::problem(copied.error());
    }
    if (form != "html") {
        return http::json(privacy::to_json(*copied));
    }
    http::Response page = http::json(privacy::to_html(*copied));
    page.content_type = "text/html; charset=utf-8";
    // Nothing in it may run, whatever somebody wrote; it is kept as a file and handed over.
    page.headers["content-security-policy"] = "default-src 'none'; style-src 'unsafe-inline'";
    page.headers["content-disposition"] = "attachment; filename=\"copy.html\"";
    return page;
}

}  // namespace

void add_copy_routes(http::Router& router, Organisation& organisation, NoteRead note_read,
                     CopyGround ground) {
    router.add(
        http::Method::Get,
        "/api/customers/{id}/copy",
        account::needs(account::Right::EraseCustomers),
        [&organisation, note_read, ground = std::move(ground)](const http::Request& request) {
            return copy(organisation, request, note_read, ground);
        });
}

}  // namespace kokemus::app
