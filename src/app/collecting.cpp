#include "app/collecting.h"

#include <mutex>
#include <utility>

namespace kokemus::app {

namespace {

constexpr std::size_t asserted_max = 100'000;

/// What one piece of evidence is known by; names hold no line breaks.
Hash128 key_of(const encounter::Assertion& said) {
    return hash128(said.name.value() + '\n' + said.other.value() + '\n' + said.text,
                   static_cast<std::uint64_t>(said.evidence));
}

/// Waits for both queues; the later one of the two calls `done`.
class Joined {
public:
    explicit Joined(std::function<void(const Kept&)> done) : done_(std::move(done)) {}

    void tell(const std::function<void(Kept&)>& note) {
        bool is_last = false;
        {
            const std::scoped_lock lock(mutex_);
            note(kept_);
            is_last = --left_ == 0;
        }
        if (is_last) {
            done_(kept_);
        }
    }

private:
    const std::function<void(const Kept&)> done_;
    std::mutex mutex_;  ///< over what follows
    Kept kept_;
    int left_ = 2;
};

}  // namespace

intake::CustomerQueue::Put tells(ledger::Ledger& ledger) {
    return [&ledger](const intake::CustomerNews& news) {
        return ledger.tell(
            {.customers = news.customers, .assertions = news.assertions, .source = "sent"});
    };
}

Collecting::Collecting(Present blueprint, intake::CommitQueue& encounters,
                       intake::CustomerQueue& customers, const intake::WriteGate& gate,
                       KeepRefused keep_refused)
    : blueprint_(std::move(blueprint)),
      encounters_(encounters),
      customers_(customers),
      gate_(gate),
      keep_refused_(std::move(keep_refused)),
      known_(std::make_shared<Guarded<Known>>()) {}

Result<std::shared_ptr<const CollectingRules>> Collecting::rules() {
    const auto blueprint = blueprint_();
    auto present = rules_.with([](const auto& rules) { return rules; });
    if (present && present->blueprint == blueprint) {
        return present;
    }
    auto made = std::make_shared<const CollectingRules>(
        CollectingRules{blueprint,
                        TRY(intake::EventMap::of(blueprint)),
                        TRY(intake::ExclusionRules::of(*blueprint))});
    rules_.with([&](auto& rules) { rules = made; });
    return std::shared_ptr<const CollectingRules>(std::move(made));
}

Collecting::News Collecting::not_yet_asserted(std::span<const encounter::Assertion> identities) {
    News news{{identities.begin(), identities.end()}};
    known_->with([&](const Known& known) {
        news.forgotten = known.forgotten;
        std::erase_if(news.assertions, [&](const encounter::Assertion& said) {
            return known.asserted.contains(key_of(said));
        });
    });
    return news;
}

/// What was offered before all was forgotten may have been refused, and is told again.
void Collecting::note_asserted(const News& told, Known& known) {
    if (told.forgotten != known.forgotten) {
        return;
    }
    if (known.asserted.size() > asserted_max) {
        known.asserted.clear();
    }
    for (const encounter::Assertion& said : told.assertions) {
        known.asserted.insert(key_of(said));
    }
}

void Collecting::forget_asserted() {
    known_->with([](Known& known) {
        known.asserted.clear();
        ++known.forgotten;
    });
}

void Collecting::refuse(const intake::Refusals& refused, const refused::Arrival& came) const {
    std::vector<refused::Item> items;
    items.reserve(refused.list().size());
    refused::Arrival each = came;
    for (const auto& one : refused.list()) {
        each.place = static_cast<std::int64_t>(one.index);
        items.push_back(refused::make_item(each, one.code, one.reason, one.item));
    }
    keep_refused_(std::move(items));
}

void Collecting::keep(intake::SentBatch& batch, std::function<void(const Kept&)> done) {
    const auto joined = std::make_shared<Joined>(std::move(done));
    const auto evidence = std::make_shared<const News>(not_yet_asserted(batch.identities));
    intake::CustomerNews news{std::move(batch.customers), evidence->assertions};

    Status taken = encounters_.offer(
        std::move(batch.encounters), [joined](const Result<ledger::Receipt>& receipt) {
            joined->tell([&](Kept& kept) { kept.encounters = receipt; });
        });
    if (!taken) {
        joined->tell([&](Kept& kept) {
            kept.encounters = taken.error();
            kept.is_full = true;
        });
    }
    taken = customers_.offer(
        std::move(news), [known_before = known_, joined, evidence](const Status& put) {
            if (put) {
                known_before->with([&](Known& known) { note_asserted(*evidence, known); });
            }
            joined->tell([&](Kept& kept) { kept.customers = put; });
        });
    if (!taken) {
        joined->tell([&](Kept& kept) {
            kept.customers = taken;
            kept.is_full = true;
        });
    }
}

}  // namespace kokemus::app
