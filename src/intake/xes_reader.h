#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intake/byte_reader.h"

namespace kokemus::intake {

enum class XesType { Text, Time, Whole, Number, Truth, List };

/// One attribute. Children of attributes come as "parent.child"; a list's value is a JSON array of
/// its values.
struct XesAttribute {
    std::string key;
    XesType type = XesType::Text;
    std::string value;

    friend bool operator==(const XesAttribute&, const XesAttribute&) = default;
};

struct XesEvent {
    std::uint64_t line = 0;  ///< of <event>, counted from 1
    std::vector<XesAttribute> attributes;
};

struct XesTrace {
    std::uint64_t number = 0;  ///< counted from 1; 0: events outside of any trace
    std::uint64_t line = 0;
    std::vector<XesAttribute> attributes;
    std::vector<XesEvent> events;
};

/// A way to name an event: the values of these keys joined by "+".
struct XesClassifier {
    std::string name;
    std::vector<std::string> keys;
};

/// Takes what the reader finds. An error stops the reading and comes back from `read_xes`.
struct XesTaker {
    std::function<Status(const XesTrace&)> trace;
    std::function<void(const XesClassifier&)> classifier = {};
    std::function<void(std::string_view prefix)> extension = {};
};

/// Reads a log of IEEE 1849 (XES), any version, with or without its namespace, piece by piece.
/// Calls `taker.trace` once per trace, or several times in a row with the same number when a trace
/// holds more than `trace_bytes_max`.
///
/// Nothing outside of the file is ever opened and no entity is expanded: a document type
/// declaration is refused. Nesting and the length of a single value are bounded. Faults say the
/// line.
Status read_xes(ByteReader& bytes, std::string_view file_name, const XesTaker& taker);

namespace xes_limits {
inline constexpr std::size_t depth_max = 64;
inline constexpr std::size_t attributes_per_event_max = 10'000;
inline constexpr std::size_t event_bytes_max = 64 * 1024 * 1024;
inline constexpr std::size_t trace_bytes_max = 128 * 1024 * 1024;
}  // namespace xes_limits

}  // namespace kokemus::intake
