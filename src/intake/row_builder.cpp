#include "intake/row_builder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/check.h"
#include "encounter/encounter_json.h"
#include "encounter/faults.h"
#include "encounter/properties.h"
#include "intake/door_rules.h"

namespace kokemus::intake {

namespace {

constexpr std::string_view due_prefix = "due.";
constexpr std::string_view property_prefix = "properties.";
constexpr std::string_view trait_prefix = "traits.";

/// Microseconds to milliseconds, downwards also before 1970.
Instant to_instant(std::int64_t microseconds) {
    return Instant(std::chrono::floor<Milliseconds>(std::chrono::microseconds(microseconds)));
}

/// A property's value as JSON text; empty: it has none (NaN, infinity).
std::string json_value(const Slot& slot, const SlotValue& value, std::size_t row) {
    switch (slot.reading) {
        case Reading::Truth: return value.truth(row) ? "true" : "false";
        case Reading::Whole: return std::to_string(value.whole(row));
        case Reading::Number:
            return std::isfinite(value.number(row)) ? encounter::canonical_json(value.number(row))
                                                    : std::string();
        case Reading::Json: return std::string(value.text(row));
        default: {
            const std::string_view text = value.text(row);
            return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
        }
    }
}

/// A trait's value as text.
std::string trait_text(const Slot& slot, const SlotValue& value, std::size_t row) {
    switch (slot.reading) {
        case Reading::Truth: return value.truth(row) ? "true" : "false";
        case Reading::Whole: return std::to_string(value.whole(row));
        case Reading::Number: return encounter::canonical_json(value.number(row));
        default: return std::string(value.text(row));
    }
}

/// {"delivery": "2026-01-05T00:00:00Z"} by the rules of the wire form.
Result<std::map<std::string, Instant>> read_dues(std::string_view json) {
    const std::string wrapped =
        fmt::format(R"({{"customer":"c","time":0,"touchpoint":"t","due":{}}})", json);
    return TRY(encounter::encounter_from_json(wrapped)).due;
}

std::vector<SlotValue> slot_values(const BlockQuery& query, const duck::Chunk& chunk) {
    std::vector<SlotValue> values;
    values.reserve(query.slots.size());
    for (std::size_t slot = 0; slot < query.slots.size(); ++slot) {
        values.emplace_back(query.slots[slot], chunk.column(BlockQuery::first_slot_column + slot));
    }
    return values;
}

/// As new, but for its memory.
void empty(encounter::Encounter& one) {
    const auto forget = [](auto& name) {
        if (!name.value().empty()) {
            name = {};
        }
    };
    forget(one.id);
    forget(one.customer);
    forget(one.thread);
    for (std::string* text : {&one.touchpoint,
                              &one.channel,
                              &one.department,
                              &one.employee,
                              &one.scale,
                              &one.text,
                              &one.language,
                              &one.properties}) {
        text->clear();
    }
    one.score.reset();
    one.value.reset();
    one.duration_seconds.reset();
    if (!one.due.empty()) {
        one.due.clear();
    }
    one.time_clamped = false;
}

int slot_number(std::size_t slot) {
    return static_cast<int>(slot);
}

/// The slot whose field a fault of `check` names.
int slot_of_fault(const BlockQuery& query, std::string_view field) {
    for (std::size_t slot = 0; slot < query.slots.size(); ++slot) {
        const std::string& name = query.slots[slot].field;
        if (name == field || (name == "name" && field == "customer")) {
            return slot_number(slot);
        }
    }
    return RowProblem::no_slot;
}

RowProblem fault_problem(const BlockQuery& query, std::uint64_t row,
                         const encounter::Fault& fault) {
    const int slot = slot_of_fault(query, fault.field);
    return RowProblem{.row = row,
                      .slot = slot,
                      .reason = slot == RowProblem::no_slot
                                    ? fmt::format("`{}` {}", fault.field, fault.reason)
                                    : fault.reason};
}

}  // namespace

EncounterBuilder::EncounterBuilder(const BlockQuery& query, std::uint64_t block,
                                   const blueprint::Blueprint* blueprint)
    : query_(query),
      block_(block),
      blueprint_(blueprint) {
    static const std::array<std::pair<std::string_view, Target>, 18> fields = {
        {{"id", Target::Id},
         {"customer", Target::Customer},
         {"time", Target::Time},
         {"sequence", Target::Sequence},
         {"touchpoint", Target::Touchpoint},
         {"channel", Target::Channel},
         {"department", Target::Department},
         {"employee", Target::Employee},
         {"thread", Target::Thread},
         {"score", Target::Score},
         {"scale", Target::Scale},
         {"text", Target::Text},
         {"language", Target::Language},
         {"value", Target::Value},
         {"duration", Target::Duration},
         {"due", Target::DueObject},
         {"properties", Target::PropertiesObject},
         {"time_clamped", Target::TimeClamped}}};
    for (std::size_t slot = 0; slot < query.slots.size(); ++slot) {
        const std::string& field = query.slots[slot].field;
        names_.emplace_back();
        json_keys_.emplace_back();
        if (field.starts_with(due_prefix)) {
            targets_.push_back(Target::Due);
            names_.back() = field.substr(due_prefix.size());
        } else if (field.starts_with(property_prefix)) {
            targets_.push_back(Target::Property);
            names_.back() = field.substr(property_prefix.size());
            json_keys_.back() =
                boost::json::serialize(boost::json::string_view(names_.back())) + ":";
            has_properties_ = true;
        } else {
            const auto* found = std::find_if(
                fields.begin(), fields.end(), [&](const auto& one) { return one.first == field; });
            CHECK(found != fields.end());
            targets_.push_back(found->second);
            const bool required = field == "customer" || field == "time" || field == "touchpoint";
            if (required) {
                required_.push_back(slot);
            }
        }
    }
}

void EncounterBuilder::refuse(std::size_t row, RowProblem problem) {
    refused_[row] = true;
    problem.row = rows_[row];
    problems_->push_back(std::move(problem));
}

void EncounterBuilder::fill_text(std::size_t slot, std::string_view text, std::size_t row) {
    encounter::Encounter& one = taken_[row];
    switch (targets_[slot]) {
        case Target::Id: one.id = encounter::EncounterId(std::string(text)); break;
        case Target::Customer: one.customer = encounter::CustomerName(std::string(text)); break;
        case Target::Touchpoint: one.touchpoint = text; break;
        case Target::Channel: one.channel = text; break;
        case Target::Department: one.department = text; break;
        case Target::Employee: one.employee = text; break;
        case Target::Thread: one.thread = encounter::ThreadName(std::string(text)); break;
        case Target::Scale: one.scale = text; break;
        case Target::Text: one.text = text; break;
        case Target::Language: one.language = text; break;
        case Target::PropertiesObject:
            if (auto object = encounter::canonical_properties(text)) {
                one.properties = std::move(*object);
            } else {
                refuse(row, {.slot = slot_number(slot), .reason = object.error().message});
            }
            break;
        case Target::DueObject:
            if (auto dues = read_dues(text)) {
                one.due.merge(std::move(*dues));
            } else {
                refuse(row, {.slot = slot_number(slot), .reason = dues.error().message});
            }
            break;
        default: CHECK(false);
    }
}

void EncounterBuilder::fill(std::size_t slot, const SlotValue& value, std::size_t row) {
    encounter::Encounter& one = taken_[row];
    switch (targets_[slot]) {
        case Target::Time: one.time = to_instant(value.whole(first_ + row)); break;
        case Target::Due: one.due[names_[slot]] = to_instant(value.whole(first_ + row)); break;
        case Target::Sequence:
            one.sequence = static_cast<std::uint64_t>(value.whole(first_ + row));
            break;
        case Target::Score: one.score = value.number(first_ + row); break;
        case Target::Value: one.value = value.number(first_ + row); break;
        case Target::Duration: one.duration_seconds = value.number(first_ + row); break;
        case Target::TimeClamped: one.time_clamped = value.truth(first_ + row); break;
        case Target::Property: {
            const std::string json = json_value(query_.slots[slot], value, first_ + row);
            if (json.empty()) {
                refuse(row, {.slot = slot_number(slot), .reason = "is not a finite number"});
                break;
            }
            members_[row] += members_[row].empty() ? "" : ",";
            members_[row] += json_keys_[slot];
            members_[row] += json;
            break;
        }
        default: fill_text(slot, value.text(first_ + row), row);
    }
}

/// Joins the members to one object: they come in the order of their keys, as the canonical form
/// wants them.
void EncounterBuilder::finish_properties(std::size_t row) {
    if (!has_properties_ || members_[row].empty() || refused_[row]) {
        return;
    }
    std::string& properties = taken_[row].properties;
    const bool plain = properties.empty() &&
                       std::none_of(query_.slots.begin(), query_.slots.end(), [](const Slot& s) {
                           return s.reading == Reading::Json;
                       });
    if (plain) {
        properties = "{" + members_[row] + "}";
        return;
    }
    const std::string whole = properties.empty() ? "{" + members_[row] + "}"
                                                 : properties.substr(0, properties.size() - 1) +
                                                       "," + members_[row] + "}";
    if (auto canonical = encounter::canonical_properties(whole)) {
        properties = std::move(*canonical);
    } else {
        refuse(row, {.reason = canonical.error().message});
    }
}

void EncounterBuilder::take(const duck::Chunk& chunk, std::size_t first, EncounterBatch& batch,
                            std::vector<RowProblem>& problems) {
    problems_ = &problems;
    first_ = first;
    const std::size_t size = std::min(chunk.size() - first, rows_max);
    begin(chunk, size, batch);
    const std::vector<SlotValue> values = slot_values(query_, chunk);
    for (std::size_t slot = 0; slot < values.size(); ++slot) {
        for (std::size_t row = 0; row < size; ++row) {
            if (!values[slot].absent(first + row)) {
                fill(slot, values[slot], row);
            } else if (values[slot].failed(first + row) && !refused_[row]) {
                refuse(row, {.kind = RowProblem::Kind::Failed, .slot = slot_number(slot)});
            }
        }
    }
    for (const std::size_t slot : required_) {
        for (std::size_t row = 0; row < size; ++row) {
            if (!refused_[row] && values[slot].absent(first + row)) {
                refuse(row, {.kind = RowProblem::Kind::Missing, .slot = slot_number(slot)});
            }
        }
    }
    keep_sound(batch, problems);
}

void EncounterBuilder::begin(const duck::Chunk& chunk, std::size_t size, EncounterBatch& batch) {
    taken_.swap(batch.encounters);
    taken_.resize(size);
    std::ranges::for_each(taken_, empty);
    rows_.resize(size);
    refused_.assign(size, false);
    if (has_properties_) {
        members_.assign(size, {});
    }
    const duck::Column numbers = chunk.column(0);
    const duck::Column where_failed = chunk.column(1);
    for (std::size_t row = 0; row < size; ++row) {
        rows_[row] = static_cast<std::uint64_t>(numbers.number<std::int64_t>(first_ + row));
        taken_[row].sequence = (block_ << row_bits) + rows_[row];
        if (where_failed.number<bool>(first_ + row)) {
            refuse(row, {.kind = RowProblem::Kind::Failed, .slot = RowProblem::where_slot});
        }
    }
}

/// What is not refused moves to the front and becomes the batch.
void EncounterBuilder::keep_sound(EncounterBatch& batch, std::vector<RowProblem>& problems) {
    std::size_t kept = 0;
    batch.rows.clear();
    for (std::size_t row = 0; row < taken_.size(); ++row) {
        finish_properties(row);
        if (refused_[row]) {
            continue;
        }
        auto faults = encounter::check(taken_[row]);
        if (blueprint_ != nullptr) {
            check_scale(taken_[row], *blueprint_, faults);
        }
        if (!faults.empty()) {
            problems.push_back(fault_problem(query_, rows_[row], faults.front()));
            continue;
        }
        if (kept != row) {
            std::swap(taken_[kept], taken_[row]);
        }
        ++kept;
        batch.rows.push_back(rows_[row]);
    }
    taken_.resize(kept);
    taken_.swap(batch.encounters);
}

namespace {

/// Gives `customer` what one slot of a row holds; returns why the row cannot be taken, if so.
std::optional<RowProblem> give(const BlockQuery& query, std::size_t slot, const SlotValue& value,
                               std::size_t row, encounter::Customer& customer) {
    const std::string& field = query.slots[slot].field;
    if (value.failed(row)) {
        return RowProblem{.kind = RowProblem::Kind::Failed, .slot = slot_number(slot)};
    }
    if (value.absent(row)) {
        return field == "name" ? std::optional(RowProblem{.kind = RowProblem::Kind::Missing,
                                                          .slot = slot_number(slot)})
                               : std::nullopt;
    }
    if (field == "name") {
        customer.name = encounter::CustomerName(std::string(value.text(row)));
    } else if (field == "traits") {
        auto read = encounter::customer_from_json(
            fmt::format(R"({{"customer":"c","traits":{}}})", value.text(row)));
        if (!read) {
            return RowProblem{.slot = slot_number(slot), .reason = read.error().message};
        }
        customer.traits.merge(read->traits);
    } else {
        customer.traits[field.substr(trait_prefix.size())] =
            trait_text(query.slots[slot], value, row);
    }
    return std::nullopt;
}

}  // namespace

void CustomerBuilder::take(const duck::Chunk& chunk, std::vector<encounter::Customer>& customers,
                           std::vector<std::uint64_t>& rows, std::vector<RowProblem>& problems) {
    const std::vector<SlotValue> values = slot_values(query_, chunk);
    for (std::size_t row = 0; row < chunk.size(); ++row) {
        const auto number = static_cast<std::uint64_t>(chunk.column(0).number<std::int64_t>(row));
        encounter::Customer customer;
        std::optional<RowProblem> problem;
        if (chunk.column(1).number<bool>(row)) {
            problem = RowProblem{.kind = RowProblem::Kind::Failed, .slot = RowProblem::where_slot};
        }
        for (std::size_t slot = 0; slot < values.size() && !problem; ++slot) {
            problem = give(query_, slot, values[slot], row, customer);
        }
        const auto faults = problem ? std::vector<encounter::Fault>() : encounter::check(customer);
        if (!faults.empty()) {
            problem = fault_problem(query_, number, faults.front());
        }
        if (problem) {
            problem->row = number;
            problems.push_back(std::move(*problem));
        } else if (!customer.traits.empty()) {
            customers.push_back(std::move(customer));
            rows.push_back(number);
        }
    }
}

}  // namespace kokemus::intake
