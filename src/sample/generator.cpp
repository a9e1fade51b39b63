#include "sample/generator.h"

#include <algorithm>
#include <cmath>

#include "sample/life.h"

namespace kokemus::sample {

struct Generator::State {
    explicit State(const Options& options) : world(options) {}

    World world;
    std::uint64_t next_customer = 0;
    std::uint64_t next_trait = 0;
    Profile profile;
    std::vector<Event> events;   ///< of the customer whose turn it is
    std::size_t next_event = 0;  ///< to give
    Realised realised;

    void count();
};

void Generator::State::count() {
    Realised::Group& group = realised.segments[static_cast<std::size_t>(profile.segment)];
    ++realised.customers;
    realised.encounters += events.size();
    group.encounters += events.size();
    for (const Event& event : events) {
        const auto milli = static_cast<std::int64_t>(std::lround(event.experience * 1000));
        group.experience_milli += milli;
        if (event.score >= 0) {
            ++group.answers;
            group.answered_experience_milli += milli;
        }
        ++realised.touchpoints[static_cast<std::size_t>(event.touchpoint)];
    }
}

Generator::Generator(const Options& options) : state_(std::make_unique<State>(options)) {}
Generator::~Generator() = default;
Generator::Generator(Generator&&) noexcept = default;

bool Generator::next(std::vector<encounter::Encounter>& batch, std::size_t size) {
    State& state = *state_;
    std::size_t used = 0;
    batch.resize(size);
    while (used < size) {
        if (state.next_event == state.events.size()) {
            if (state.next_customer == state.world.options.customers) {
                break;
            }
            state.profile = make_profile(state.world, state.next_customer++);
            live(state.world, state.profile, state.world.to, state.events);
            state.count();
            state.next_event = 0;
        }
        const std::size_t end = std::min(state.events.size(), state.next_event + size - used);
        for (; state.next_event < end; ++state.next_event) {
            write_encounter(
                state.profile, state.events[state.next_event], state.next_event, batch[used++]);
        }
    }
    batch.resize(used);
    return used > 0;
}

bool Generator::next_customers(std::vector<encounter::Customer>& batch, std::size_t size) {
    State& state = *state_;
    batch.clear();
    for (; batch.size() < size && state.next_trait < state.world.options.customers;
         ++state.next_trait) {
        batch.push_back(make_customer(state.world, make_profile(state.world, state.next_trait)));
    }
    return !batch.empty();
}

const Realised& Generator::realised() const {
    return state_->realised;
}

std::uint64_t Generator::customers_done() const {
    return state_->next_customer;
}

}  // namespace kokemus::sample
