#include "improve/improvement.h"

#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::improve {

namespace {

constexpr std::array<std::string_view, 6> designs{"randomised",
                                                  "staggered",
                                                  "difference-in-differences",
                                                  "interrupted-series",
                                                  "synthetic-control",
                                                  "before-after"};
constexpr std::array<std::string_view, 2> assignments{"lot", "chosen"};
constexpr std::array<std::string_view, 4> grades{"strong", "good", "fair", "weak"};
constexpr std::array<std::string_view, 4> verdicts{"confirmed",
                                                   "refuted",
                                                   "too-small",
                                                   "not-yet-known"};

template <typename Named, typename Names>
Result<Named> read_name(std::string_view what, std::string_view name, const Names& names) {
    std::string known;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) {
            return static_cast<Named>(i);
        }
        known += (known.empty() ? "" : ", ") + std::string(names[i]);
    }
    return invalid_input(fmt::format("there is no {} {}; there are {}", what, quote(name), known));
}

}  // namespace

std::string_view name_of(Design design) {
    return designs.at(static_cast<std::size_t>(design));
}

std::string_view name_of(Assignment assignment) {
    return assignments.at(static_cast<std::size_t>(assignment));
}

std::string_view name_of(Grade grade) {
    return grades.at(static_cast<std::size_t>(grade));
}

std::string_view name_of(stats::Verdict verdict) {
    return verdicts.at(static_cast<std::size_t>(verdict));
}

Result<Design> read_design(std::string_view name) {
    return read_name<Design>("design", name, designs);
}

Result<Assignment> read_assignment(std::string_view name) {
    return read_name<Assignment>("assignment", name, assignments);
}

}  // namespace kokemus::improve
