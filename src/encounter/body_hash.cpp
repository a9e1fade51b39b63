#include "encounter/body_hash.h"

#include <bit>
#include <string_view>

namespace kokemus::encounter {

namespace {

static_assert(std::endian::native == std::endian::little, "the layout is little endian");

void put_u32(std::string& out, std::size_t number) {
    const auto narrow = static_cast<std::uint32_t>(number);
    out.append(reinterpret_cast<const char*>(&narrow), sizeof(narrow));
}

void put_i64(std::string& out, std::int64_t number) {
    out.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void put_text(std::string& out, std::string_view text) {
    put_u32(out, text.size());
    out.append(text);
}

void put_number(std::string& out, std::optional<double> number) {
    out += number ? '\1' : '\0';
    if (number) {
        const double normal = *number == 0 ? 0.0 : *number;
        put_i64(out, std::bit_cast<std::int64_t>(normal));
    }
}

void put_body(std::string& out, const Encounter& encounter) {
    out += '\1';
    for (const std::string* text : {&encounter.customer.value(),
                                    &encounter.touchpoint,
                                    &encounter.channel,
                                    &encounter.department,
                                    &encounter.employee,
                                    &encounter.thread.value(),
                                    &encounter.scale,
                                    &encounter.text,
                                    &encounter.language,
                                    &encounter.properties}) {
        put_text(out, *text);
    }
    put_i64(out, encounter.time.time_since_epoch().count());
    out += encounter.time_clamped ? '\1' : '\0';
    put_number(out, encounter.score);
    put_number(out, encounter.value);
    put_number(out, encounter.duration_seconds);
    put_u32(out, encounter.due.size());
    for (const auto& [promise, due] : encounter.due) {
        put_text(out, promise);
        put_i64(out, due.time_since_epoch().count());
    }
}

/// One buffer a thread, so that hashing a million encounters allocates once.
std::string& empty_buffer() {
    thread_local std::string buffer;
    buffer.clear();
    return buffer;
}

}  // namespace

Hash128 body_hash(const Encounter& encounter) {
    std::string& buffer = empty_buffer();
    put_body(buffer, encounter);
    return hash128(buffer);
}

std::uint64_t identity_key(std::string_view customer, std::string_view id, std::uint64_t seed) {
    std::string& buffer = empty_buffer();
    put_text(buffer, customer);
    buffer += id;
    const std::uint64_t key = hash64(buffer, seed);
    return key == 0 ? 1 : key;
}

std::uint64_t identity_key(const Encounter& encounter, std::uint64_t seed) {
    return identity_key(encounter.customer.value(), encounter.id.value(), seed);
}

bool same_body(const Encounter& stored, const Encounter& sent) {
    const bool same_time = stored.time_clamped ||
                           (stored.time == sent.time && stored.time_clamped == sent.time_clamped);
    return same_time && stored.customer == sent.customer && stored.touchpoint == sent.touchpoint &&
           stored.channel == sent.channel && stored.department == sent.department &&
           stored.employee == sent.employee && stored.thread == sent.thread &&
           stored.score == sent.score && stored.scale == sent.scale && stored.text == sent.text &&
           stored.language == sent.language && stored.value == sent.value &&
           stored.duration_seconds == sent.duration_seconds && stored.due == sent.due &&
           stored.properties == sent.properties;
}

}  // namespace kokemus::encounter
