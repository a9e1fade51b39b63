#include "app/sent_object.h"

#include "encounter/exact_json.h"

namespace kokemus::app {

namespace json = boost::json;

Result<json::object> sent_object(const http::Request& request, std::string_view instead) {
    constexpr std::size_t values_max = 1000;
    encounter::ExactReading reading{.values_max = values_max};
    json::error_code failure;
    json::value sent = encounter::parse_exactly(request.body, failure, reading);
    if (failure || reading.used < request.body.size() || !sent.is_object()) {
        return invalid_input(std::string(instead));
    }
    return std::move(sent.get_object());
}

}  // namespace kokemus::app
