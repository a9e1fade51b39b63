#include "person.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/random.h"

namespace kokemus::durability {

std::string Person::mark() const {
    return fmt::format(".{}-{:016x}.", number, Random(number).next());
}

std::string Person::name(std::size_t which) const {
    return which == user ? "user" + mark() : fmt::format("cookie-{}{}", which, mark());
}

std::string Person::id(std::uint64_t encounter) const {
    return fmt::format("{}{}", encounter, mark());
}

/// Long enough for a batch to take several sectors of a disk.
std::string Person::text(std::uint64_t encounter) const {
    return fmt::format("said {} {}{}", encounter, encounter * 2654435761U, mark());
}

std::string Person::city() const {
    return "city" + mark();
}

bool Person::is_used(std::size_t which) const {
    const bool is_joined =
        which == user ? std::ranges::any_of(joined, [](Said one) { return one != Said::Nothing; })
                      : joined[which] != Said::Nothing;
    return is_joined || std::ranges::any_of(batches, [&](const Batch& one) {
               return one.name == which && one.said != Said::Nothing;
           });
}

bool Person::has_open_ends() const {
    return trait == Said::Sent || std::ranges::count(joined, Said::Sent) > 0 ||
           std::ranges::any_of(batches, [](const Batch& one) { return one.said == Said::Sent; });
}

std::size_t Person::acknowledged() const {
    std::size_t all = 0;
    for (const Batch& batch : batches) {
        all += batch.said == Said::Acknowledged ? batch.size : 0;
    }
    return all;
}

Person::Batch& Person::add(std::size_t name, std::size_t size, Form form) {
    const std::uint64_t first = batches.empty() ? 0 : batches.back().first + batches.back().size;
    batches.push_back({name, first, size, form, Said::Sent});
    return batches.back();
}

namespace {

constexpr std::uint64_t first_time = 1'700'000'000'000;

std::uint64_t time_of(std::uint64_t number, std::uint64_t encounter) {
    return first_time + number * 1000 + encounter * 60'000;
}

}  // namespace

std::string Person::body(const Batch& batch) const {
    std::string body = "[";
    for (std::uint64_t i = batch.first; i < batch.first + batch.size; ++i) {
        body += fmt::format(
            R"({}{{"id":"{}","customer":"{}","time":{},"touchpoint":"touchpoint {}","text":"{}"}})",
            i == batch.first ? "" : ",",
            id(i),
            name(batch.name),
            time_of(number, i),
            i % 7,
            text(i));
    }
    return body + "]";
}

std::string Person::track(const Batch& batch, std::size_t cookie) const {
    return fmt::format(
        R"({{"writeKey":"{}","anonymousId":"{}","userId":"{}","messageId":"{}","event":"tracked",)"
        R"("properties":{{"words":"{}"}}}})",
        write_key,
        name(cookie),
        name(user),
        id(batch.first),
        text(batch.first));
}

std::string Person::identify(std::size_t cookie) const {
    return fmt::format(
        R"({{"writeKey":"{}","anonymousId":"{}","userId":"{}","traits":{{"city":"{}"}}}})",
        write_key,
        name(cookie),
        name(user),
        city());
}

std::string Person::alias(std::size_t cookie) const {
    return fmt::format(R"({{"writeKey":"{}","previousId":"{}","userId":"{}"}})",
                       write_key,
                       name(cookie),
                       name(user));
}

std::string Person::erasure(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) {
        list += fmt::format(R"({}"{}")", list.empty() ? "" : ",", name);
    }
    return fmt::format(R"({{"customers":[{}],"reason":"asked for"}})", list);
}

}  // namespace kokemus::durability
