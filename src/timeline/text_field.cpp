#include "timeline/text_field.h"

#include <string_view>

#include <fmt/format.h>

namespace kokemus::timeline {

Result<TextField> TextField::find(const Part& part, const question::Field& field) {
    const std::string_view name = field.name;
    if (field.of != question::FieldOf::Encounter && name != "customer") {
        for (std::size_t place = 0; place < part.dimensions.size(); ++place) {
            const auto& dimension = part.dimensions[place];
            if (dimension.name == name) {
                const bool per_row = dimension.source == blueprint::DimensionSource::Properties;
                return TextField(part,
                                 per_row ? Source::Rows : Source::Customers,
                                 &part.dimension[place],
                                 dimension.texts);
            }
        }
        return invalid_input(fmt::format("the blueprint declares no dimension \"{}\"", name));
    }
    const auto of_rows = [&](const CodeColumn& codes,
                             const Dictionary& texts,
                             const Array<Code>* through = nullptr) {
        TextField found(part, Source::Rows, &codes, texts);
        found.through_ = through;
        return found;
    };
    if (name == "customer") {
        return TextField(part, Source::CustomerName, nullptr, part.customers);
    }
    if (name == "touchpoint") {
        return of_rows(part.touchpoint, part.touchpoints);
    }
    if (name == "channel") {
        return of_rows(part.channel, part.channels);
    }
    if (name == "department") {
        return of_rows(part.department, part.departments);
    }
    if (name == "employee") {
        return of_rows(part.employee, part.employees);
    }
    if (name == "thread") {
        return of_rows(part.thread, part.threads);
    }
    if (name == "scale") {
        return TextField(part, Source::Scale, nullptr, part.scales);
    }
    if (name == "stage") {
        return of_rows(part.touchpoint, part.facts.stages, &part.facts.stage_of);
    }
    if (name == "topic") {
        return of_rows(part.touchpoint, part.facts.topics, &part.facts.topic_of);
    }
    if (name == "kind") {
        return of_rows(part.channel, part.facts.kinds, &part.facts.kind_of);
    }
    return invalid_input(fmt::format("\"{}\" is not a field with text values", name));
}

}  // namespace kokemus::timeline
