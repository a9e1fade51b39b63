#include "ledger/row_bytes.h"

#include <cstring>

namespace kokemus::ledger {

namespace {

/// Which fields are there.
constexpr std::uint64_t has_score = 1;
constexpr std::uint64_t has_value = 2;
constexpr std::uint64_t has_duration = 4;

/// Seven bits a byte, the lowest first.
void put_number(std::uint64_t number, std::string& bytes) {
    for (; number >= 0x80; number >>= 7U) {
        bytes.push_back(static_cast<char>(number | 0x80U));
    }
    bytes.push_back(static_cast<char>(number));
}

void put_text(std::string_view text, std::string& bytes) {
    put_number(text.size(), bytes);
    bytes.append(text);
}

template <typename T>
void put_whole(const T& value, std::string& bytes) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

void put_if(const std::optional<double>& number, std::string& bytes) {
    if (number) {
        put_whole(*number, bytes);
    }
}

/// Reads in the order of writing; from the first fault on everything is empty.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : rest_(bytes) {}

    std::uint64_t number() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            number |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80) {
                return number;
            }
        }
        is_well_ = false;
        return 0;
    }

    std::string_view text() { return take(number()); }

    template <typename T>
    T whole() {
        T value{};
        const std::string_view lying = take(sizeof(T));
        if (lying.size() == sizeof(T)) {
            std::memcpy(&value, lying.data(), sizeof(T));
        }
        return value;
    }

    /// Whether all was well and nothing is left.
    bool are_done() const { return is_well_ && rest_.empty(); }

    bool is_well() const { return is_well_; }

private:
    std::string_view take(std::uint64_t size) {
        if (size > rest_.size()) {
            is_well_ = false;
            rest_ = {};
            return {};
        }
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

    std::string_view rest_;
    bool is_well_ = true;
};

}  // namespace

void write_row(const RawRow& row, std::string& bytes) {
    put_number((row.score ? has_score : 0) | (row.value ? has_value : 0) |
                   (row.duration_seconds ? has_duration : 0),
               bytes);
    put_number(row.customer, bytes);
    put_whole(row.milliseconds, bytes);
    put_number(row.sequence, bytes);
    put_text(row.id, bytes);
    put_number(row.setting, bytes);
    put_number(row.employee, bytes);
    put_text(row.thread, bytes);
    put_if(row.score, bytes);
    put_text(row.text, bytes);
    put_if(row.value, bytes);
    put_if(row.duration_seconds, bytes);
    put_text(row.due, bytes);
    put_text(row.properties, bytes);
}

std::optional<RawRow> read_row(std::uint64_t number, std::string_view bytes) {
    Bytes lying(bytes);
    const std::uint64_t present = lying.number();
    const auto number_if = [&](std::uint64_t field) {
        return (present & field) != 0 ? std::optional(lying.whole<double>()) : std::nullopt;
    };
    RawRow row;
    row.number = number;
    row.customer = static_cast<std::uint32_t>(lying.number());
    row.milliseconds = lying.whole<std::int64_t>();
    row.sequence = lying.number();
    row.id = lying.text();
    row.setting = static_cast<std::uint32_t>(lying.number());
    row.employee = static_cast<std::uint32_t>(lying.number());
    row.thread = lying.text();
    row.score = number_if(has_score);
    row.text = lying.text();
    row.value = number_if(has_value);
    row.duration_seconds = number_if(has_duration);
    row.due = lying.text();
    row.properties = lying.text();
    return lying.are_done() ? std::optional(row) : std::nullopt;
}

void write_traits(const RawTraits& told, std::string& bytes) {
    put_number(told.customer, bytes);
    put_whole(std::int64_t{told.at.time_since_epoch().count()}, bytes);
    put_text(told.source, bytes);
    put_number(told.traits.size(), bytes);
    for (const auto& [trait, value] : told.traits) {
        put_text(trait, bytes);
        put_text(value, bytes);
    }
}

std::optional<RawTraits> read_traits(std::uint32_t number, std::string_view bytes) {
    Bytes lying(bytes);
    RawTraits told;
    told.number = number;
    told.customer = static_cast<std::uint32_t>(lying.number());
    told.at = Instant(Milliseconds(lying.whole<std::int64_t>()));
    told.source = lying.text();
    for (std::uint64_t left = lying.number(); left > 0 && lying.is_well(); --left) {
        const std::string_view trait = lying.text();
        told.traits.emplace(trait, lying.text());
    }
    return lying.are_done() ? std::optional(std::move(told)) : std::nullopt;
}

}  // namespace kokemus::ledger
