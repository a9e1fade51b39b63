#include <boost/json.hpp>

#include "account/sent_json.h"
#include "base/limits.h"
#include "base/text.h"
#include "encounter/properties.h"
#include "hostile_input.h"
#include "intake/sent_json.h"

namespace {

using namespace kokemus;

std::size_t depth_of(const boost::json::value& value) {
    std::size_t deepest = 0;
    if (const auto* object = value.if_object()) {
        for (const auto& member : *object) {
            deepest = std::max(deepest, depth_of(member.value()));
        }
        return deepest + 1;
    }
    if (const auto* list = value.if_array()) {
        for (const auto& item : *list) {
            deepest = std::max(deepest, depth_of(item));
        }
        return deepest + 1;
    }
    return 0;
}

void try_sent(std::string_view text) {
    constexpr std::size_t items_max = 40;
    const auto value = intake::read_sent_json(text, items_max);
    if (!value) {
        fuzz::must(is_valid_utf8(value.error().message), "refused with words that are no text");
        const bool says_where = value.error().message.find("line ") != std::string::npos;
        fuzz::must(says_where || value.error().code == ErrorCode::TooLarge,
                   "refused without saying where");
        return;
    }
    fuzz::must(depth_of(*value) <= limits::json_depth_max, "nested deeper than allowed");
    fuzz::must(!value->is_array() || value->get_array().size() <= items_max, "too many items");
    const auto again = intake::read_sent_json(boost::json::serialize(*value), items_max);
    fuzz::must(again.has_value(), "what was written of it cannot be read");
}

void try_properties(std::string_view text) {
    const auto canonical = encounter::canonical_properties(text);
    if (canonical && !canonical->empty()) {
        const auto again = encounter::canonical_properties(*canonical);
        fuzz::must(again && *again == *canonical, "two canonical spellings");
    }
}

void try_members(std::string_view text) {
    const auto object = account::SentJson::read(text, {"name", "flag", "list"});
    if (!object) {
        fuzz::must(is_valid_utf8(object.error().message), "refused with words that are no text");
        return;
    }
    for (const char* name : {"name", "flag", "list"}) {
        const auto words = object->text(name);
        fuzz::must(!words || is_valid_utf8(*words), "a text is no text");
        const bool is_flag = object->flag_or(name, false).has_value();
        const auto texts = object->texts_or(name, {});
        fuzz::must(!(words && is_flag) && !(words && texts), "a member is of two kinds");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const fuzz::HostileInput input(bytes, size);
    try_sent(input.rest());
    try_properties(input.rest());
    try_members(input.rest());
    return 0;
}
