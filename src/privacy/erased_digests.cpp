#include "privacy/erased_digests.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/file.h"

namespace kokemus::privacy {

namespace {

namespace json = boost::json;

constexpr std::size_t file_bytes_max = 256ULL << 20U;

std::optional<ErasedDigests> parse(const std::string& text) {
    boost::system::error_code fault;
    const json::value value = json::parse(text, fault);
    const json::object* object = fault ? nullptr : value.if_object();
    const json::value* salt = object != nullptr ? object->if_contains("salt") : nullptr;
    const json::value* list = object != nullptr ? object->if_contains("erased") : nullptr;
    if (salt == nullptr || !salt->is_string() || list == nullptr || !list->is_array()) {
        return std::nullopt;
    }
    ErasedDigests digests{std::string(salt->as_string()), {}};
    for (const json::value& digest : list->as_array()) {
        if (!digest.is_string()) {
            return std::nullopt;
        }
        digests.digests.emplace_back(digest.as_string());
    }
    std::ranges::sort(digests.digests);
    return digests;
}

}  // namespace

Result<std::optional<ErasedDigests>> read_digests(const std::filesystem::path& file) {
    auto text = read_file(file, file_bytes_max);
    if (!text) {
        if (text.error().code == ErrorCode::NotFound) {
            return std::optional<ErasedDigests>();
        }
        return text.error();
    }
    auto digests = parse(*text);
    if (!digests) {
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} is damaged; it says who was erased. Bring it back from a "
                                 "copy, or remove it when the ledger was never restored from a "
                                 "backup since somebody was erased",
                                 file.string())};
    }
    return digests;
}

Status write_digests(const std::filesystem::path& file, const ErasedDigests& digests) {
    json::array list;
    for (const std::string& digest : digests.digests) {
        list.emplace_back(digest);
    }
    return write_file(
        file, json::serialize(json::object{{"salt", digests.salt}, {"erased", std::move(list)}}));
}

}  // namespace kokemus::privacy
