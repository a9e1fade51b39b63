#pragma once

#include <iosfwd>
#include <vector>

#include "question/question.h"
#include "reference.h"

namespace kokemus::reference {

/// An encounter as a few small numbers, so that rapidcheck can make it simpler where a test fails.
struct Drawn {
    int customer = 0;
    int touchpoint = 0;
    int half_hours = 0;
    int half_days = 0;
    int months = 0;
    int sequence = 0;
    int channel = 0;  ///< 0: none given
    int thread = 0;   ///< 0: none
    int score = 0;    ///< 0: none
    int extra = 0;    ///< bits: scale, value, duration, property, employee
    int due = 0;      ///< 0: none
};

std::ostream& operator<<(std::ostream& out, const Drawn& drawn);

/// Numbers that questions are made from; none left means 0, which is always the simplest choice.
class Choices {
public:
    explicit Choices(std::vector<int> numbers) : numbers_(std::move(numbers)) {}

    int pick(int count) { return next_ < numbers_.size() ? numbers_[next_++] % count : 0; }

private:
    std::vector<int> numbers_;
    std::size_t next_ = 0;
};

/// Journeys with and without threads, with starts that are ends, silence and length; promises by
/// due and by rule; metrics of every kind; a touchpoint and a channel that it does not know.
blueprint::Blueprint awkward_blueprint();

/// The encounters drawn, under `awkward_blueprint`; some customers have traits.
World make_world(const std::vector<Drawn>& drawn);

/// A question of the kind over that blueprint: any unit, range, filter, and what the kind needs.
question::Question make_question(question::Kind kind, Choices& choices);

/// A table of units of any factors, with an outcome or without.
question::TableWish make_wish(const question::Question& question, Choices& choices);

/// A text field of any kind.
question::Field make_field(Choices& choices);

}  // namespace kokemus::reference
