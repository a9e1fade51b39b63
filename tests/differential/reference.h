#pragma once

#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "encounter/encounter.h"
#include "ledger/ledger.h"
#include "question/counts.h"
#include "question/engine.h"
#include "question/question.h"

/// The same answers once more, written as plainly as they can be from the words of the design:
/// lists of encounters, maps, one thing after the other. Slow on purpose; shares nothing with the
/// kernels but the types of the contract.
namespace kokemus::reference {

/// All that a question is asked of.
struct World {
    blueprint::Blueprint blueprint;
    std::vector<ledger::Entry> entries;
    std::vector<encounter::Customer> customers;
};

/// An encounter with what the blueprint adds to it.
struct Lived {
    const ledger::Entry* entry = nullptr;
    std::string channel;     ///< given, or the touchpoint's
    std::string department;  ///< given, or the touchpoint's owner

    const encounter::Encounter& encounter() const { return entry->encounter; }
    const std::string& touchpoint() const { return entry->encounter.touchpoint; }
    const std::string& thread() const { return entry->encounter.thread.value(); }
    const std::string& customer() const { return entry->encounter.customer.value(); }
    Instant time() const { return entry->encounter.time; }
};

/// Encounters of one customer that belong together, in order.
struct Unit {
    std::string customer;
    std::string thread;  ///< of threads, and of journeys that keep threads apart
    std::vector<Lived> lived;
    question::EpisodeStatus status = question::EpisodeStatus::Open;
};

/// What became of one promise.
struct Kept {
    std::string promise;
    Instant due{};
    std::optional<Instant> actual;
    question::PromiseOutcome outcome = question::PromiseOutcome::Open;
};

/// A world in order, and what follows from it and the blueprint alone.
class History {
public:
    explicit History(const World& world);

    const World& world() const { return world_; }
    const std::vector<std::vector<Lived>>& customers() const { return customers_; }  ///< by name
    const std::vector<Lived>& of(const std::string& customer) const;
    Instant latest() const { return latest_; }

    bool is_contact(const Lived& lived) const;
    bool is_machine(const Lived& lived) const;
    bool is_human(const Lived& lived) const;
    std::string topic(const Lived& lived) const;
    bool is_switch(const Lived& earlier, const Lived& later) const;
    bool is_forced(const Lived& earlier, const Lived& later) const;
    std::vector<Kept> promises_made(const Lived& lived) const;

    /// The value of a text field; "" for absent.
    std::string text(const Lived& lived, const question::Field& field) const;

    /// On the scale -3 .. +3.
    std::optional<double> experience(const Lived& lived) const;
    std::optional<double> experience(const Unit& unit) const;

private:
    const World& world_;
    std::vector<std::vector<Lived>> customers_;
    Instant latest_{};
};

/// The units of a question after its range, and how many encounters in the range belong to none.
std::vector<Unit> units_of(const History& history, const question::Unit& per, TimeRange range,
                           std::uint64_t& without_unit);

/// Whether a condition holds for one encounter of a unit.
bool holds(const History& history, const question::Condition& condition, const Unit& unit,
           const Lived& lived);

/// How far a unit gets along steps, in which times, and where in the unit.
struct Chain {
    std::size_t level = 0;
    std::vector<Instant> times;
    std::size_t place = 0;
};
Chain longest_chain(const Unit& unit, const std::vector<std::vector<std::string>>& steps,
                    std::optional<Milliseconds> within);

/// Units with only the encounters that count.
struct Counted {
    question::Population population;
    std::vector<Unit> units;
};
Counted count(const History& history, const question::Question& question,
              const question::Unit& per);

question::FlowCounts flow(const History& history, const question::Question& question);
question::VariantCounts variants(const History& history, const question::Question& question);
question::FunnelCounts funnel(const History& history, const question::Question& question);
question::SeriesCounts trend(const History& history, const question::Question& question);
question::SeriesCounts breakdown(const History& history, const question::Question& question);
question::PromiseCounts promises(const History& history, const question::Question& question);
question::SwitchCounts switches(const History& history, const question::Question& question);
question::CauseCounts causes(const History& history, const question::Question& question);
question::EpisodePage episodes(const History& history, const question::Question& question);
question::TimelinePage timeline(const History& history, const question::Question& question);
question::Engine::Values values(const History& history, const question::Field& field,
                                const question::Question& question, std::size_t limit);

/// A row of a table of units; numbers as text.
struct TableRow {
    std::uint64_t customer = 0;
    std::int64_t start = 0;
    std::vector<std::string> cells;  ///< "missing" where there is no number
};
std::vector<TableRow> table(const History& history, const question::Question& question,
                            const question::TableWish& wish);

}  // namespace kokemus::reference
