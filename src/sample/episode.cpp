#include "sample/episode.h"

#include <algorithm>
#include <cmath>

#include "sample/comments.h"

namespace kokemus::sample {

namespace {

bool is_person(Channel channel) {
    return channel == Channel::Phone || channel == Channel::Chat;
}

}  // namespace

int score_of(double experience, Scale scale) {
    const double part = (std::clamp(experience, -3.0, 3.0) + 3) / 6;
    switch (scale) {
        case Scale::Nps: return static_cast<int>(std::lround(part * 10));
        case Scale::Csat5: return 1 + static_cast<int>(std::lround(part * 4));
        case Scale::Ces7: return 1 + static_cast<int>(std::lround(part * 6));
        case Scale::None: break;
    }
    return -1;
}

Episode::Episode(const World& world, const Profile& profile, Random random, const Start& start,
                 std::vector<Event>& out)
    : world_(world),
      profile_(profile),
      random_(random),
      start_(start),
      out_(out),
      now_(start.time) {}

Event& Episode::touch(Touchpoint touchpoint) {
    return touch(touchpoint, facts(touchpoint).channel);
}

Event& Episode::touch(Touchpoint touchpoint, Channel channel) {
    felt_ += facts(touchpoint).effect;
    const bool is_hand_off = bot_was_last_ && is_person(channel);
    if (is_hand_off) {
        felt_ += planted::hand_off_effect;
    }
    bot_was_last_ = channel == Channel::Chatbot;
    Event& event = out_.emplace_back();
    event.time = now_;
    event.touchpoint = touchpoint;
    event.channel = channel;
    event.thread = start_.thread;
    event.thread_number = start_.number;
    if (is_person(channel)) {
        event.employee = static_cast<std::uint16_t>(first_agent + random_.below(agent_count));
        event.duration_seconds = std::round(90 + random_.exponential(300)) +
                                 (is_hand_off ? planted::hand_off_extra_seconds : 0);
    }
    ask(event);
    // Two things of one customer never stand at the same moment.
    now_ += second_ms * static_cast<Millis>(20 + random_.below(60));
    return event;
}

Event& Episode::touch_self_service(Touchpoint touchpoint) {
    wake();
    return touch(touchpoint, chance(profile_.app_share) ? Channel::App : Channel::Web);
}

Event& Episode::touch_person(Touchpoint touchpoint) {
    now_ = office_time(now_, random_);
    return touch(touchpoint);
}

void Episode::pass(double mean_hours) {
    const double hours = mean_hours * 0.05 + random_.exponential(mean_hours * 0.95);
    now_ += static_cast<Millis>(hours * static_cast<double>(hour_ms));
}

/// Few are asked, fewer answer; who answers depends on what they feel. The draws are the same
/// whatever comes of them.
void Episode::ask(Event& event) {
    event.experience = experience_without_noise() + random_.normal(0, planted::noise_deviation);
    const Scale scale = facts(event.touchpoint).scale;
    if (scale == Scale::None) {
        return;
    }
    const double rate = planted::answer_rates[static_cast<std::size_t>(profile_.segment)];
    const double answers =
        planted::asked_share * rate * std::exp(-planted::answer_tilt * event.experience);
    if (!chance(answers)) {
        return;
    }
    event.score = static_cast<std::int8_t>(score_of(event.experience, scale));
    if (chance(planted::comment_share)) {
        event.comment = pick_comment(event.touchpoint, event.experience, profile_.finnish, random_);
    }
}

}  // namespace kokemus::sample
