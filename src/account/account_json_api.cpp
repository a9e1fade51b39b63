#include "account/account_json_api.h"

#include <boost/json/serialize.hpp>

#include "account/forgery.h"

namespace kokemus::account {

namespace json = boost::json;

namespace {

http::Response refused(SignInRefusal refusal) {
    if (refusal == SignInRefusal::CodeNeeded) {
        return http::problem(http::Refusal{
            .status = 401,
            .code = "code_needed",
            .title = "A code is needed",
            .detail = "Write the code that your authenticator app shows now, or one of the codes "
                      "on paper."});
    }
    return http::problem(http::Refusal{
        .status = 401,
        .code = "sign_in_refused",
        .title = "Not signed in",
        .detail = "What was given does not fit together. Look at the e-mail address, the password "
                  "and the code; it is not said which of them is wrong."});
}

http::Response told_to_wait(Wait wait) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(wait.time + Milliseconds(999)).count();
    http::Response response = http::problem(
        http::Refusal{.status = 429,
                      .code = "too_many_tries",
                      .title = "Too many tries",
                      .detail = "There were too many wrong tries. Wait " + std::to_string(seconds) +
                                " seconds, then try again."});
    response.headers["retry-after"] = std::to_string(seconds);
    return response;
}

/// `answer` to what was done, or why it was not.
template <typename Done, typename Answer>
http::Response told(const Result<Proven<Done>>& outcome, const Answer& answer) {
    if (!outcome) {
        return http::problem(outcome.error());
    }
    if (const auto* refusal = std::get_if<SignInRefusal>(&*outcome)) {
        return refused(*refusal);
    }
    if (const auto* wait = std::get_if<Wait>(&*outcome)) {
        return told_to_wait(*wait);
    }
    return answer(std::get<Done>(*outcome));
}

}  // namespace

json::array rights_json(Rights rights) {
    json::array list;
    for (std::size_t i = 0; i < right_count; ++i) {
        if (const auto right = static_cast<Right>(i); rights.has(right)) {
            list.emplace_back(right_name(right));
        }
    }
    return list;
}

json::object user_json(const User& user) {
    return json::object{
        {"id", user.id},
        {"email", user.email},
        {"name", user.name},
        {"role", role_name(user.role)},
        {"departments", json::array(user.departments.begin(), user.departments.end())},
        {"employee", user.employee},
        {"disabled", user.is_disabled},
        {"second_factor", user.has_second_factor},
        {"invited", user.is_invited},
        {"made", format_instant(user.made)},
        {"version", version_of(user)}};
}

json::object key_json(const ApiKey& key) {
    return json::object{
        {"id", key.id},
        {"user", key.user},
        {"name", key.name},
        {"rights", rights_json(key.rights)},
        {"origins", json::array(key.origins.begin(), key.origins.end())},
        {"made", format_instant(key.made)},
        {"expires", format_instant(key.expires)},
        {"revoked", key.revoked ? json::value(format_instant(*key.revoked)) : json::value()},
        {"used", key.used ? json::value(format_instant(*key.used)) : json::value()}};
}

json::value next_json(const std::optional<std::string>& next) {
    return next ? json::value(*next) : json::value();
}

http::Response shown(const Result<json::object>& object) {
    return object ? http::json(json::serialize(*object)) : http::problem(object.error());
}

http::Response answered(const Result<json::object>& object) {
    http::Response response = shown(object);
    response.is_secret = object.has_value();
    return response;
}

json::object me_json(const User& user, const Person& person, std::string_view session_secret) {
    return json::object{{"signed_in", true},
                        {"open", false},
                        {"set_up", true},
                        {"user", user_json(user)},
                        {"key", nullptr},
                        {"rights", rights_json(person.rights)},
                        {"token", forgery_token(session_secret)}};
}

json::object program_json(const Person& person) {
    return json::object{{"signed_in", true},
                        {"open", false},
                        {"set_up", true},
                        {"user", nullptr},
                        {"key", person.key.empty() ? json::value() : json::value(person.key)},
                        {"rights", rights_json(person.rights)},
                        {"token", nullptr}};
}

http::Response begun(const Result<SignInOutcome>& outcome, Transport transport) {
    return told<SignedIn>(outcome, [transport](const SignedIn& signed_in) {
        http::Response response =
            answered(me_json(signed_in.user, person_of(signed_in.user), signed_in.secret));
        response.headers["set-cookie"] = cookie_set(signed_in.secret, transport);
        return response;
    });
}

http::Response proposed(const Result<Proven<FactorProposal>>& outcome) {
    return told<FactorProposal>(outcome, [](const FactorProposal& proposal) {
        return answered(json::object{{"secret", proposal.secret}, {"link", proposal.link}});
    });
}

http::Response confirmed(const Result<Proven<RecoveryCodes>>& outcome) {
    return told<RecoveryCodes>(outcome, [](const RecoveryCodes& codes) {
        return answered(json::object{{"recovery_codes", json::array(codes.begin(), codes.end())}});
    });
}

}  // namespace kokemus::account
