#include "http/page.h"

#include <charconv>
#include <cstdint>

#include <fmt/format.h>

#include "http/parameters.h"

namespace kokemus::http {

namespace {

constexpr std::string_view between = "/";

std::string hexadecimal(std::string_view text) {
    std::string digits;
    for (const char letter : text) {
        digits += fmt::format("{:02x}", static_cast<unsigned char>(letter));
    }
    return digits;
}

std::optional<std::string> from_hexadecimal(std::string_view digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const std::string_view two = digits.substr(i, 2);
        unsigned byte = 0;
        const auto [end, fault] = std::from_chars(two.data(), two.data() + two.size(), byte, 16);
        if (two.size() != 2 || fault != std::errc() || end != two.data() + two.size()) {
            return std::nullopt;
        }
        text += static_cast<char>(byte);
    }
    return text;
}

Error no_cursor() {
    return invalid_input(
        "after: this leads to no part of this list; give what an answer of it says as next, or "
        "leave it out to begin anew");
}

}  // namespace

std::string Page::cursor(std::string_view place) const {
    return hexadecimal(fmt::format("{}{}{}", list, between, place));
}

Result<Page> page_of(const Request& request, const Paged& paged) {
    std::vector<std::string_view> known(paged.also.begin(), paged.also.end());
    known.insert(known.end(), {"limit", "after"});
    TRY(only_known(request, known));
    Page page{paged.list, TRY(request.count("limit", paged.entries_default, paged.entries_max))};
    if (page.limit == 0) {
        return invalid_input(fmt::format("limit: from 1 to {}", paged.entries_max));
    }
    const std::string_view sent = request.parameter("after");
    if (sent.empty()) {
        return page;
    }
    const auto cursor = from_hexadecimal(sent);
    const std::string beginning = fmt::format("{}{}", paged.list, between);
    if (!cursor || !cursor->starts_with(beginning) || cursor->size() == beginning.size()) {
        return no_cursor();
    }
    page.after = cursor->substr(beginning.size());
    return page;
}

Result<std::int64_t> number_of(const Page& page) {
    std::int64_t number = 0;
    const char* const last = page.after.data() + page.after.size();
    const auto [end, fault] = std::from_chars(page.after.data(), last, number);
    if (fault != std::errc() || end != last) {
        return no_cursor();
    }
    return number;
}

}  // namespace kokemus::http
