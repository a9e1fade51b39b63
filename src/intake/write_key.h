#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokemus::intake {

/// By which of its three ways a sender of the tracking API said who it is.
enum class KeyPlace { None, Body, Basic, Bearer };

/// What a sender showed; whether it may write is for a `WriteGate` to say.
struct ShownKey {
    KeyPlace place = KeyPlace::None;
    std::string key;

    friend bool operator==(const ShownKey&, const ShownKey&) = default;
};

/// Reads the `Authorization` header (empty: none) beside the `writeKey` of the body (empty: none):
/// Basic with the key as user and an empty password; Bearer, whose token says nothing to us,
/// with the key in the body; else the body's. A header that cannot be read so, or that names
/// another key than the body, is None: a sender that contradicts itself shows nothing.
ShownKey shown_key(std::string_view authorization, std::string_view body_key);

/// Who may write, and from which pages. Thread safe.
class WriteGate {
public:
    virtual ~WriteGate() = default;

    /// Whom the bearer of `key` (empty: none was shown) sends for, as it is noted ("key:ID",
    /// "write-key", "anybody"); none when it may not send.
    virtual std::optional<std::string> sender(std::string_view key) const = 0;

    /// Whether a page of this origin ("https://shop.example") may send with the key; with an empty
    /// key: with any of the keys, which is all that a preflight can ask.
    virtual bool allows_origin(std::string_view key, std::string_view origin) const = 0;
};

/// One key from the command line, or none and open (the demo).
class OneWriteKey final : public WriteGate {
public:
    /// Whether a server without a key takes what anybody sends, or nothing.
    enum class WithoutKey { Open, Closed };

    /// No origins: pages from anywhere may send, as a key in a page is no secret anyway.
    OneWriteKey(std::string key, std::vector<std::string> origins, WithoutKey without_key)
        : key_(std::move(key)),
          origins_(std::move(origins)),
          without_key_(without_key) {}

    std::optional<std::string> sender(std::string_view key) const override;
    bool allows_origin(std::string_view key, std::string_view origin) const override;

private:
    const std::string key_;
    const std::vector<std::string> origins_;
    const WithoutKey without_key_;
};

}  // namespace kokemus::intake
