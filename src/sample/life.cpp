#include "sample/life.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sample/journeys.h"

namespace kokemus::sample {

namespace {

using T = Touchpoint;

// Mean days between such things for one customer.
constexpr double fault_days = 150;
constexpr double move_days = 3300;
constexpr double change_days = 400;
constexpr double leaving_days = 3600;
constexpr double usage_days = 40;
constexpr double survey_days = 180;

/// One life while it is being made.
class Life {
public:
    Life(const World& world, const Profile& profile, Millis until, std::vector<Event>& out)
        : world_(world),
          profile_(profile),
          until_(until),
          out_(out),
          begins_(profile.joined) {}

    void play() {
        if (profile_.joins && !connect()) {
            return;
        }
        leave();
        faults();
        moves();
        changes();
        everyday();
        surveys();
    }

private:
    Random chance_of(Stream which, std::uint64_t index = 0) const {
        return stream(world_, profile_.number, which, index);
    }

    Episode episode(Stream which, std::uint64_t index, const Episode::Start& start) {
        return Episode(world_, profile_, chance_of(which, index), start, out_);
    }

    static Millis days(double count) {
        return static_cast<Millis>(count * static_cast<double>(day_ms));
    }

    Millis ends() const { return std::min(until_, left_); }

    bool connect() {
        Episode order = episode(
            Stream::Connect, 0, {ThreadKind::Order, 0, planted::base_connect, profile_.joined});
        const Outcome outcome = play_connect(order);
        complain(order, true, 1);
        felt_ = outcome.felt;
        begins_ = outcome.end;
        return outcome.is_customer;
    }

    /// The worse it was, the likelier; two of three of the angriest stay silent.
    void complain(Episode& after, bool about_bill, std::uint64_t index) {
        const double anger = std::max(0.0, -1.0 - after.felt());
        if (!after.chance(std::min(0.33, 0.012 + 0.09 * anger))) {
            return;
        }
        Episode complaint(world_,
                          profile_,
                          after.random(),
                          {ThreadKind::Complaint,
                           static_cast<std::uint32_t>(index),
                           after.experience_without_noise() - profile_.feeling,
                           after.now()},
                          out_);
        play_complaint(complaint, about_bill);
    }

    void leave() {
        Random random = chance_of(Stream::Leaving);
        // Whoever felt two points worse while getting connected leaves almost twice as soon.
        const double mean = leaving_days * std::exp(0.3 * std::clamp(felt_, -5.0, 1.0));
        const Millis time = begins_ + days(random.exponential(mean));
        if (time >= until_) {
            return;
        }
        Episode leaving =
            episode(Stream::Leaving, 1, {ThreadKind::Leaving, 0, planted::base_leave, time});
        if (!play_leave(leaving).is_customer) {
            left_ = time;
        }
    }

    void faults() {
        std::uint64_t index = 1;
        if (profile_.region == Region::North) {
            fault_of_the_cut();
        }
        Random arrivals = chance_of(Stream::Faults);
        Millis time = begins_;
        // Drawn at the rate of winter, of which two thirds are kept outside it.
        while ((time += days(arrivals.exponential(fault_days))) < ends()) {
            if (!is_winter(day_of(time)) && !arrivals.chance(0.67)) {
                continue;
            }
            time = fault(Stream::Faults, index++, time);
        }
    }

    Millis fault(Stream which, std::uint64_t index, Millis time) {
        Episode ticket = episode(
            which,
            index,
            {ThreadKind::Ticket, static_cast<std::uint32_t>(index), planted::base_fault, time});
        const Outcome outcome = play_fault(ticket);
        complain(ticket, false, 1 + index);
        return outcome.end;
    }

    void fault_of_the_cut() {
        Random random = chance_of(Stream::Cut);
        const bool is_hit = random.chance(planted::fibre_cut_fault_share);
        const double part = random.uniform();
        const Millis time = world_.fibre_cut_from +
                            static_cast<Millis>(part * static_cast<double>(world_.fibre_cut_to -
                                                                           world_.fibre_cut_from));
        if (is_hit && time > begins_ && time < ends()) {
            fault(Stream::Cut, 251, time);
        }
    }

    void moves() {
        Random arrivals = chance_of(Stream::Moves);
        Millis time = begins_;
        for (std::uint64_t index = 1; (time += days(arrivals.exponential(move_days))) < ends();
             ++index) {
            Episode move = episode(
                Stream::Moves,
                index,
                {ThreadKind::Move, static_cast<std::uint32_t>(index), planted::base_move, time});
            time = play_move(move).end;
        }
    }

    void changes() {
        Random arrivals = chance_of(Stream::Changes);
        Millis time = begins_;
        for (std::uint64_t index = 1; (time += days(arrivals.exponential(change_days))) < ends();
             ++index) {
            Episode change = episode(Stream::Changes,
                                     index,
                                     {ThreadKind::Change,
                                      static_cast<std::uint32_t>(index),
                                      planted::base_change,
                                      time});
            time = play_change(change).end;
        }
    }

    void everyday() {
        Random arrivals = chance_of(Stream::Everyday);
        Millis time = begins_;
        for (std::uint64_t index = 1; (time += days(arrivals.exponential(usage_days))) < ends();
             ++index) {
            Episode use = episode(
                Stream::Everyday, index, {ThreadKind::None, 0, planted::base_everyday, time});
            use.wake();
            use.touch(T::UsageViewed);
        }
    }

    /// Asked twice a year; nothing happens when they do not answer.
    void surveys() {
        Random arrivals = chance_of(Stream::Surveys);
        Millis time = begins_ + days(arrivals.uniform(20, survey_days));
        for (std::uint64_t index = 1; time < ends(); ++index, time += days(survey_days)) {
            Episode survey = episode(
                Stream::Surveys, index, {ThreadKind::None, 0, planted::base_everyday, time});
            survey.wake();
            survey.feel(0.4 * std::clamp(felt_, -4.0, 2.0));
            if (survey.touch(T::YearlySurvey).score < 0) {
                out_.pop_back();
            }
        }
    }

    const World& world_;
    const Profile& profile_;
    Millis until_;
    std::vector<Event>& out_;
    Millis begins_;
    Millis left_ = std::numeric_limits<Millis>::max();
    double felt_ = 0;
};

}  // namespace

void live(const World& world, const Profile& profile, Millis until, std::vector<Event>& out) {
    out.clear();
    if (profile.joined > until) {
        return;
    }
    Life(world, profile, until, out).play();
    std::erase_if(out, [until](const Event& event) { return event.time > until; });
    std::ranges::stable_sort(out, {}, &Event::time);
}

}  // namespace kokemus::sample
