#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "timeline/dictionary.h"
#include "timeline/growing_array.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// The writer's side of what the parts of a timeline share: codes are given out and never change
/// while parts live together. Not thread safe.
class CodeSpace {
public:
    explicit CodeSpace(std::shared_ptr<const blueprint::Blueprint> blueprint);

    /// Goes on from what a timeline shares.
    explicit CodeSpace(const Shared& shared);

    const blueprint::Blueprint& blueprint() const { return *blueprint_; }

    /// A touchpoint with the channel and department that the blueprint gives it; code 0 for none.
    struct Touchpoint {
        Code code = 0;
        Code channel = 0;
        Code department = 0;
    };
    Touchpoint touchpoint(const std::string& name);

    Code answer(const std::string& scale, double score);

    Interner channels, departments, employees;
    std::vector<Interner> dimensions;  ///< as declared

    /// Everything given out so far, without the bounds of time. Cheap when nothing is new.
    Shared shared();

    /// See Interner::lose: of each dimension, the codes that nobody has any more.
    void lose(const std::vector<std::vector<bool>>& lost);

    /// Codes here -> codes in byte order of their texts, answers by scale and score.
    struct Sorted {
        Shared shared;
        std::vector<Code> touchpoints, channels, departments, employees, answers;
        std::vector<std::vector<Code>> dimensions;
    };

    /// As if everything had been given out in order of text; for a timeline made at once, so that
    /// equal encounters give equal columns.
    Sorted sorted() const;

private:
    struct AnswerKey {
        Code scale = 0;
        std::uint64_t score = 0;  ///< its bits

        friend bool operator==(const AnswerKey&, const AnswerKey&) = default;
    };

    struct HashAnswer {
        std::size_t operator()(const AnswerKey& key) const {
            return (key.score ^ key.scale) * 0x9E37'79B9'7F4A'7C15U;
        }
    };

    void declare(Shared& shared) const;
    void remember(const Answer& answer, Code code);

    std::shared_ptr<const blueprint::Blueprint> blueprint_;
    Interner touchpoints_, scales_;
    std::vector<std::pair<Code, Code>> defaults_;  ///< touchpoint -> channel, department
    GrowingArray<Answer> answers_;
    std::unordered_map<AnswerKey, Code, HashAnswer> answer_codes_;
    Shared given_;  ///< the latest answer of `shared`
    bool given_any_ = false;
};

}  // namespace kokemus::timeline
