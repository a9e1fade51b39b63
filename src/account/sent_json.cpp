#include "account/sent_json.h"

#include <algorithm>

#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::account {

namespace json = boost::json;

namespace {

constexpr std::size_t body_bytes_max = 64 * 1024;

std::string list_of(std::initializer_list<std::string_view> names) {
    std::string text;
    for (const std::string_view name : names) {
        text += (text.empty() ? "" : ", ") + std::string(name);
    }
    return text;
}

}  // namespace

Result<SentJson> SentJson::read(std::string_view body,
                                std::initializer_list<std::string_view> known) {
    if (body.size() > body_bytes_max) {
        return Error{ErrorCode::TooLarge, "The body is longer than 64 KiB."};
    }
    json::error_code fault;
    json::value value = json::parse(body, fault);
    if (fault || !value.is_object()) {
        return invalid_input(fmt::format("send a JSON object with {}", list_of(known)));
    }
    for (const auto& member : value.as_object()) {
        const std::string_view name(member.key().data(), member.key().size());
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            return invalid_input(
                fmt::format("{} is not known here; there are {}", quote(name), list_of(known)));
        }
    }
    return SentJson(std::move(value.as_object()));
}

const json::value* SentJson::find(std::string_view name) const {
    const json::value* value = object_.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

Result<std::string> SentJson::text(std::string_view name) const {
    const json::value* value = find(name);
    if (value == nullptr || !value->is_string()) {
        return invalid_input(fmt::format("{}: write a text", name));
    }
    return std::string(value->as_string());
}

Result<std::string> SentJson::text_or(std::string_view name, std::string otherwise) const {
    return find(name) == nullptr ? Result<std::string>(std::move(otherwise)) : text(name);
}

Result<bool> SentJson::flag_or(std::string_view name, bool otherwise) const {
    const json::value* value = find(name);
    if (value == nullptr) {
        return otherwise;
    }
    if (!value->is_bool()) {
        return invalid_input(fmt::format("{}: write true or false", name));
    }
    return value->as_bool();
}

Result<std::vector<std::string>> SentJson::texts_or(std::string_view name,
                                                    std::vector<std::string> otherwise) const {
    const json::value* value = find(name);
    if (value == nullptr) {
        return otherwise;
    }
    std::vector<std::string> texts;
    if (!value->is_array()) {
        return invalid_input(fmt::format("{}: write a list of texts", name));
    }
    for (const json::value& one : value->as_array()) {
        if (!one.is_string()) {
            return invalid_input(fmt::format("{}: write a list of texts", name));
        }
        texts.emplace_back(one.as_string());
    }
    return texts;
}

}  // namespace kokemus::account
