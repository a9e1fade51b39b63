#include "intake/field_map.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "blueprint/field_expression.h"
#include "hostile_input.h"
#include "intake/sent_json.h"

/// First line: the expression of a field; then the document.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    fuzz::HostileInput input(bytes, size);
    const std::string expression(input.line());
    const auto parsed = blueprint::parse_field_expression(expression);
    const auto map = intake::FieldMap::parse({{"score", expression}, {"text", expression}});
    fuzz::must(parsed.has_value() == map.has_value(), "an expression is read in two ways");
    if (!parsed) {
        fuzz::must(is_valid_utf8(parsed.error().message), "refused with words that are no text");
        return 0;
    }
    fuzz::must(!parsed->alternatives.empty(), "an expression says nothing");
    const auto document = intake::read_sent_json(input.rest());
    if (!document) {
        return 0;
    }
    boost::json::object wire;
    map->apply(*document, wire);
    for (const auto& member : wire) {
        fuzz::must(!member.value().is_null(), "a field was filled with nothing");
    }
    fuzz::must(wire.contains("score") == wire.contains("text"), "a value is there for one field");
    return 0;
}
