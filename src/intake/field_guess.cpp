#include "intake/field_guess.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace kokemus::intake {

namespace {

constexpr double words_length = 30;  ///< bytes that a column of sentences has on average at least

/// Chooses the column for each field.
class Guesser {
public:
    explicit Guesser(const std::vector<Profile>& profiles) : profiles_(profiles) {}

    FieldGuess guess() {
        choose_names();
        choose_contents();
        return std::move(guess_);
    }

private:
    /// The first column not taken yet that one of the words (best first) fits and `good` allows.
    template <typename Good>
    const Profile* pick(const std::string& field, std::initializer_list<std::string_view> words,
                        Good good) {
        for (const std::string_view word : words) {
            for (const Profile& profile : profiles_) {
                const bool free =
                    !guess_.is_taken(profile) && profile.values > 0 && !profile.is_tick();
                if (free && contains_word(profile.name, {word}) && good(profile)) {
                    return take(field, profile);
                }
            }
        }
        return nullptr;
    }

    const Profile* take(const std::string& field, const Profile& profile) {
        guess_.columns[field] = &profile;
        return &profile;
    }

    void choose_names() {
        const auto is_time = [](const Profile& profile) { return profile.is_time(); };
        const auto is_name = [](const Profile& profile) {
            return !profile.is_time() && !profile.few_values();
        };
        if (pick(
                "time",
                {"timestamp", "occurred", "event_time", "time", "date", "created", "opened", "_at"},
                is_time) == nullptr) {
            const auto found = std::find_if(profiles_.begin(), profiles_.end(), is_time);
            if (found != profiles_.end()) {
                take("time", *found);
            }
        }
        pick("customer",
             {"customer_unique",
              "customer",
              "client",
              "caller",
              "user",
              "member",
              "person",
              "passenger",
              "respondent",
              "account",
              "contact_id",
              "email",
              "e-mail",
              "respnum",
              "trace.concept:name"},
             is_name);
        pick("thread",
             {"order_id", "order", "ticket", "case", "incident", "claim", "number", "thread"},
             is_name);
        if (guess_.of("customer") == nullptr) {
            // Nobody is named: then whatever tells the rows apart stands for the customer.
            pick("customer", {"id", "number", "key"}, is_name);
        }
    }

    /// What people said is longer than what clerks note, whatever its column is called.
    void pick_longest_text() {
        const Profile* longest = nullptr;
        for (const Profile& profile : profiles_) {
            const bool said = !guess_.is_taken(profile) && !profile.few_values() &&
                              profile.mean_length() > words_length &&
                              !contains_word(profile.name, {"id"});
            if (said && (longest == nullptr || profile.mean_length() > longest->mean_length())) {
                longest = &profile;
            }
        }
        if (longest != nullptr) {
            take("text", *longest);
        }
    }

    void choose_contents() {
        const auto any = [](const Profile&) { return true; };
        const auto is_time = [](const Profile& profile) { return profile.is_time(); };
        const auto is_kind = [](const Profile& profile) {
            return profile.few_values() && !profile.is_time();
        };
        const auto is_score = [](const Profile& profile) { return scale_of(profile).has_value(); };
        pick("channel", {"channel", "contact_type", "contact type", "medium", "method"}, is_kind);
        pick("touchpoint",
             {"touchpoint",
              "concept:name",
              "activity",
              "event",
              "action",
              "step",
              "state",
              "status",
              "type",
              "category"},
             [&](const Profile& profile) { return is_kind(profile) && profile.is_filled(); });
        pick("department", {"department", "org:group", "group", "team"}, any);
        pick("employee",
             {"employee", "agent", "org:resource", "assigned", "resolved_by", "clerk"},
             any);
        pick("score",
             {"score", "rating", "nps", "csat", "netpro", "stars", "recommend", "satisf"},
             is_score);
        pick("text",
             {"comment", "text", "message", "feedback", "review", "verbatim", "remark"},
             [](const Profile& profile) {
                 return !profile.is_number() && profile.mean_length() > 12 &&
                        !contains_word(profile.name, {"id"});
             });
        if (guess_.of("text") == nullptr) {
            pick_longest_text();
        }
        pick("language", {"language", "lang", "locale"}, is_kind);
        pick("value",
             {"amount", "price", "total", "value", "revenue", "payment"},
             [](const Profile& profile) { return profile.is_number(); });
        pick("due", {"due", "deadline", "promised", "estimated", "planned", "expected"}, is_time);
    }

    const std::vector<Profile>& profiles_;
    FieldGuess guess_;
};

}  // namespace

bool FieldGuess::is_taken(const Profile& profile) const {
    return std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
        return column.second == &profile;
    });
}

FieldGuess guess_fields(const std::vector<Profile>& profiles) {
    return Guesser(profiles).guess();
}

}  // namespace kokemus::intake
