#include "blueprint/blueprint_difference.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/check.h"
#include "blueprint/blueprint_keys.h"
#include "blueprint/blueprint_text.h"
#include "blueprint/built_in.h"
#include "blueprint/toml_parse.h"

namespace kokemus::blueprint {
namespace {

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char letter : text) {
        out += letter == '\'' || letter == '\\' ? "\\" : "";
        out += letter;
    }
    return out + "'";
}

std::string text_of(const toml::node& node) {
    if (const auto text = node.value_exact<std::string>()) {
        return *text;
    }
    if (const auto flag = node.value_exact<bool>()) {
        return *flag ? "true" : "false";
    }
    if (const auto whole = node.value_exact<std::int64_t>()) {
        return fmt::format("{}", *whole);
    }
    if (const auto number = node.value_exact<double>()) {
        return fmt::format("{}", *number);
    }
    std::string list;
    const toml::array* array = node.as_array();
    CHECK(array != nullptr);  // to_toml writes nothing else
    for (const toml::node& each : *array) {
        list += (list.empty() ? "" : ", ") + quoted(text_of(each));
    }
    return list;
}

using Values = std::map<std::string, std::string>;

/// The keys of a declaration with their values; of a table in it, such as a stage, with its name
/// before them: "stage 'delivery' intended".
void gather(const toml::table& table, const std::string& prefix, Values& values) {
    for (const auto& [key, node] : table) {
        const std::string name =
            prefix.empty() ? std::string(key.str()) : prefix + std::string(key.str());
        const toml::table* inner = node.as_table();
        if (inner == nullptr) {
            values[name] = text_of(node);
            continue;
        }
        for (const auto& [member, value] : *inner) {
            const std::string place = fmt::format("{} {}", name, quoted(member.str()));
            values[place];  // it is there, also when it says nothing
            gather(*value.as_table(), place + " ", values);
        }
    }
}

/// All declarations of one noun by name.
std::map<std::string, Values> declared(const toml::table& file, std::string_view noun) {
    std::map<std::string, Values> found;
    if (const toml::table* all = file[noun].as_table()) {
        for (const auto& [name, node] : *all) {
            const toml::table* table = node.as_table();
            CHECK(table != nullptr);
            gather(*table, "", found[std::string(name.str())]);
        }
    }
    return found;
}

std::string summary(const Values& values) {
    std::string text;
    for (const auto& [key, value] : values) {
        text +=
            fmt::format("{}{}{}{}", text.empty() ? "" : ", ", key, value.empty() ? "" : " ", value);
    }
    return text;
}

std::string value_of(const Values& values, const std::string& key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string() : found->second;
}

void compare_values(const Values& before, const Values& after, const Change& place,
                    std::vector<Change>& changes) {
    std::set<std::string> keys;
    for (const Values* values : {&before, &after}) {
        for (const auto& [key, value] : *values) {
            keys.insert(key);
        }
    }
    for (const std::string& key : keys) {
        Change change = place;
        change.key = key;
        change.before = value_of(before, key);
        change.after = value_of(after, key);
        if (change.before != change.after || before.contains(key) != after.contains(key)) {
            changes.push_back(std::move(change));
        }
    }
}

void compare_noun(std::string_view noun, const toml::table& before, const toml::table& after,
                  std::vector<Change>& changes) {
    const auto was = declared(before, noun);
    const auto is = declared(after, noun);
    std::set<std::string> names;
    for (const auto* list : {&was, &is}) {
        for (const auto& [name, values] : *list) {
            names.insert(name);
        }
    }
    for (const std::string& name : names) {
        Change change;
        change.noun = noun;
        change.name = name;
        const auto former = was.find(name);
        const auto present = is.find(name);
        if (former == was.end()) {
            change.kind = Change::Kind::Added;
            change.after = summary(present->second);
            changes.push_back(std::move(change));
        } else if (present == is.end()) {
            change.kind = Change::Kind::Removed;
            change.before = summary(former->second);
            changes.push_back(std::move(change));
        } else {
            compare_values(former->second, present->second, change, changes);
        }
    }
}

/// The order of declarations is the order of pages and lists. Said when those that both have stand
/// in another order.
template <typename Declared>
void compare_order(std::string_view noun, const std::vector<Declared>& before,
                   const std::vector<Declared>& after, std::vector<Change>& changes) {
    const auto names_in = [](const std::vector<Declared>& of, const std::vector<Declared>& other) {
        std::set<std::string_view> known;
        for (const Declared& each : other) {
            known.insert(each.name);
        }
        std::vector<std::string> names;
        for (const Declared& each : of) {
            if (known.contains(each.name)) {
                names.push_back(each.name);
            }
        }
        return names;
    };
    const auto was = names_in(before, after);
    const auto is = names_in(after, before);
    if (was == is) {
        return;
    }
    const auto first = std::mismatch(was.begin(), was.end(), is.begin(), is.end());
    Change change;
    change.noun = noun;
    change.key = "order";
    change.before = quoted(*first.first);
    change.after = quoted(*first.second) + " at its place";
    changes.push_back(std::move(change));
}

std::string place_of(const Change& change) {
    std::string place = change.noun.empty() ? "blueprint" : change.noun;
    return change.name.empty() ? place : fmt::format("{} {}", place, quoted(change.name));
}

}  // namespace

std::vector<Change> difference(const Blueprint& before, const Blueprint& after) {
    const ParsedToml was = parse_toml(to_toml(before));
    const ParsedToml is = parse_toml(to_toml(after));
    CHECK(was.faults.empty() && is.faults.empty());
    std::vector<Change> changes;
    const auto whole = [](const toml::table& file) {
        Values values;
        for (const auto& [key, node] : file) {
            if (!node.is_table()) {
                values[std::string(key.str())] = text_of(node);
            }
        }
        return values;
    };
    compare_values(whole(was.table), whole(is.table), Change{}, changes);
    for (const std::string_view noun : table_names()) {
        compare_noun(noun, was.table, is.table, changes);
    }
    const Blueprint declared_before = without_built_ins(before);
    const Blueprint declared_after = without_built_ins(after);
    compare_order("channel", declared_before.channels, declared_after.channels, changes);
    compare_order("touchpoint", declared_before.touchpoints, declared_after.touchpoints, changes);
    compare_order("journey", declared_before.journeys, declared_after.journeys, changes);
    compare_order("promise", declared_before.promises, declared_after.promises, changes);
    compare_order("scale", declared_before.scales, declared_after.scales, changes);
    compare_order("metric", declared_before.metrics, declared_after.metrics, changes);
    compare_order("dimension", declared_before.dimensions, declared_after.dimensions, changes);
    compare_order("event", declared_before.events, declared_after.events, changes);
    compare_order("webhook", declared_before.webhooks, declared_after.webhooks, changes);
    compare_order("exclude", declared_before.exclusions, declared_after.exclusions, changes);
    compare_order("identity", declared_before.identities, declared_after.identities, changes);
    return changes;
}

std::vector<std::string> remarks_on(const std::vector<Change>& changes) {
    constexpr std::array<std::string_view, 3> no_definition{"target", "minimum", "order"};
    std::set<std::string> redefined;
    std::set<std::string> renumbered;
    for (const Change& change : changes) {
        if (change.noun != "metric" || change.kind != Change::Kind::Changed) {
            continue;
        }
        if (change.key == "version") {
            renumbered.insert(change.name);
        } else if (std::ranges::find(no_definition, change.key) == no_definition.end()) {
            redefined.insert(change.name);
        }
    }
    std::vector<std::string> remarks;
    for (const std::string& name : redefined) {
        if (!renumbered.contains(name)) {
            remarks.push_back(fmt::format(
                "metric {} is defined otherwise and keeps its version; raise `version`, so that "
                "nobody compares new values with old ones",
                quoted(name)));
        }
    }
    return remarks;
}

std::string to_text(const Change& change) {
    switch (change.kind) {
        case Change::Kind::Added:
            return fmt::format(
                "+ {}{}{}", place_of(change), change.after.empty() ? "" : ": ", change.after);
        case Change::Kind::Removed: return fmt::format("- {}", place_of(change));
        case Change::Kind::Changed: break;
    }
    return fmt::format("~ {}: {} {} -> {}",
                       place_of(change),
                       change.key,
                       change.before.empty() ? "(none)" : change.before,
                       change.after.empty() ? "(none)" : change.after);
}

}  // namespace kokemus::blueprint
