#include "encounter/assertion.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kokemus::encounter {

namespace {

constexpr auto names = std::to_array<std::pair<Evidence, std::string_view>>({
    {Evidence::SameMessage, "same_message"},
    {Evidence::Alias, "alias"},
    {Evidence::Email, "email"},
    {Evidence::Phone, "phone"},
    {Evidence::Key, "key"},
    {Evidence::Verified, "verified"},
    {Evidence::Person, "person"},
    {Evidence::Apart, "apart"},
    {Evidence::Member, "member"},
    {Evidence::Retracted, "retracted"},
    {Evidence::Anonymous, "anonymous"},
});

}  // namespace

std::string_view name_of(Evidence evidence) {
    const auto found =
        std::ranges::find(names, evidence, [](const auto& row) { return row.first; });
    return found == names.end() ? std::string_view() : found->second;
}

std::optional<Evidence> evidence_of(std::string_view name) {
    const auto found = std::ranges::find(names, name, [](const auto& row) { return row.second; });
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace kokemus::encounter
