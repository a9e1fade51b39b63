#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/fault.h"

namespace kokemus::blueprint {

/// Where something stands in the file; both 1-based.
struct Place {
    int line = 0;
    int column = 0;
};

/// A blueprint while it is read: what is known so far, what is wrong with it, and where each value
/// stood, so that checks that need the whole can still point at the line. Parts are named by a
/// label (`promise "delivery"`) and a key.
class Draft {
public:
    Blueprint blueprint;
    bool whole =
        true;  ///< false: parts of the file could not be read, so what is missing is no fault

    void error(Place place, std::string message);
    void warning(Place place, std::string message);

    /// Puts "label: " before the message and finds the place of the key (or of its element).
    void error(std::string_view label, std::string_view key, std::string message,
               std::size_t element = 0);
    void warning(std::string_view label, std::string_view key, std::string message);

    /// As base/nearest.h has it, for the message of a fault; "" when so many are kept already that
    /// this one would not be shown: comparing very many names for each of them would take minutes.
    std::string did_you_mean(std::string_view name,
                             std::span<const std::string_view> candidates) const;

    /// Whether something was wrong under this label, so that later checks need not pile on.
    bool is_faulty(std::string_view label) const;

    void remember(std::string_view label, std::string_view key, Place place,
                  std::size_t element = 0);

    /// The remembered place, or else that of the label's heading.
    Place place(std::string_view label, std::string_view key, std::size_t element = 0) const;

    /// In the order of the file. At most 200 are kept; one more line says how many were left out.
    std::vector<Fault> take_faults();

private:
    void add(Place place, std::string message, Severity severity);

    std::vector<Fault> faults_;
    std::size_t left_out_ = 0;
    std::unordered_map<std::string, Place> places_;
    std::unordered_set<std::string> faulty_;
};

}  // namespace kokemus::blueprint
