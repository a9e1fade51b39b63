#include "timeline/blueprint_digest.h"

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokemus::timeline {

namespace {

/// Lists values so that different lists are different texts: every text with its length before it.
class Listing {
public:
    void number(std::uint64_t number) {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            bytes_ += static_cast<char>(number >> shift & 0xFFU);
        }
    }

    void number(double number) { this->number(std::bit_cast<std::uint64_t>(number)); }

    void text(std::string_view text) {
        number(text.size());
        bytes_ += text;
    }

    void texts(const std::vector<std::string>& texts) {
        number(texts.size());
        for (const auto& one : texts) {
            text(one);
        }
    }

    Hash128 digest() const { return hash128(bytes_); }

private:
    std::string bytes_;
};

}  // namespace

Hash128 digest_of_columns(const blueprint::Blueprint& blueprint) {
    Listing list;
    list.number(blueprint.dimensions.size());
    for (const auto& dimension : blueprint.dimensions) {
        list.text(dimension.name);
        list.number(static_cast<std::uint64_t>(dimension.source));
        list.text(dimension.key);
    }
    list.number(blueprint.scales.size());
    for (const auto& scale : blueprint.scales) {
        list.text(scale.name);
        list.number(scale.low);
        list.number(scale.high);
        list.number(std::uint64_t{scale.high_is_good ? 1U : 0U});
    }
    list.number(blueprint.touchpoints.size());
    for (const auto& touchpoint : blueprint.touchpoints) {
        list.text(touchpoint.name);
        list.text(touchpoint.channel);
        list.text(touchpoint.owner);
    }
    list.number(blueprint.promises.size());
    for (const auto& promise : blueprint.promises) {
        list.text(promise.name);
        list.texts(promise.made);
        list.texts(promise.kept);
        list.number(std::uint64_t{promise.within ? 1U : 0U});
        list.number(static_cast<std::uint64_t>(promise.within.value_or(Milliseconds(0)).count()));
    }
    return list.digest();
}

}  // namespace kokemus::timeline
