#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <toml++/toml.h>

#include "blueprint/blueprint_draft.h"

// For the .cpp files of this folder only: brings in toml++.
namespace kokemus::blueprint {

/// The smallest and greatest number that a key takes.
struct Bounds {
    double least = 0;
    double greatest = 0;
};

/// The tables of a table in the order of the file, each with its name. What is no table is a fault.
struct Named {
    std::string name;
    const toml::table* table = nullptr;
    Place place;
};

/// Reads one table key by key: remembers where each value stands, and notes in the draft what has
/// the wrong type or is out of bounds. Each getter gives nothing for a key that is absent or at
/// fault. Keys that blueprint_keys.h does not list for the section, and required ones that are
/// missing, are noted on construction; asking for a key that is not listed is a bug.
class Section {
public:
    /// `section` as in blueprint_keys.h; `label` as it stands in messages, unique in the file.
    Section(Draft& draft, std::string_view section, std::string label, const toml::table& table,
            Place place);

    std::string text(std::string_view key);
    std::vector<std::string> texts(std::string_view key);
    std::optional<double> number(std::string_view key, Bounds bounds);
    std::optional<int> whole_number(std::string_view key, Bounds bounds);
    std::optional<bool> flag(std::string_view key);
    std::optional<Milliseconds> duration(std::string_view key);

    /// The value that goes with one of the listed texts.
    template <typename Value, std::size_t count>
    std::optional<Value> one_of(std::string_view key,
                                const std::pair<std::string_view, Value> (&choices)[count]) {
        std::vector<std::string_view> names;
        for (const auto& choice : choices) {
            names.push_back(choice.first);
        }
        const auto chosen = choose(key, names);
        return chosen ? std::optional(choices[*chosen].second) : std::nullopt;
    }

    /// The tables inside table `key`.
    std::vector<Named> tables(std::string_view key);

private:
    const toml::node* find(std::string_view key);
    std::optional<std::string> text_of(const toml::node& node, std::string_view key,
                                       std::size_t element);
    std::optional<std::size_t> choose(std::string_view key,
                                      const std::vector<std::string_view>& names);
    void wrong_type(std::string_view key, const toml::node& node, std::string_view wanted,
                    std::size_t element = 0);
    void refuse_unknown_keys();
    void ask_for_required_keys();
    bool is_key(std::string_view key) const;

    Draft& draft_;
    std::string_view section_;
    std::string label_;
    const toml::table& table_;
};

/// Where a node or key stands.
Place place_of(const toml::source_region& source);

/// What is wrong with `name` as the name of a declaration, in words; nothing if it may be one.
std::optional<std::string> fault_of_name(std::string_view name);

}  // namespace kokemus::blueprint
