#include "row_file.h"

#include <cstring>
#include <fstream>
#include <string>

#include <boost/json.hpp>

namespace kokemus::bench {
namespace {

using timeline::Code;
using timeline::Part;
using timeline::Row;
using timeline::Timeline;

constexpr std::size_t flush_bytes = 1U << 20U;

template <typename Number>
void put(std::string& bytes, Number number) {
    std::array<char, sizeof(Number)> raw{};
    std::memcpy(raw.data(), &number, raw.size());
    bytes.append(raw.data(), raw.size());
}

boost::json::array texts_of(const timeline::Dictionary& dictionary) {
    boost::json::array texts;
    for (Code code = 0; code < dictionary.size(); ++code) {
        texts.emplace_back(dictionary.string(code));
    }
    return texts;
}

std::size_t place_of_plan(const Timeline& timeline) {
    std::size_t place = 0;
    while (timeline.dimensions[place].name != "plan") {
        ++place;
    }
    return place;
}

void put_row(const Part& part, Code plan, Row row, std::string& bytes) {
    put(bytes, static_cast<std::uint32_t>((part.time[row] - part.first_time) / 25));
    put(bytes, std::int64_t{part.time[row]});
    put(bytes, static_cast<std::uint8_t>(part.touchpoint[row]));
    put(bytes, static_cast<std::uint8_t>(part.channel[row]));
    put(bytes, static_cast<std::uint8_t>(plan));
    const auto* answer = part.answer.at(row);
    put(bytes, static_cast<std::uint8_t>(answer == nullptr ? 0 : answer->scale));
    put(bytes, answer == nullptr ? -1.0F : static_cast<float>(answer->score));
}

}  // namespace

Status write_row_file(const Timeline& timeline, const std::filesystem::path& path) {
    std::ofstream file(path, std::ios::binary);
    const std::size_t plan = place_of_plan(timeline);
    std::string bytes;
    std::uint32_t customers = 0, place = 0;
    for (const auto& part : timeline.parts) {
        for (Code customer = 0; customer < part.customer_count(); ++customer) {
            const Row end = part.is_gone(customer) ? 0 : part.customer_offsets[customer + 1];
            for (Row row = part.customer_offsets[customer]; row < end; ++row) {
                put(bytes, customers + customer);
                put(bytes, place++);
                put_row(part, part.dimension[plan][customer], row, bytes);
            }
            if (bytes.size() > flush_bytes) {
                file << bytes;
                bytes.clear();
            }
        }
        customers += static_cast<std::uint32_t>(part.customer_count());
    }
    file << bytes;
    std::ofstream texts(path.string() + ".texts.json");
    texts << boost::json::serialize(
        boost::json::object{{"touchpoint", texts_of(timeline.touchpoints)},
                            {"channel", texts_of(timeline.channels)},
                            {"scale", texts_of(timeline.scales)},
                            {"plan", texts_of(timeline.dimensions[plan].texts)},
                            {"time_zone", timeline.blueprint->time_zone}});
    if (!file.flush() || !texts.flush()) {
        return Error{ErrorCode::Unavailable, "cannot write " + path.string()};
    }
    return {};
}

}  // namespace kokemus::bench
