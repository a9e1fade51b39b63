#include <fmt/format.h>

#include "account/access.h"

namespace kokemus::account {

std::optional<Access> Access::from_mark(std::uint32_t mark) {
    return mark <= by_sender().mark_ ? std::optional(Access(mark)) : std::nullopt;
}

std::optional<Right> Access::right() const {
    return mark_ == 0 || is_by_sender() ? std::nullopt
                                        : std::optional(static_cast<Right>(mark_ - 1));
}

Decision decide(Access access, const std::optional<Person>& person) {
    const auto right = access.right();
    if (!right || (person && person->rights.has(*right))) {
        return {Gate::Open, {}};
    }
    if (*right == Right::MakeBackups) {
        return {Gate::Closed,
                "A backup is made only for who knows the key in the server.json of the data "
                "folder: run \"kokemus backup\" on the machine of the server, as its user."};
    }
    if (!person) {
        return {Gate::SignIn,
                "Sign in, or send an API key as \"Authorization: Bearer kk_...\"; what was sent is "
                "missing or has ended."};
    }
    if (person->user.empty()) {
        return {Gate::Closed,
                "There are no accounts here: this server stands open to whoever reaches it."};
    }
    if (!person->key.empty()) {
        return {Gate::Closed, fmt::format("This API key lacks the right {}.", right_name(*right))};
    }
    return {Gate::Closed,
            fmt::format("This needs the right {}, which the role {} does not have.",
                        right_name(*right),
                        role_name(person->role))};
}

Person open_visitor() {
    Person visitor;
    visitor.rights = {Right::AskQuestions,
                      Right::ReadBlueprint,
                      Right::SeeCustomers,
                      Right::SeePersonalData,
                      Right::SendEncounters,
                      Right::ReadOperations,
                      Right::CorrectRefused,
                      Right::JoinCustomers};
    return visitor;
}

Person operator_of_server() {
    Person person;
    person.user = "operator";
    person.rights = {Right::MakeBackups,
                     Right::EraseCustomers,
                     Right::SeePersonalData,
                     Right::ReadBlueprint,
                     Right::AskQuestions,
                     Right::EditBlueprint};
    return person;
}

}  // namespace kokemus::account
