#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace kokemus::sample {

enum class CommentTopic : std::uint8_t { Ordering, Waiting, Bot, Visit, Line, Bill, Fault, Whole };
inline constexpr std::size_t comment_topic_count = 8;

struct CommentText {
    CommentTopic topic;
    std::uint8_t mood;  ///< 0 bad, 1 middling, 2 good
    bool finnish;
    std::string_view text;
};

/// What the customers of the sample organisation say; equal topic, mood and language stand
/// together.
std::span<const CommentText> comment_texts();

}  // namespace kokemus::sample
