#include "app/replaying.h"

#include <future>
#include <memory>
#include <utility>

#include "app/reread.h"
#include "base/clock.h"

namespace kokemus::app {

namespace {

using refused::Decision;
using refused::State;

/// What a batch says of itself, before anything is kept.
Tried rehearsed(const intake::SentBatch& batch) {
    Tried tried{batch.encounters, batch.customers, batch.refused, batch.excluded, {}, false};
    if (!batch.refused.empty()) {
        tried.outcome = "refused";
    } else if (!batch.encounters.empty() || !batch.customers.empty() || !batch.identities.empty()) {
        tried.outcome = "would be taken";
    } else if (!batch.excluded.empty()) {
        tried.outcome = "left out by " + batch.excluded.front().rule;
    } else {
        tried.outcome = "nothing";
    }
    tried.is_done = tried.outcome != "refused" && tried.outcome != "nothing";
    return tried;
}

/// With what became of it on the way to the disk.
void note_kept(Tried& tried, const Kept& kept) {
    if (tried.outcome != "would be taken") {
        return;
    }
    const ledger::Receipt& receipt = *kept.encounters;
    if (!receipt.conflicts.empty()) {
        tried.outcome = "conflict";
        tried.is_done = false;
        tried.refused.add(
            receipt.conflicts.front().index, "conflict", receipt.conflicts.front().reason, [] {
                return std::string();
            });
    } else if (receipt.accepted == 0 && receipt.erased > 0) {
        tried.outcome = "left out by an erasure";
    } else {
        tried.outcome = receipt.accepted == 0 && receipt.duplicates > 0 ? "duplicate" : "accepted";
    }
}

Decision decision_of(const Tried& tried, const std::string& by) {
    if (tried.is_done) {
        return {.state = State::Replayed,
                .outcome = tried.outcome,
                .at = SystemClock().now(),
                .by = by};
    }
    if (tried.refused.empty()) {
        return {.code = "nothing", .reason = "the text holds no item"};
    }
    const auto& first = tried.refused.list().front();
    return {.code = first.code, .reason = first.reason};
}

/// On its way; the answer comes from a committer's thread.
std::future<Kept> keep(Collecting& collecting, intake::SentBatch& batch) {
    const auto promise = std::make_shared<std::promise<Kept>>();
    auto kept = promise->get_future();
    collecting.keep(batch, [promise](const Kept& outcome) { promise->set_value(outcome); });
    return kept;
}

Status failure_of(const Kept& kept) {
    if (!kept.encounters) {
        return kept.encounters.error();
    }
    return kept.customers;
}

Tried unreadable(const Error& error) {
    Tried tried;
    tried.outcome = "refused";
    tried.refused.add(0, "not_json", error.message, [] { return std::string(); });
    return tried;
}

/// One of many, while its batch is on the way to the disk.
struct OnTheWay {
    std::string id;
    Tried tried;
    std::future<Kept> kept;
};

void count(const Tried& tried, TriedAll& all) {
    all.done += tried.is_done ? 1 : 0;
    all.conflicts += tried.outcome == "conflict" ? 1 : 0;
    all.refused += !tried.is_done && tried.outcome != "conflict" ? 1 : 0;
}

}  // namespace

Result<Tried> Replaying::replay(const refused::Item& item, std::string_view text,
                                const std::string& by, Rehearsal rehearsal) {
    intake::SentBatch batch = TRY(read_again(collecting_, item.arrival, text));
    Tried tried = rehearsed(batch);
    if (rehearsal == Rehearsal::Yes) {
        return tried;
    }
    if (tried.refused.empty()) {
        const Kept kept = keep(collecting_, batch).get();
        TRY(failure_of(kept));
        note_kept(tried, kept);
    }
    TRY(store_.decide(std::vector{std::pair{item.id, decision_of(tried, by)}}));
    return tried;
}

Result<TriedAll> Replaying::replay_all(refused::Wanted wanted, const std::string& after,
                                       const std::string& by, Rehearsal rehearsal) {
    wanted.state = State::Open;
    refused::Part part{.items = refused::bounds::replayed_items_max};
    if (!after.empty()) {
        part.after = TRY(read_place(after));
    }
    const auto items = TRY(store_.list(wanted, part));
    TriedAll all;
    std::vector<OnTheWay> sent;
    for (const refused::Item& item : items) {
        if (!item.is_whole) {  // it stays as it is until somebody writes it anew
            ++all.looked_at;
            ++all.refused;
            continue;
        }
        auto batch = read_again(collecting_, item.arrival, item.text);
        Tried tried = batch ? rehearsed(*batch) : unreadable(batch.error());
        std::future<Kept> kept;
        if (rehearsal == Rehearsal::No && tried.refused.empty()) {
            kept = keep(collecting_, *batch);
        }
        sent.push_back({item.id, std::move(tried), std::move(kept)});
    }
    std::vector<std::pair<std::string, Decision>> decided;
    Status failure;
    for (OnTheWay& one : sent) {
        if (one.kept.valid()) {
            const Kept kept = one.kept.get();
            if (const Status failed = failure_of(kept); !failed) {
                failure = failed;
                continue;
            }
            note_kept(one.tried, kept);
        }
        ++all.looked_at;
        count(one.tried, all);
        decided.emplace_back(one.id, decision_of(one.tried, by));
    }
    if (rehearsal == Rehearsal::No) {
        TRY(store_.decide(decided));
    }
    TRY(failure);
    if (items.size() == refused::bounds::replayed_items_max) {
        all.after = to_text(refused::place_of(items.back()));
    }
    return all;
}

}  // namespace kokemus::app
