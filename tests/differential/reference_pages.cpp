#include <algorithm>
#include <map>
#include <tuple>

#include "reference.h"

/// Lists, page by page.
namespace kokemus::reference {

using question::Question;

question::EpisodePage episodes(const History& history, const Question& question) {
    const auto counted = count(history, question, question.per);
    question::EpisodePage out;
    out.population = counted.population;
    out.total = counted.units.size();
    for (const auto& unit : counted.units) {
        question::EpisodeRow row;
        row.customer = unit.customer;
        row.thread = unit.thread;
        row.start = unit.lived.front().time();
        row.end = unit.lived.back().time();
        row.encounters = unit.lived.size();
        row.status = unit.status;
        row.experience = history.experience(unit);
        for (const auto& lived : unit.lived) {
            row.path.push_back(lived.touchpoint());
        }
        out.rows.push_back(row);
    }
    std::stable_sort(out.rows.begin(), out.rows.end(), [](const auto& a, const auto& b) {
        return std::tie(a.start, a.customer, a.thread) < std::tie(b.start, b.customer, b.thread);
    });
    const std::size_t limit = question.limit > 0 ? question.limit : 50;
    std::vector<question::EpisodeRow> page;
    for (std::size_t i = question.offset; i < out.rows.size() && i < question.offset + limit; ++i) {
        page.push_back(out.rows[i]);
    }
    out.rows = page;
    return out;
}

question::TimelinePage timeline(const History& history, const Question& question) {
    question::TimelinePage out;
    std::vector<Lived> all;
    for (const auto& unit : count(history, question, question.per).units) {
        if (unit.customer == question.customer) {
            all.insert(all.end(), unit.lived.begin(), unit.lived.end());
        }
    }
    std::sort(all.begin(), all.end(), [](const Lived& a, const Lived& b) {
        return std::tie(a.encounter().time, a.encounter().sequence, a.encounter().id) <
               std::tie(b.encounter().time, b.encounter().sequence, b.encounter().id);
    });
    out.total = all.size();
    const std::size_t limit = question.limit > 0 ? question.limit : 500;
    for (std::size_t i = question.offset; i < all.size() && i < question.offset + limit; ++i) {
        const auto& encounter = all[i].encounter();
        question::TimelineRow row;
        row.time = encounter.time;
        row.touchpoint = encounter.touchpoint;
        row.channel = all[i].channel;
        row.department = all[i].department;
        row.employee = encounter.employee;
        row.thread = encounter.thread.value();
        row.score = encounter.score;
        row.scale = encounter.score ? encounter.scale : "";
        row.value = encounter.value;
        row.duration_seconds = encounter.duration_seconds;
        row.ledger_number = all[i].entry->number;
        out.rows.push_back(row);
    }
    return out;
}

question::Engine::Values values(const History& history, const question::Field& field,
                                const Question& question, std::size_t limit) {
    std::map<std::string, std::uint64_t> counts;
    for (const auto& unit : count(history, question, question.per).units) {
        for (const auto& lived : unit.lived) {
            ++counts[history.text(lived, field)];
        }
    }
    question::Engine::Values out;
    out.distinct = counts.size();
    for (const auto& [value, encounters] : counts) {
        out.most.push_back({value, encounters});
    }
    std::stable_sort(out.most.begin(), out.most.end(), [](const auto& a, const auto& b) {
        return a.encounters > b.encounters;
    });
    out.most.resize(std::min(out.most.size(), limit));
    return out;
}

}  // namespace kokemus::reference
