#pragma once

#include <string>

#include "http/message.h"

namespace kokemus::http {

/// What of a request decides in which form its answer leaves.
struct Wish {
    Method method = Method::Get;
    std::string accept_encoding;
    std::string if_none_match;
    bool may_pack = true;
};

/// May not be packed when a browser says that another site asked: how long such an answer is would
/// tell whoever listens on the way what in it is like what the other site wrote.
Wish wish_of(const Request& request);

/// Answers shorter than this are sent as they are: packing saves nothing.
inline constexpr std::size_t packed_bytes_min = 1024;

/// Makes the answer ready to leave: one to GET that was found has an ETag, its own or a strong one
/// made of its bytes, and becomes 304 when the client has it; text longer than `packed_bytes_min`
/// is packed by zstd or gzip as the client likes. Events, secrets and what is packed already keep
/// what they have.
void finish(const Wish& wish, Response& response);

/// The ETag of the same content in another coding: "x" and "x-zstd".
std::string tag_in(const std::string& tag, std::string_view coding);

/// Whether If-None-Match names the tag, in whatever coding; "*" names every one.
bool names_tag(std::string_view header, std::string_view tag);

}  // namespace kokemus::http
