#include "timeline/text_field.h"

#include <string_view>

#include <fmt/format.h>

namespace kokemus::timeline {

Result<TextField> TextField::find(const Timeline& timeline, const question::Field& field) {
    const std::string_view name = field.name;
    if (field.of != question::FieldOf::Encounter && name != "customer") {
        for (const auto& dimension : timeline.dimensions) {
            if (dimension.name == name) {
                const bool per_row = dimension.source == blueprint::DimensionSource::Properties;
                return TextField(timeline,
                                 per_row ? Source::Rows : Source::Customers,
                                 &dimension.codes,
                                 dimension.texts);
            }
        }
        return invalid_input(fmt::format("the blueprint declares no dimension \"{}\"", name));
    }
    const auto of_rows = [&](const CodeColumn& codes,
                             const Dictionary& texts,
                             const std::vector<Code>* through = nullptr) {
        TextField found(timeline, Source::Rows, &codes, texts);
        found.through_ = through;
        return found;
    };
    if (name == "customer") {
        return TextField(timeline, Source::CustomerName, nullptr, timeline.customers);
    }
    if (name == "touchpoint") {
        return of_rows(timeline.touchpoint, timeline.touchpoints);
    }
    if (name == "channel") {
        return of_rows(timeline.channel, timeline.channels);
    }
    if (name == "department") {
        return of_rows(timeline.department, timeline.departments);
    }
    if (name == "employee") {
        return of_rows(timeline.employee, timeline.employees);
    }
    if (name == "thread") {
        return of_rows(timeline.thread, timeline.threads);
    }
    if (name == "scale") {
        return TextField(timeline, Source::Scale, nullptr, timeline.scales);
    }
    if (name == "stage") {
        return of_rows(timeline.touchpoint, timeline.facts.stages, &timeline.facts.stage_of);
    }
    if (name == "topic") {
        return of_rows(timeline.touchpoint, timeline.facts.topics, &timeline.facts.topic_of);
    }
    if (name == "kind") {
        return of_rows(timeline.channel, timeline.facts.kinds, &timeline.facts.kind_of);
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
            const auto* answer = timeline_->answer.at(rows[i]);
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
