#pragma once

#include <algorithm>
#include <vector>

#include "sample/event.h"
#include "sample/profile.h"
#include "sample/world.h"

namespace kokemus::sample {

/// One pass of a customer through a journey while it is being made: time moves on, what happens is
/// felt until its end, and some answer.
class Episode {
public:
    struct Start {
        ThreadKind thread = ThreadKind::None;
        std::uint32_t number = 0;
        double base = 0;  ///< of the journey
        Millis time = 0;
    };

    Episode(const World& world, const Profile& profile, Random random, const Start& start,
            std::vector<Event>& out);

    /// Something happens now, in the touchpoint's usual channel or another one.
    Event& touch(Touchpoint touchpoint);
    Event& touch(Touchpoint touchpoint, Channel channel);

    /// On the web or in the app, as the customer likes.
    Event& touch_self_service(Touchpoint touchpoint);

    /// A call or a chat, when somebody answers it. Knows whether the chatbot came right before.
    Event& touch_person(Touchpoint touchpoint);

    /// Time passes; the mean of an exponential, never less than a twentieth of it.
    void pass(double mean_hours);

    /// Time passes until then, if it lies ahead.
    void pass_until(Millis time) { now_ = std::max(now_, time); }

    /// The customer does something next: not at night.
    void wake() { now_ = waking_time(now_, random_); }

    void feel(double effect) { felt_ += effect; }

    Millis now() const { return now_; }
    double felt() const { return felt_; }
    double experience_without_noise() const { return start_.base + profile_.feeling + felt_; }
    Random& random() { return random_; }
    const World& world() const { return world_; }
    const Profile& profile() const { return profile_; }
    bool chance(double share) { return random_.chance(share); }

private:
    void ask(Event& event);

    const World& world_;
    const Profile& profile_;
    Random random_;
    Start start_;
    std::vector<Event>& out_;
    Millis now_;
    double felt_ = 0;
    bool bot_was_last_ = false;
};

/// The score a feeling of -3..3 becomes on a scale.
int score_of(double experience, Scale scale);

}  // namespace kokemus::sample
