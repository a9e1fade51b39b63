#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kokemus::durability {

/// What the books say of something that was sent: never, without an answer, with one.
enum class Said : std::uint8_t { Nothing, Sent, Acknowledged };

/// One person in the books: under which names what was sent of them, which of the names were said
/// to be one customer, and whether they were erased. Everything that is sent of a person holds
/// their mark, so that a search of the bytes finds all of it and nothing of anybody else.
struct Person {
    /// The id of the user, and cookies that may be joined to it.
    static constexpr std::size_t names = 4;
    static constexpr std::size_t user = 0;

    enum class Form : std::uint8_t { Plain, Tracked };

    /// Encounters that were sent together.
    struct Batch {
        std::size_t name = user;
        std::uint64_t first = 0;
        std::size_t size = 0;
        Form form = Form::Plain;
        Said said = Said::Nothing;
    };

    explicit Person(std::uint64_t the_how_manieth) : number(the_how_manieth) {}

    std::uint64_t number;
    std::vector<Batch> batches;
    std::array<Said, names> joined{};  ///< each cookie to the user's id
    Said trait = Said::Nothing;
    Said erased = Said::Nothing;

    /// Long and without a pattern: parts of short ones stand in the tables by which a database
    /// shortens texts.
    std::string mark() const;
    std::string name(std::size_t which) const;
    std::string id(std::uint64_t encounter) const;
    std::string text(std::uint64_t encounter) const;
    std::string city() const;

    /// Whether anything was ever sent under this name.
    bool is_used(std::size_t which) const;

    /// Whether the answer to something is not known.
    bool has_open_ends() const;

    /// Encounters that were acknowledged.
    std::size_t acknowledged() const;

    /// A new batch, after those before; booked as sent.
    Batch& add(std::size_t name, std::size_t size, Form form);

    /// A batch as POST /api/encounters takes it, and one encounter, an `identify` and an `alias` as
    /// /v1 does. All three of /v1 say that the cookie is the user.
    std::string body(const Batch& batch) const;
    std::string track(const Batch& batch, std::size_t cookie) const;
    std::string identify(std::size_t cookie) const;
    std::string alias(std::size_t cookie) const;

    /// The order to erase this person by these names.
    static std::string erasure(const std::vector<std::string>& names);
};

/// What the server is to be started with (KOKEMUS_SERVER_WRITE_KEY), and what /v1 is sent.
inline constexpr const char* write_key = "durability";

}  // namespace kokemus::durability
