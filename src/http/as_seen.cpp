#include "http/as_seen.h"

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::http {

std::string tag_of_version(std::string_view version, std::string_view state) {
    return fmt::format("\"{}{}{}\"", version, state.empty() ? "" : "-", state);
}

bool is_as_seen(const Request& request, std::string_view version) {
    std::string_view tags = request.header("if-match");
    if (tags.empty()) {
        return true;
    }
    const std::string plain = tag_of_version(version);
    const std::string_view inside = std::string_view(plain).substr(0, plain.size() - 1);
    while (!tags.empty()) {
        const std::size_t end = tags.find(',');
        const std::string_view tag = trim(tags.substr(0, end));
        tags = end == std::string_view::npos ? std::string_view{} : tags.substr(end + 1);
        if (tag == "*" || tag == plain ||
            (tag.starts_with(inside) && tag.substr(inside.size()).starts_with('-'))) {
            return true;
        }
    }
    return false;
}

Response changed_meanwhile(std::string_view what, std::string tag) {
    Response response = problem(
        Refusal{.status = 412,
                .code = "changed_meanwhile",
                .title = "It is not what you have seen",
                .detail = fmt::format("Somebody else has changed this {} since; look again, then "
                                      "change what is still to be changed.",
                                      what)});
    response.headers["etag"] = std::move(tag);
    return response;
}

}  // namespace kokemus::http
