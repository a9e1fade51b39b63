#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "account/user.h"

/// What a route asks of whoever comes, and whether that is given.
namespace kokemus::account {

/// What one route asks: nothing, one right, or a proof that its handler checks. There is no
/// default, so that no route is without.
class Access {
public:
    /// For signing in and for what says nothing of the organisation.
    static constexpr Access anyone() { return Access(0); }
    static constexpr Access needs(Right right) { return Access(1 + static_cast<unsigned>(right)); }

    /// For what programs and pages of others send: the handler itself checks their write key or
    /// signature, and nobody is signed in.
    static constexpr Access by_sender() { return Access(1 + right_count); }

    /// As a number for those who do not know rights; 0 is `anyone`. Another number than ours gives
    /// none, and then nobody may pass.
    constexpr std::uint32_t mark() const { return mark_; }
    static std::optional<Access> from_mark(std::uint32_t mark);

    /// The right, or none for `anyone` and `by_sender`.
    std::optional<Right> right() const;
    constexpr bool is_by_sender() const { return mark_ == by_sender().mark_; }

private:
    explicit constexpr Access(std::uint32_t mark) : mark_(mark) {}
    std::uint32_t mark_;
};

enum class Gate : std::uint8_t {
    Open,
    SignIn,  ///< 401: nobody, or a session or key that has ended
    Closed,  ///< 403: it is known who that is, and this is not theirs
};

struct Decision {
    Gate gate = Gate::Closed;
    std::string words;  ///< what to do, when it is not open
};

/// Whether that person may pass. `person` is none when nothing was sent to prove who it is, or what
/// was sent no longer holds.
Decision decide(Access access, const std::optional<Person>& person);

/// Who everybody is on a server that stands open (`serve --open`): may look at everything and send
/// encounters, and has no account to rule or to use.
Person open_visitor();

/// Who knows the key in the server's own note in the data folder, as its user on its machine does:
/// may make backups, erase, hand a customer their copy, change the blueprint, and ask questions, as
/// who can write the folder can without being asked. Nothing else.
Person operator_of_server();

}  // namespace kokemus::account
