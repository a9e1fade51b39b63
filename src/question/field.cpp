#include "question/field.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace kokemus::question {
namespace {

constexpr auto number_fields =
    std::to_array<std::string_view>({"score", "value", "duration", "time"});

constexpr auto text_fields = std::to_array<std::string_view>({"touchpoint",
                                                              "channel",
                                                              "department",
                                                              "employee",
                                                              "thread",
                                                              "scale",
                                                              "stage",
                                                              "topic",
                                                              "kind"});

constexpr std::string_view customer_field = "customer";

}  // namespace

std::optional<Field> find_field(std::string_view name, const blueprint::Blueprint& blueprint) {
    if (const auto* dimension = blueprint.dimension(name)) {
        const bool is_trait = dimension->source == blueprint::DimensionSource::Traits;
        return Field{is_trait ? FieldOf::Customer : FieldOf::Dimension, dimension->name};
    }
    const std::string lowered = lower(name);
    if (lowered == customer_field) {
        return Field{FieldOf::Customer, lowered};
    }
    if (std::ranges::find(text_fields, lowered) != text_fields.end() ||
        std::ranges::find(number_fields, lowered) != number_fields.end()) {
        return Field{FieldOf::Encounter, lowered};
    }
    return std::nullopt;
}

std::vector<std::string_view> field_names(const blueprint::Blueprint& blueprint) {
    std::vector<std::string_view> names(text_fields.begin(), text_fields.end());
    names.insert(names.end(), number_fields.begin(), number_fields.end());
    for (const auto& dimension : blueprint.dimensions) {
        names.emplace_back(dimension.name);
    }
    names.push_back(customer_field);
    return names;
}

bool is_number(const Field& field) {
    return field.of == FieldOf::Encounter &&
           std::ranges::find(number_fields, field.name) != number_fields.end();
}

}  // namespace kokemus::question
