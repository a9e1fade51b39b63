#include "sample/event.h"

#include <charconv>

#include "sample/comments.h"

namespace kokemus::sample {

namespace {

constexpr std::array<std::string_view, 4> scale_names = {"", "nps", "csat5", "ces7"};
constexpr std::array<char, 7> thread_letters = {' ', 'O', 'T', 'C', 'M', 'P', 'L'};

/// "O-12345-1"; short enough to need no memory of its own up to a hundred million customers.
encounter::ThreadName thread_name(const Profile& profile, const Event& event) {
    if (event.thread == ThreadKind::None) {
        return {};
    }
    std::array<char, 24> order{};
    std::array<char, 16> number{};
    char* const order_end =
        std::to_chars(order.data(), order.data() + order.size(), profile.number + 1).ptr;
    char* const number_end =
        std::to_chars(number.data(), number.data() + number.size(), event.thread_number + 1).ptr;
    std::string text;
    text += thread_letters[static_cast<std::size_t>(event.thread)];
    text += '-';
    text.append(order.data(), order_end);
    text += '-';
    text.append(number.data(), number_end);
    return encounter::ThreadName(std::move(text));
}

encounter::EncounterId id_of(std::uint64_t place) {
    std::array<char, 24> text{};
    char* end = std::to_chars(text.data(), text.data() + text.size(), place + 1).ptr;
    return encounter::EncounterId(std::string(text.data(), end));
}

std::optional<double> when_positive(double number) {
    return number > 0 ? std::optional(number) : std::nullopt;
}

}  // namespace

void write_encounter(const Profile& profile, const Event& event, std::uint64_t place,
                     encounter::Encounter& into) {
    const TouchpointFacts& about = facts(event.touchpoint);
    into.customer = customer_name(profile.number);
    into.id = id_of(place);
    into.time = Instant(Milliseconds(event.time));
    into.sequence = place;
    into.touchpoint.assign(about.name);
    into.channel.assign(channel_names[static_cast<std::size_t>(event.channel)]);
    into.department.clear();
    into.employee.assign(employee_name(event.employee));
    into.thread = thread_name(profile, event);
    const bool has_answer = event.score >= 0;
    into.score = has_answer ? std::optional<double>(event.score) : std::nullopt;
    into.scale.assign(has_answer ? scale_names[static_cast<std::size_t>(about.scale)]
                                 : std::string_view());
    into.text.assign(comment_text(event.comment));
    into.language.assign(event.comment == 0 ? "" : (profile.finnish ? "fi" : "en"));
    into.value = when_positive(event.value);
    into.duration_seconds = when_positive(event.duration_seconds);
    into.due.clear();
    for (std::size_t i = 0; i < event.due_count; ++i) {
        into.due.emplace(promise_names[static_cast<std::size_t>(event.due[i].promise)],
                         Instant(Milliseconds(event.due[i].time)));
    }
    into.properties.clear();
    if (event.evening_call) {
        into.properties = R"({"evening_call":"yes"})";
    } else if (event.is_bill_test) {
        into.properties = event.short_bill ? R"({"bill":"short"})" : R"({"bill":"long"})";
    }
    into.time_clamped = false;
}

}  // namespace kokemus::sample
