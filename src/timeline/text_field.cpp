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

void TextField::gather(const Block& block, std::vector<Code>& codes) const {
    codes.resize(block.size());
    if (source_ == Source::Customers || source_ == Source::CustomerName) {
        spread_customers(block, codes);
        return;
    }
    if (source_ == Source::Scale) {
        const auto rows = block.rows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto* answer = part_->answer.at(rows[i]);
            codes[i] = answer != nullptr ? answer->scale : 0;
        }
        return;
    }
    timeline::gather(*codes_, block.rows(), codes.data());
    if (through_ != nullptr) {
        for (auto& code : codes) {
            code = (*through_)[code];
        }
    }
}

void TextField::spread_customers(const Block& block, std::vector<Code>& codes) const {
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        const Code customer = block.customers[unit];
        const Code code = source_ == Source::CustomerName ? customer : (*codes_)[customer];
        for (std::size_t i = block.offsets[unit]; i < block.offsets[unit + 1]; ++i) {
            codes[i] = code;
        }
    }
}

}  // namespace kokemus::timeline
