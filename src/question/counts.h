#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "question/filter.h"
#include "stats/log_histogram.h"
#include "stats/moments.h"

/// What engines return: counts and sufficient statistics, never an interval or a rate. All counters
/// are exact. Every list is in a canonical order (said beside it), so that equal data give equal
/// bytes.
namespace kokemus::question {

/// What was looked at, the same for every question.
struct Population {
    std::uint64_t encounters = 0;  ///< that count after range and filter
    std::uint64_t units = 0;       ///< with at least one of them
    std::uint64_t customers = 0;
    std::uint64_t without_unit = 0;  ///< encounters in range that belong to no thread or episode
    std::optional<Instant> first;    ///< earliest and latest encounter that counts
    std::optional<Instant> latest;
};

/// Experience of a set of episodes: one value per episode with at least one score, the mean of its
/// scores, each moved linearly from its scale to -3 (worst) .. +3 (best).
using Experience = stats::Moments;

struct FlowNode {
    std::string touchpoint;
    /// The one most of these encounters have; of equals the first by name; "" for none
    std::string channel;
    std::uint64_t encounters = 0;
    std::uint64_t units = 0;
    std::uint64_t customers = 0;
    /// Of the scores given at this very touchpoint, one value per encounter
    Experience experience;
    /// Sum over encounters of (index in unit) / (length - 1), 0 for units of one: order on the map
    double position_sum = 0;
};

struct FlowEdge {
    std::string from;  ///< "START" or a touchpoint
    std::string to;    ///< "END" or a touchpoint
    std::uint64_t count = 0;
    std::uint64_t units = 0;
    std::uint64_t customers = 0;
    std::uint64_t forced = 0;          ///< traversals that are forced switches
    stats::LogHistogram milliseconds;  ///< time between; empty for START and END edges
    double seconds_sum = 0;            ///< exact total of the times between
    Experience experience;             ///< of the units that take the edge
};

/// Nodes by touchpoint name, edges by (from, to); "START" and "END" sort as their text. Of a
/// question for the counts alone only the names, `encounters` and `count` are filled in.
struct FlowCounts {
    Population population;
    std::vector<FlowNode> nodes;
    std::vector<FlowEdge> edges;
    Experience experience;  ///< of all units
};

struct Variant {
    std::vector<std::string> path;
    std::uint64_t count = 0;  ///< units
    std::uint64_t customers = 0;
    stats::LogHistogram milliseconds;  ///< first to last encounter
    double seconds_sum = 0;
    Experience experience;
};

/// Variants by count descending, then path; the requested rows only, all others summed in `other`.
struct VariantCounts {
    Population population;
    std::vector<Variant> variants;
    std::uint64_t distinct = 0;
    std::uint64_t other_variants = 0;
    std::uint64_t other_count = 0;
};

struct FunnelStep {
    std::vector<std::string> touchpoints;
    std::uint64_t units = 0;  ///< that reached this step
    std::uint64_t customers = 0;
    /// From step 1 to this step, of the chain that windowFunnel counts
    stats::LogHistogram milliseconds;
    double seconds_sum = 0;
    /// Of those who stopped here: the next touchpoint after it, "END" for none
    std::map<std::string, std::uint64_t> instead;
};

struct FunnelCounts {
    Population population;
    std::vector<FunnelStep> steps;
};

/// Sufficient statistics of any metric; a metric reads the part its kind needs.
struct MetricCounts {
    /// Score -> answers; more distinct values than limits::score_levels_max: see `overflow`
    std::map<double, std::uint64_t> levels;
    bool overflow = false;  ///< too many levels: only `scores` is complete
    stats::Moments scores;
    std::uint64_t kept = 0, late = 0, broken = 0, open = 0, at_risk = 0;
    std::uint64_t completed = 0, abandoned = 0, unfinished = 0;
    /// Contact rate: sums over customers of contacts a and exposure b (units of the question).
    std::uint64_t customers = 0;
    double a = 0, b = 0, aa = 0, ab = 0, bb = 0;
};

struct MetricGroup {
    std::string value;  ///< of the breakdown field; "" for absent
    /// Of the day, week or month (trend), in the blueprint's time zone
    std::optional<Instant> start;
    std::optional<Instant> end;  ///< exclusive
    MetricCounts counts;
    std::uint64_t encounters = 0;
};

/// Trend: every period from the first to the latest, also empty ones, by time. Breakdown: by value.
struct SeriesCounts {
    Population population;
    MetricCounts total;
    std::vector<MetricGroup> groups;
};

struct PromiseTally {
    std::string promise;
    std::uint64_t made = 0;  ///< kept + late + broken + open
    std::uint64_t kept = 0, late = 0, broken = 0, open = 0;
    std::uint64_t at_risk = 0;  ///< of the open ones
    std::uint64_t customers = 0;
    stats::LogHistogram early_milliseconds;  ///< slack of the kept: due - actual
    stats::LogHistogram late_milliseconds;   ///< actual - due of the late
    double slack_seconds_sum = 0;            ///< of kept and late, signed
    /// Kept and late per bin of `slack_edges`; size edges + 1
    std::vector<std::uint64_t> slack_bins;
    Experience after_kept, after_late, after_broken;  ///< of the units holding such a promise
};

/// Edges of the slack bins in seconds, ascending, negative = late; a slack s lies in the first bin
/// whose edge is > s.
inline constexpr std::array<std::int64_t, 13> slack_edges = {-30 * 86400,
                                                             -14 * 86400,
                                                             -7 * 86400,
                                                             -3 * 86400,
                                                             -86400,
                                                             -4 * 3600,
                                                             0,
                                                             4 * 3600,
                                                             86400,
                                                             3 * 86400,
                                                             7 * 86400,
                                                             14 * 86400,
                                                             30 * 86400};

/// Promises by name.
struct PromiseCounts {
    Population population;
    Instant now{};  ///< the ledger's latest time, against which open ones are judged
    std::vector<PromiseTally> promises;
};

struct ChannelSwitch {
    std::string from;
    std::string to;
    std::uint64_t count = 0;
    std::uint64_t units = 0;
    std::uint64_t customers = 0;
    std::uint64_t forced = 0;
    Experience experience;  ///< of the units that switch so
};

/// Time to the next contact about the same topic, for one topic: the input of Kaplan-Meier.
struct RepeatTally {
    std::string topic;
    /// First contacts: none of that customer and topic in the window before
    std::uint64_t contacts = 0;
    std::uint64_t repeats = 0;   ///< followed by another within the window
    std::uint64_t censored = 0;  ///< neither, but less than the window was left to see
    /// Whole hours (floor) to the repeat -> how many
    std::map<std::int64_t, std::uint64_t> event_hours;
    /// Whole hours of follow-up without one -> how many
    std::map<std::int64_t, std::uint64_t> censored_hours;
};

/// Switches by (from, to), topics by name.
struct SwitchCounts {
    Population population;
    std::uint64_t units_with_switch = 0;
    std::uint64_t units_forced = 0;
    Milliseconds window{};
    std::vector<ChannelSwitch> switches;
    std::vector<RepeatTally> topics;
    RepeatTally all;  ///< over all topics; `topic` is empty
    /// Self-service and bot encounters: what could be forced
    std::uint64_t encounters_machine = 0;
};

/// What came before contacts, of one touchpoint. A contact is an encounter at one of those asked
/// for; its window is the time before it, that of another encounter the time after it.
struct CauseTally {
    std::string touchpoint;
    std::uint64_t events = 0;         ///< encounters there that were seen for a whole window
    std::uint64_t followed = 0;       ///< of them those with a contact in their window
    std::uint64_t followed_last = 0;  ///< of those the last encounter before that contact
    std::uint64_t contacts = 0;       ///< contacts with such an encounter in their window
    std::uint64_t contacts_last = 0;  ///< ... as the last one
    /// Contacts with such an encounter in their window and not in the window before that, and the
    /// other way round (case-crossover); of units that had begun before both
    std::uint64_t case_only = 0;
    std::uint64_t control_only = 0;
    std::uint64_t units = 0;  ///< with such an encounter that a contact followed, seen whole or not
    std::uint64_t customers = 0;
};

struct ContactsAt {
    std::string touchpoint;
    std::uint64_t contacts = 0;
};

/// Whether contacts settled it: a first one is none of whose unit came in the time before, and
/// resolved when none came in the time after.
struct FirstContactTally {
    std::uint64_t firsts = 0;  ///< seen for the whole time after
    std::uint64_t resolved = 0;
    std::uint64_t repeats = 0;    ///< contacts that were no first ones
    std::uint64_t too_late = 0;   ///< first ones whose time is not over
    std::uint64_t too_early = 0;  ///< perhaps first ones: too close to the first moment known
};

/// Times in which a contact has to settle it.
inline constexpr std::array<std::int64_t, 4> first_contact_days = {1, 7, 14, 30};

inline constexpr Milliseconds causes_window_usual = std::chrono::hours(24 * 7);

/// Causes and contacts by touchpoint.
struct CauseCounts {
    Population population;
    Milliseconds window{};
    std::uint64_t contacts = 0;
    std::uint64_t contacts_alone = 0;     ///< with nothing in their window
    std::uint64_t contacts_compared = 0;  ///< of units that had begun two windows before
    std::vector<ContactsAt> at;
    std::vector<CauseTally> causes;
    std::array<FirstContactTally, first_contact_days.size()> firsts{};
};

struct EpisodeRow {
    std::string customer;
    std::string thread;
    Instant start{};
    Instant end{};
    std::uint64_t encounters = 0;
    EpisodeStatus status = EpisodeStatus::Open;
    std::optional<double> experience;
    std::vector<std::string> path;  ///< touchpoints in order
};

/// Rows by (start, customer, thread), those of the page.
struct EpisodePage {
    Population population;
    std::uint64_t total = 0;
    std::vector<EpisodeRow> rows;
};

/// One encounter in a customer's timeline, with what the timeline knows of it.
struct TimelineRow {
    Instant time{};
    std::string touchpoint, channel, department, employee, thread;
    std::optional<double> score;
    std::string scale;
    std::optional<double> value, duration_seconds;
    std::uint64_t ledger_number = 0;  ///< to fetch the rest (text, properties) from the ledger
};

struct TimelinePage {
    Population population;
    std::uint64_t total = 0;
    std::vector<TimelineRow> rows;
};

}  // namespace kokemus::question
