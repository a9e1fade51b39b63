#include "blueprint/blueprint_draft.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/nearest.h"

namespace kokemus::blueprint {
namespace {

constexpr std::size_t faults_max = 200;

std::string place_key(std::string_view label, std::string_view key, std::size_t element) {
    return fmt::format("{}\n{}\n{}", label, key, element);
}

std::string with_label(std::string_view label, std::string message) {
    return label.empty() ? std::move(message) : fmt::format("{}: {}", label, message);
}

}  // namespace

void Draft::error(Place place, std::string message) {
    add(place, std::move(message), Severity::Error);
}

void Draft::warning(Place place, std::string message) {
    add(place, std::move(message), Severity::Warning);
}

void Draft::error(std::string_view label, std::string_view key, std::string message,
                  std::size_t element) {
    faulty_.emplace(label);
    add(place(label, key, element), with_label(label, std::move(message)), Severity::Error);
}

void Draft::warning(std::string_view label, std::string_view key, std::string message) {
    add(place(label, key), with_label(label, std::move(message)), Severity::Warning);
}

std::string Draft::did_you_mean(std::string_view name,
                                std::span<const std::string_view> candidates) const {
    constexpr std::size_t compared_max = 2000;
    if (faults_.size() >= faults_max) {
        return {};
    }
    return kokemus::did_you_mean(name, candidates.first(std::min(candidates.size(), compared_max)));
}

bool Draft::is_faulty(std::string_view label) const {
    return faulty_.count(std::string(label)) > 0;
}

void Draft::remember(std::string_view label, std::string_view key, Place place,
                     std::size_t element) {
    places_.insert_or_assign(place_key(label, key, element), place);
}

Place Draft::place(std::string_view label, std::string_view key, std::size_t element) const {
    for (const std::string& wanted :
         {place_key(label, key, element), place_key(label, key, 0), place_key(label, "", 0)}) {
        if (const auto found = places_.find(wanted); found != places_.end()) {
            return found->second;
        }
    }
    return {};
}

std::vector<Fault> Draft::take_faults() {
    std::ranges::stable_sort(
        faults_, {}, [](const Fault& fault) { return std::tuple(fault.line, fault.column); });
    if (left_out_ > 0) {
        faults_.push_back({0, 0, fmt::format("and {} more faults", left_out_), Severity::Error});
    }
    return std::move(faults_);
}

void Draft::add(Place place, std::string message, Severity severity) {
    if (faults_.size() >= faults_max) {
        ++left_out_;
        return;
    }
    faults_.push_back({place.line, place.column, std::move(message), severity});
}

}  // namespace kokemus::blueprint
