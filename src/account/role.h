#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

/// Who may do what: one table from roles to rights (role_rules.cpp).
namespace kokemus::account {

enum class Role : std::uint8_t {
    Admin,
    ExperienceLead,
    Analyst,
    Manager,  ///< of departments
    Agent,
    Viewer,
    Integration,  ///< a program; never signs in, comes with an API key
};

/// Named after what they allow. Numbers are the bit in `Rights`.
enum class Right : std::uint8_t {
    AskQuestions,     ///< counts and scores over many customers
    ReadBlueprint,    ///< the designed experience
    SeeCustomers,     ///< single customers and their timelines
    SeePersonalData,  ///< names, e-mail addresses, traits, and what customers wrote
    SendEncounters,   ///< bring encounters in
    UseOwnAccount,    ///< own password, second factor, sessions; never by an API key
    ManageUsers,      ///< add people, change their roles, disable them; never by an API key
    ManageKeys,       ///< make and revoke API keys; never by an API key
    ReadAudit,        ///< who did what
    EditBlueprint,    ///< change the designed experience, and the rules kept in it
    CorrectRefused,   ///< see what was refused at the door, correct it, send it again
    JoinCustomers,    ///< say that two identities are one person, and take it back
    EraseCustomers,   ///< erasure, access reports, consents, retention
    ManageTargets,    ///< where news are sent to: outgoing webhooks and mails
    ReadOperations,   ///< the server's own measures, for who runs it
    MakeBackups,      ///< let the server write a copy to its disk; no role's, see door_api.h
};

inline constexpr std::size_t right_count = 16;

/// Of what is there, what a role sees at all.
enum class Reach : std::uint8_t { Everything, Departments, OwnCustomers };

/// A set of rights.
class Rights {
public:
    constexpr Rights() = default;
    constexpr Rights(std::initializer_list<Right> rights) {
        for (const Right right : rights) {
            bits_ |= bit(right);
        }
    }

    static constexpr Rights all() {
        Rights rights;
        rights.bits_ = (1U << right_count) - 1;
        return rights;
    }

    constexpr bool has(Right right) const { return (bits_ & bit(right)) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr void add(Right right) { bits_ |= bit(right); }
    constexpr void remove(Right right) { bits_ &= ~bit(right); }

    /// Those that both have.
    friend constexpr Rights operator&(Rights a, Rights b) {
        a.bits_ &= b.bits_;
        return a;
    }
    friend constexpr bool operator==(Rights a, Rights b) { return a.bits_ == b.bits_; }

private:
    static constexpr std::uint32_t bit(Right right) {
        return std::uint32_t{1} << static_cast<unsigned>(right);
    }
    std::uint32_t bits_ = 0;
};

std::span<const Role> all_roles();

/// What the role allows; the one table.
Rights rights_of(Role role);
Reach reach_of(Role role);

/// "experience-lead", "see-personal-data": as the API and the store write them.
std::string_view role_name(Role role);
std::string_view right_name(Right right);

/// Reads such a name; fails with the names there are.
Result<Role> read_role(std::string_view name);
Result<Right> read_right(std::string_view name);

/// "ask-questions,read-blueprint"; empty for none.
std::string rights_text(Rights rights);
Result<Rights> read_rights(std::string_view text);

}  // namespace kokemus::account
