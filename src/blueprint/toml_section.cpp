#include "blueprint/toml_section.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/check.h"
#include "base/limits.h"
#include "base/text.h"
#include "blueprint/blueprint_keys.h"

namespace kokemus::blueprint {
namespace {

std::string_view type_of(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::table: return "a table";
        case toml::node_type::array: return "a list";
        case toml::node_type::string: return "a text";
        case toml::node_type::integer:
        case toml::node_type::floating_point: return "a number";
        case toml::node_type::boolean: return "true or false";
        case toml::node_type::date:
        case toml::node_type::time:
        case toml::node_type::date_time: return "a date or time";
        case toml::node_type::none: break;
    }
    return "nothing";
}

bool has_control_character(std::string_view text) {
    return std::ranges::any_of(text, [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
    });
}

/// What the value of a required key may look like.
std::string example_of(const Key& key) {
    if (key.type == "texts") {
        return "[\"...\"]";
    }
    return key.type == "number" ? "0" : fmt::format("{}", key.type);
}

std::string bounds_text(const Bounds& bounds) {
    return std::isinf(bounds.greatest)
               ? fmt::format("{} or more", bounds.least)
               : fmt::format("from {} to {}", bounds.least, bounds.greatest);
}

}  // namespace

Place place_of(const toml::source_region& source) {
    return {static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

std::optional<std::string> fault_of_name(std::string_view name) {
    if (name.empty()) {
        return "the name is empty; give it one";
    }
    if (name.size() > limits::name_bytes_max) {
        return fmt::format(
            "the name has {} bytes; at most {} may be", name.size(), limits::name_bytes_max);
    }
    if (has_control_character(name)) {
        return "the name holds a line break, tab or other control character; leave it out";
    }
    if (name.front() == ' ' || name.back() == ' ') {
        return "the name begins or ends with a blank; leave it out";
    }
    return std::nullopt;
}

Section::Section(Draft& draft, std::string_view section, std::string label,
                 const toml::table& table, Place place)
    : draft_(draft),
      section_(section),
      label_(std::move(label)),
      table_(table) {
    draft_.remember(label_, "", place);
    refuse_unknown_keys();
    ask_for_required_keys();
}

std::string Section::text(std::string_view key) {
    const toml::node* node = find(key);
    return node == nullptr ? std::string() : text_of(*node, key, 0).value_or("");
}

std::vector<std::string> Section::texts(std::string_view key) {
    std::vector<std::string> found;
    const toml::node* node = find(key);
    if (node == nullptr) {
        return found;
    }
    const toml::array* list = node->as_array();
    if (list == nullptr) {
        wrong_type(key, *node, "a list of texts, as [\"a\", \"b\"]");
        return found;
    }
    for (const toml::node& each : *list) {
        draft_.remember(label_, key, place_of(each.source()), found.size());
        auto text = text_of(each, key, found.size());
        if (text && text->empty()) {
            draft_.error(label_,
                         key,
                         fmt::format("{} holds an empty text; leave it out", key),
                         found.size());
        } else if (text) {
            found.push_back(std::move(*text));
        }
    }
    return found;
}

std::optional<double> Section::number(std::string_view key, Bounds bounds) {
    const toml::node* node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto number = node->is_number() ? node->value<double>() : std::nullopt;
    if (!number) {
        wrong_type(key, *node, "a number");
        return std::nullopt;
    }
    if (!std::isfinite(*number) || *number < bounds.least || *number > bounds.greatest) {
        draft_.error(label_,
                     key,
                     fmt::format("{} is {}; write a number {}", key, *number, bounds_text(bounds)));
        return std::nullopt;
    }
    return number;
}

std::optional<int> Section::whole_number(std::string_view key, Bounds bounds) {
    const toml::node* node = find(key);
    if (node != nullptr && !node->is_integer()) {
        wrong_type(key, *node, "a whole number");
        return std::nullopt;
    }
    const auto found = number(key, bounds);
    return found ? std::optional(static_cast<int>(*found)) : std::nullopt;
}

std::optional<bool> Section::flag(std::string_view key) {
    const toml::node* node = find(key);
    if (node != nullptr && !node->is_boolean()) {
        wrong_type(key, *node, "true or false, without quotes");
        return std::nullopt;
    }
    return node == nullptr ? std::nullopt : node->value<bool>();
}

std::optional<Milliseconds> Section::duration(std::string_view key) {
    const toml::node* node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    if (!node->is_string()) {
        wrong_type(key, *node, "a duration in quotes, as \"30d\" or \"24h\"");
        return std::nullopt;
    }
    const auto found = parse_duration(node->as_string()->get());
    if (!found) {
        draft_.error(label_, key, fmt::format("{}: {}", key, found.error().message));
        return std::nullopt;
    }
    if (*found <= Milliseconds(0)) {
        draft_.error(
            label_, key, fmt::format("{} must be more than zero; leave it out for none", key));
        return std::nullopt;
    }
    return *found;
}

std::vector<Named> Section::tables(std::string_view key) {
    std::vector<Named> found;
    const toml::node* node = find(key);
    if (node == nullptr) {
        return found;
    }
    const toml::table* outer = node->as_table();
    if (outer == nullptr) {
        wrong_type(
            key,
            *node,
            fmt::format("tables headed [{}.NAME]", section_.empty() ? key : "journey.NAME.stage"));
        return found;
    }
    for (const auto& [name, inner] : *outer) {
        const std::string label = fmt::format("{} {}", key, quote(name.str()));
        const Place place = place_of(name.source());
        if (const auto fault = fault_of_name(name.str())) {
            draft_.error(place, fmt::format("{}: {}", label, *fault));
        } else if (const toml::table* table = inner.as_table()) {
            found.push_back({std::string(name.str()), table, place});
        } else {
            draft_.error(place,
                         fmt::format("{} is {}; write a table headed [{}.{}]",
                                     label,
                                     type_of(inner),
                                     key,
                                     quote(name.str())));
        }
    }
    std::ranges::stable_sort(
        found, {}, [](const Named& each) { return std::pair(each.place.line, each.place.column); });
    return found;
}

const toml::node* Section::find(std::string_view key) {
    CHECK(is_key(key));
    const toml::node* node = table_.get(key);
    if (node != nullptr) {
        draft_.remember(label_, key, place_of(node->source()));
    }
    return node;
}

std::optional<std::string> Section::text_of(const toml::node& node, std::string_view key,
                                            std::size_t element) {
    const auto* text = node.as_string();
    if (text == nullptr) {
        wrong_type(key, node, "a text in quotes", element);
        return std::nullopt;
    }
    if (text->get().size() > limits::name_bytes_max || has_control_character(text->get())) {
        draft_.error(
            label_,
            key,
            fmt::format("{} must be one line of at most {} bytes", key, limits::name_bytes_max),
            element);
        return std::nullopt;
    }
    return text->get();
}

std::optional<std::size_t> Section::choose(std::string_view key,
                                           const std::vector<std::string_view>& names) {
    const std::string chosen = text(key);
    if (chosen.empty()) {
        return std::nullopt;
    }
    const auto found = std::ranges::find(names, chosen);
    if (found == names.end()) {
        draft_.error(label_,
                     key,
                     fmt::format("{} is {}; write one of \"{}\"{}",
                                 key,
                                 quote(chosen),
                                 fmt::join(names, "\", \""),
                                 draft_.did_you_mean(chosen, names)));
        return std::nullopt;
    }
    return static_cast<std::size_t>(std::distance(names.begin(), found));
}

void Section::wrong_type(std::string_view key, const toml::node& node, std::string_view wanted,
                         std::size_t element) {
    draft_.error(
        label_, key, fmt::format("{} is {}; write {}", key, type_of(node), wanted), element);
}

void Section::ask_for_required_keys() {
    for (const Key& each : keys()) {
        if (each.section == section_ && each.when_absent == "required" && draft_.whole &&
            table_.get(each.name) == nullptr) {
            draft_.error(
                label_,
                each.name,
                fmt::format(
                    "{} is missing; write {} = {}", each.name, each.name, example_of(each)));
        }
    }
}

bool Section::is_key(std::string_view key) const {
    const bool top = section_.empty();
    return std::ranges::any_of(
               keys(),
               [&](const Key& each) { return each.section == section_ && each.name == key; }) ||
           (top && std::ranges::find(table_names(), key) != table_names().end()) ||
           (section_ == "journey" && key == "stage");
}

void Section::refuse_unknown_keys() {
    std::vector<std::string_view> known;
    for (const Key& each : keys()) {
        if (each.section == section_) {
            known.push_back(each.name);
        }
    }
    if (section_.empty()) {
        known.insert(known.end(), table_names().begin(), table_names().end());
    }
    for (const auto& [key, node] : table_) {
        if (!is_key(key.str())) {
            const std::string prefix = label_.empty() ? "" : label_ + ": ";
            draft_.error(place_of(key.source()),
                         fmt::format("{}there is no key {}{}",
                                     prefix,
                                     quote(key.str()),
                                     draft_.did_you_mean(key.str(), known)));
        }
    }
}

}  // namespace kokemus::blueprint
