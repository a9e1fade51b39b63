#include "timeline/timeline_build.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/json.hpp>

#include "base/check.h"
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

TimelineBuilder::TimelineBuilder(std::shared_ptr<const blueprint::Blueprint> blueprint)
    : blueprint_(std::move(blueprint)) {
    CHECK(blueprint_ != nullptr);
    defaults_.emplace_back(0, 0);
    for (const auto& dimension : blueprint_->dimensions) {
        dimensions_.push_back(RawDimension{&dimension, Interner(), {}});
    }
}

void TimelineBuilder::reserve(std::size_t encounters) {
    raw_.reserve(encounters);
    customer_.reserve(encounters);
    for (auto& dimension : dimensions_) {
        if (dimension.declared->source == blueprint::DimensionSource::Properties) {
            dimension.codes.reserve(encounters);
        }
    }
}

Status TimelineBuilder::add(std::span<const ledger::Entry> entries) {
    if (raw_.size() + entries.size() >= none) {
        return Error{ErrorCode::TooLarge,
                     "one timeline holds at most 4,294,967,294 encounters; answer from ClickHouse"};
    }
    for (const auto& entry : entries) {
        add_one(entry);
    }
    return {};
}

void TimelineBuilder::add_one(const ledger::Entry& entry) {
    const auto& encounter = entry.encounter;
    const auto row = static_cast<Row>(raw_.size());
    Raw raw;
    raw.time = encounter.time.time_since_epoch().count();
    raw.sequence = encounter.sequence;
    raw.number = entry.number;
    raw.id_start = ids_.size();
    raw.id_bytes = static_cast<std::uint32_t>(encounter.id.value().size());
    ids_.append(encounter.id.value());
    raw.touchpoint = touchpoint_with_defaults(encounter.touchpoint);
    const auto [channel, department] = defaults_[raw.touchpoint];
    raw.channel = encounter.channel.empty() ? channel : channels_.intern(encounter.channel);
    raw.department =
        encounter.department.empty() ? department : departments_.intern(encounter.department);
    raw.employee = employees_.intern(encounter.employee);
    raw.thread = threads_.intern(encounter.thread.value());
    raw_.push_back(raw);
    customer_.push_back(customers_.intern(encounter.customer.value()));
    if (encounter.score && std::isfinite(*encounter.score)) {
        // Adding zero turns -0 into 0, so that equal scores are equal bytes.
        answers_.push_back({row, scales_.intern(encounter.scale), *encounter.score + 0.0});
    }
    if (encounter.value && std::isfinite(*encounter.value)) {
        values_.emplace_back(row, *encounter.value + 0.0);
    }
    if (encounter.duration_seconds && std::isfinite(*encounter.duration_seconds)) {
        durations_.emplace_back(row, *encounter.duration_seconds + 0.0);
    }
    for (const auto& [name, due] : encounter.due) {
        if (const auto* promise = blueprint_->promise(name)) {
            const auto place = static_cast<std::uint32_t>(promise - blueprint_->promises.data());
            dues_.push_back({row, place, due.time_since_epoch().count()});
        }
    }
    add_properties(encounter);
}

/// The provisional code; a touchpoint met for the first time brings its default channel and
/// department along.
Code TimelineBuilder::touchpoint_with_defaults(const std::string& name) {
    const Code code = touchpoints_.intern(name);
    if (code == defaults_.size()) {
        const auto* touchpoint = blueprint_->touchpoint(name);
        defaults_.emplace_back(touchpoint != nullptr ? channels_.intern(touchpoint->channel) : 0,
                               touchpoint != nullptr ? departments_.intern(touchpoint->owner) : 0);
    }
    return code;
}

void TimelineBuilder::add_properties(const encounter::Encounter& encounter) {
    boost::json::object properties;
    bool parsed = encounter.properties.empty();
    for (auto& dimension : dimensions_) {
        if (dimension.declared->source != blueprint::DimensionSource::Properties) {
            continue;
        }
        if (!parsed) {
            boost::system::error_code failure;
            auto value = boost::json::parse(encounter.properties, failure);
            if (!failure && value.is_object()) {
                properties = std::move(value.as_object());
            }
            parsed = true;
        }
        dimension.codes.push_back(
            dimension.texts.intern(property_text(properties, dimension.declared->key)));
    }
}

void TimelineBuilder::add_customers(std::span<const encounter::Customer> customers) {
    for (const auto& customer : customers) {
        const Code code = customers_.intern(customer.name.value());
        for (auto& dimension : dimensions_) {
            if (dimension.declared->source != blueprint::DimensionSource::Traits) {
                continue;
            }
            const auto trait = customer.traits.find(dimension.declared->key);
            if (trait != customer.traits.end()) {
                dimension.codes.resize(std::max<std::size_t>(dimension.codes.size(), code + 1));
                dimension.codes[code] = dimension.texts.intern(trait->second);
            }
        }
    }
}

Result<std::shared_ptr<const Timeline>> build_timeline(
    const ledger::Ledger& ledger, std::shared_ptr<const blueprint::Blueprint> blueprint) {
    TimelineBuilder builder(std::move(blueprint));
    builder.reserve(TRY(ledger.totals()).encounters);
    TRY(ledger.scan_since(
        0, [&](std::span<const ledger::Entry> batch) { return builder.add(batch); }));
    TRY(ledger.scan_customers([&](std::span<const encounter::Customer> batch) {
        builder.add_customers(batch);
        return Status();
    }));
    return builder.finish();
}

}  // namespace kokemus::timeline
