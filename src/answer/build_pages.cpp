#include "answer/build.h"
#include "answer/finding.h"
#include "base/text.h"

namespace kokemus::answer {
namespace {

std::string_view kind_name(blueprint::ChannelKind kind) {
    switch (kind) {
        case blueprint::ChannelKind::SelfService: return "self-service";
        case blueprint::ChannelKind::Human: return "human";
        case blueprint::ChannelKind::Bot: return "bot";
        case blueprint::ChannelKind::Message: return "message";
    }
    return "";
}

TimelineEncounter encounter_of(question::TimelineRow row, const blueprint::Blueprint& blueprint) {
    TimelineEncounter encounter;
    if (const auto* channel = blueprint.channel(row.channel)) {
        encounter.channel_kind = kind_name(channel->kind);
    }
    if (const auto* touchpoint = blueprint.touchpoint(row.touchpoint)) {
        encounter.in_blueprint = true;
        encounter.stage = touchpoint->stage;
        encounter.visible = touchpoint->visible;
    }
    const blueprint::Scale* scale = blueprint.scale(row.scale);
    if (row.score && scale != nullptr) {
        encounter.experience = blueprint::experience(*scale, *row.score);
    }
    encounter.row = std::move(row);
    return encounter;
}

}  // namespace

Result<Built> build_episodes(const Asked& asked) {
    question::Question question = asked.question;
    question.limit = rows_of(question);
    question::EpisodePage page = TRY(asked.engine.episodes(question));
    Finding finding = page.total == 0
                          ? nothing_found()
                          : FindingMaker("episodes.count")
                                .value("total", page.total, units_text(page.total, question.per))
                                .done();
    Episodes episodes{page.total, question.offset, question.limit, std::move(page.rows)};
    return Built{page.population, std::move(episodes), std::move(finding), std::nullopt};
}

Result<Built> build_timeline(const Asked& asked) {
    question::Question question = asked.question;
    question.limit = rows_of(question);
    question::TimelinePage page = TRY(asked.engine.timeline(question));
    Finding finding =
        page.total == 0
            ? nothing_found()
            : FindingMaker("timeline.count")
                  .value("total", page.total, count_of(page.total, "encounter", "encounters"))
                  .done();
    Timeline timeline{question.customer, page.total, question.offset, question.limit, {}};
    timeline.rows.reserve(page.rows.size());
    for (question::TimelineRow& row : page.rows) {
        timeline.rows.push_back(encounter_of(std::move(row), asked.blueprint));
    }
    return Built{page.population, std::move(timeline), std::move(finding), std::nullopt};
}

}  // namespace kokemus::answer
