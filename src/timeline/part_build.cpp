#include "timeline/part_build.h"

#include <algorithm>
#include <cmath>

#include <boost/json.hpp>

#include "encounter/exact_json.h"
#include "encounter/properties.h"

namespace kokemus::timeline {
namespace {

/// A property as text: what a filter compares with. Absent and null are "".
std::string property_text(const boost::json::object& properties, std::string_view key) {
    const auto* value = properties.if_contains(key);
    if (value == nullptr || value->is_null()) {
        return {};
    }
    if (const auto* text = value->if_string()) {
        return std::string(text->begin(), text->end());
    }
    return encounter::canonical_json(*value);
}

}  // namespace

ReadNumbers reads_numbers_of(const ledger::Ledger& ledger) {
    return [&ledger](std::span<const std::uint64_t> numbers,
                     const std::function<Status(std::span<const ledger::Entry>)>& take) {
        return ledger.read_numbers(numbers, take);
    };
}

ReadNumbers reads_nothing() {
    return [](auto, const auto&) -> Status { return {}; };
}

PartBuilder::PartBuilder(CodeSpace& space) : space_(space), dimensions_(space.dimensions.size()) {}

void PartBuilder::reserve(std::size_t encounters) {
    came_.time.reserve(encounters);
    for (PackedNumbers* field : {&came_.sequence,
                                 &came_.number,
                                 &came_.customer,
                                 &came_.touchpoint,
                                 &came_.channel,
                                 &came_.department,
                                 &came_.employee,
                                 &came_.thread}) {
        field->reserve(encounters);
    }
    for (std::size_t place = 0; place < dimensions_.size(); ++place) {
        if (space_.blueprint().dimensions[place].source == blueprint::DimensionSource::Properties) {
            dimensions_[place].reserve(encounters);
        }
    }
}

Status PartBuilder::add(const ledger::Entry& entry, std::string_view customer) {
    if (encounters() + 1 >= none) {
        return Error{ErrorCode::TooLarge,
                     "one part of a timeline holds at most 4,294,967,294 encounters; answer from "
                     "ClickHouse"};
    }
    const auto& encounter = entry.encounter;
    const auto row = static_cast<Row>(encounters());
    const auto touchpoint = space_.touchpoint(encounter.touchpoint);
    came_.time.push_back(encounter.time.time_since_epoch().count());
    came_.sequence.push_back(encounter.sequence);
    came_.number.push_back(entry.number);
    came_.customer.push_back(customers_.intern(customer));
    came_.touchpoint.push_back(touchpoint.code);
    came_.channel.push_back(encounter.channel.empty() ? touchpoint.channel
                                                      : space_.channels.intern(encounter.channel));
    came_.department.push_back(encounter.department.empty()
                                   ? touchpoint.department
                                   : space_.departments.intern(encounter.department));
    came_.employee.push_back(space_.employees.intern(encounter.employee));
    came_.thread.push_back(threads_.intern(encounter.thread.value()));
    add_sparse(encounter, row);
    add_properties(encounter);
    return {};
}

void PartBuilder::add_sparse(const encounter::Encounter& encounter, Row row) {
    if (encounter.score && std::isfinite(*encounter.score)) {
        answers_.emplace_back(row, space_.answer(encounter.scale, *encounter.score));
    }
    // Adding zero turns -0 into 0, so that equal numbers are equal bytes.
    if (encounter.value && std::isfinite(*encounter.value)) {
        values_.emplace_back(row, *encounter.value + 0.0);
    }
    if (encounter.duration_seconds && std::isfinite(*encounter.duration_seconds)) {
        durations_.emplace_back(row, *encounter.duration_seconds + 0.0);
    }
    for (const auto& [name, due] : encounter.due) {
        if (const auto* promise = space_.blueprint().promise(name)) {
            const auto place =
                static_cast<std::uint32_t>(promise - space_.blueprint().promises.data());
            dues_.push_back({row, place, due.time_since_epoch().count()});
        }
    }
}

void PartBuilder::add_properties(const encounter::Encounter& encounter) {
    boost::json::object properties;
    bool parsed = encounter.properties.empty();
    for (std::size_t place = 0; place < dimensions_.size(); ++place) {
        const auto& declared = space_.blueprint().dimensions[place];
        if (declared.source != blueprint::DimensionSource::Properties) {
            continue;
        }
        if (!parsed) {
            boost::system::error_code failure;
            auto value = encounter::parse_exactly(encounter.properties, failure);
            if (!failure && value.is_object()) {
                properties = std::move(value.as_object());
            }
            parsed = true;
        }
        dimensions_[place].push_back(
            space_.dimensions[place].intern(property_text(properties, declared.key)));
    }
}

void PartBuilder::add_customer(const encounter::Customer& customer) {
    const Code code = customers_.intern(customer.name.value());
    traits_known_.resize(std::max<std::size_t>(traits_known_.size(), code + std::size_t{1}));
    traits_known_[code] = 1;
    for (std::size_t place = 0; place < dimensions_.size(); ++place) {
        const auto& declared = space_.blueprint().dimensions[place];
        if (declared.source != blueprint::DimensionSource::Traits) {
            continue;
        }
        auto& codes = dimensions_[place];
        codes.resize(std::max<std::size_t>(codes.size(), code + std::size_t{1}));
        const auto trait = customer.traits.find(declared.key);
        codes.set(
            code,
            trait == customer.traits.end() ? 0 : space_.dimensions[place].intern(trait->second));
    }
}

}  // namespace kokemus::timeline
