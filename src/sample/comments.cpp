#include "sample/comments.h"

#include <array>
#include <span>
#include <vector>

#include "sample/comment_texts.h"

namespace kokemus::sample {

namespace {

enum class Mood : std::uint8_t { Bad, Middling, Good };

Mood mood_of(double experience) {
    if (experience < -0.5) {
        return Mood::Bad;
    }
    return experience < 1.0 ? Mood::Middling : Mood::Good;
}

struct Range {
    std::uint16_t first = 0;
    std::uint16_t count = 0;
};

/// The comments by topic, mood and language, as ranges of one list.
class Index {
public:
    Index() {
        std::size_t at = 0;
        const auto texts = comment_texts();
        while (at < texts.size()) {
            const CommentText& text = texts[at];
            std::size_t end = at;
            while (end < texts.size() && texts[end].topic == text.topic &&
                   texts[end].mood == text.mood && texts[end].finnish == text.finnish) {
                ++end;
            }
            ranges_[place(text.topic, static_cast<Mood>(text.mood), text.finnish)] = {
                static_cast<std::uint16_t>(at + 1), static_cast<std::uint16_t>(end - at)};
            at = end;
        }
    }

    Range range(CommentTopic topic, Mood mood, bool finnish) const {
        return ranges_[place(topic, mood, finnish)];
    }

private:
    static std::size_t place(CommentTopic topic, Mood mood, bool finnish) {
        return (static_cast<std::size_t>(topic) * 3 + static_cast<std::size_t>(mood)) * 2 +
               (finnish ? 1 : 0);
    }

    std::array<Range, comment_topic_count * 6> ranges_{};
};

CommentTopic topic_of(Touchpoint touchpoint) {
    using T = Touchpoint;
    switch (touchpoint) {
        case T::PlansCompared:
        case T::CallSales:
        case T::Store:
        case T::OrderPlaced:
        case T::OrderConfirmed:
        case T::RouterSent: return CommentTopic::Ordering;
        case T::VisitTimePicked:
        case T::VisitMoved:
        case T::NobodyCame:
        case T::CallWhereIsMyVisit: return CommentTopic::Waiting;
        case T::BotWhereIsIt:
        case T::BotNoConnection:
        case T::BotSomethingIsWrong: return CommentTopic::Bot;
        case T::TechnicianVisit:
        case T::RepairVisit: return CommentTopic::Visit;
        case T::SelfInstall:
        case T::LineActive:
        case T::SpeedTest:
        case T::CallNoConnection: return CommentTopic::Line;
        case T::FirstBill:
        case T::BillNotAsQuoted:
        case T::BillViewed:
        case T::CallTheBill:
        case T::LastBill: return CommentTopic::Bill;
        case T::FaultReported:
        case T::CallSomethingIsWrong:
        case T::ChatSomethingIsWrong:
        case T::CalledBack:
        case T::FaultFixed:
        case T::ComplaintAnswered: return CommentTopic::Fault;
        default: return CommentTopic::Whole;
    }
}

}  // namespace

std::uint16_t pick_comment(Touchpoint touchpoint, double experience, bool finnish, Random& random) {
    static const Index index;
    const Range range = index.range(topic_of(touchpoint), mood_of(experience), finnish);
    return range.count == 0 ? std::uint16_t{0}
                            : static_cast<std::uint16_t>(range.first + random.below(range.count));
}

std::string_view comment_text(std::uint16_t comment) {
    return comment == 0 ? std::string_view() : comment_texts()[comment - 1U].text;
}

}  // namespace kokemus::sample
