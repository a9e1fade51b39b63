#include "app/sight.h"

#include <algorithm>

#include <fmt/format.h>

#include "account/secret.h"
#include "base/text.h"
#include "consent/consent.h"

namespace kokemus::app {

namespace {

using account::Person;
using account::Right;
using account::Rights;
using question::ConditionPtr;
using question::Field;
using question::FieldOf;

/// Who asks by a customer or an employee asks about one person; who asks by a thread, about one
/// order or ticket of one customer.
Rights needed(const Field& field) {
    const std::string name = lower(field.name);
    if (field.of == FieldOf::Customer && name == "customer") {
        return {Right::SeePersonalData};
    }
    if (field.of == FieldOf::Encounter && name == "employee") {
        return {Right::SeePersonalData};
    }
    if (field.of == FieldOf::Encounter && name == "thread") {
        return {Right::SeeCustomers};
    }
    return {};
}

void add(Rights& rights, Rights more) {
    for (const Right right : {Right::SeePersonalData, Right::SeeCustomers}) {
        if (more.has(right)) {
            rights.add(right);
        }
    }
}

/// Every condition there is says here whether it names a person: a new one does not compile until
/// somebody has thought of it.
struct NeededOf {
    Rights& rights;

    void look(const ConditionPtr& condition) const {
        if (condition != nullptr) {
            std::visit(*this, condition->is);
        }
    }

    void operator()(const question::TextCondition& is) const { add(rights, needed(is.field)); }
    void operator()(const question::NumberCondition& is) const { add(rights, needed(is.field)); }
    void operator()(const question::Has& is) const { look(is.inner); }
    void operator()(const question::Not& is) const { look(is.part); }
    void operator()(const question::And& is) const {
        for (const ConditionPtr& part : is.parts) {
            look(part);
        }
    }
    void operator()(const question::Or& is) const {
        for (const ConditionPtr& part : is.parts) {
            look(part);
        }
    }
    void operator()(const question::Touches& /*is*/) const {}
    void operator()(const question::Goes& /*is*/) const {}
    void operator()(const question::Follows& /*is*/) const {}
    void operator()(const question::Lasts& /*is*/) const {}
    void operator()(const question::Size& /*is*/) const {}
    void operator()(const question::StatusCondition& /*is*/) const {}
    void operator()(const question::PromiseCondition& /*is*/) const {}
    void operator()(const question::Reaches& /*is*/) const {}
    void operator()(const question::Switches& /*is*/) const {}
    void operator()(const question::Repeats& /*is*/) const {}
    void operator()(const question::Deviates& /*is*/) const {}
    void operator()(const question::MakesPromise& /*is*/) const {}
    void operator()(const question::FirstContact& /*is*/) const {}
};

/// A factor may hold a condition, or tell employees apart.
void add_needed(Rights& rights, const question::Factor& factor) {
    NeededOf{rights}.look(factor.condition);
    const bool counted = factor.of == question::FactorOf::Distinct;
    if (factor.field && !counted) {
        add(rights, needed(*factor.field));
    }
}

Rights needed(const question::Question& question) {
    Rights rights;
    if (question.outcome) {
        add_needed(rights, *question.outcome);
    }
    for (const question::Factor& factor : question.factors) {
        add_needed(rights, factor);
    }
    if (question.kind == question::Kind::Timeline) {
        rights.add(Right::SeePersonalData);
    }
    if (question.kind == question::Kind::Episodes) {
        rights.add(Right::SeeCustomers);
    }
    NeededOf{rights}.look(question.where);
    NeededOf{rights}.look(question.having);
    for (const auto& field : {question.by, question.adjusted_for, question.among}) {
        if (field) {
            add(rights, needed(*field));
        }
    }
    return rights;
}

Status check(Rights needed, const Person& person) {
    for (const Right right : {Right::SeePersonalData, Right::SeeCustomers}) {
        if (needed.has(right) && !person.rights.has(right)) {
            return Error{ErrorCode::Forbidden,
                         fmt::format("This is about single customers or employees and needs the "
                                     "right {}, which the {} does not have. Counts over many are "
                                     "there for you.",
                                     account::right_name(right),
                                     person.key.empty()
                                         ? fmt::format("role {}", account::role_name(person.role))
                                         : std::string("API key"))};
        }
    }
    return {};
}

ConditionPtr one_of(std::string field, std::vector<std::string> values) {
    return question::make_condition(
        question::TextCondition{Field{FieldOf::Encounter, std::move(field)}, std::move(values)});
}

/// Whether the condition is there already, as in the drill of an answer that was narrowed.
bool holds(const ConditionPtr& where, const ConditionPtr& part) {
    if (where == nullptr || question::equal(where, part)) {
        return where != nullptr;
    }
    const auto* all = std::get_if<question::And>(&where->is);
    return all != nullptr &&
           std::any_of(all->parts.begin(), all->parts.end(), [&](const ConditionPtr& one) {
               return question::equal(one, part);
           });
}

std::string concealed(const std::string& customer, std::string_view key) {
    constexpr std::size_t digits = 12;
    return "customer " + account::token_for(key, customer).substr(0, digits);
}

void conceal_body(answer::Episodes& episodes, std::string_view key) {
    for (question::EpisodeRow& row : episodes.rows) {
        row.customer = concealed(row.customer, key);
    }
}

void conceal_body(answer::Foresight& foresight, std::string_view key) {
    for (answer::ForesightRow& row : foresight.rows) {
        row.customer = concealed(row.customer, key);
    }
}

}  // namespace

ConditionPtr within_reach(const Person& person) {
    switch (person.reach) {
        case account::Reach::Departments: return one_of("department", person.departments);
        case account::Reach::OwnCustomers:
            // nobody has no encounters: '' would match those that nobody served
            return one_of("employee",
                          person.employee.empty() ? std::vector<std::string>{}
                                                  : std::vector{person.employee});
        case account::Reach::Everything: break;
    }
    return nullptr;
}

Result<question::Question> as_may_be_asked(question::Question question, const Person& person) {
    TRY(check(needed(question), person));
    const ConditionPtr reach = within_reach(person);
    if (reach != nullptr && !holds(question.where, reach)) {
        question.where = question::both(question.where, reach);
    }
    return question;
}

question::Question of_who_agree(question::Question question,
                                const blueprint::Blueprint& blueprint) {
    const auto declared = std::ranges::find_if(blueprint.dimensions, [](const auto& dimension) {
        return dimension.source == blueprint::DimensionSource::Traits &&
               dimension.key == consent::trait_of(consent::analysis);
    });
    // Who looks at one customer analyses nobody.
    if (declared == blueprint.dimensions.end() || question.kind == question::Kind::Timeline) {
        return question;
    }
    const auto no = consent::words_of_no();
    const ConditionPtr agree = question::make_condition(
        question::TextCondition{Field{FieldOf::Customer, declared->name},
                                std::vector<std::string>(no.begin(), no.end()),
                                true});
    if (!holds(question.where, agree)) {
        question.where = question::both(question.where, agree);
    }
    return question;
}

Status must_see_personal_data(const Person& person) {
    if (person.rights.has(Right::SeePersonalData)) {
        return {};
    }
    return Error{ErrorCode::Forbidden,
                 fmt::format("This shows who customers are, so it needs the right {} too.",
                             account::right_name(Right::SeePersonalData))};
}

Status check_field(const Field& field, const Person& person) {
    return check(needed(field), person);
}

bool is_concealed(const Person& person) {
    return !person.rights.has(Right::SeePersonalData);
}

void conceal(answer::Answer& answer, std::string_view key) {
    if (auto* episodes = std::get_if<answer::Episodes>(&answer.body)) {
        conceal_body(*episodes, key);
    }
    if (auto* foresight = std::get_if<answer::Foresight>(&answer.body)) {
        conceal_body(*foresight, key);
    }
}

}  // namespace kokemus::app
