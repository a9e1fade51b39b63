#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "blueprint/collecting.h"

namespace kokemus::blueprint {

enum class ChannelKind { SelfService, Human, Bot, Message };

/// Where encounters happen.
struct Channel {
    std::string name;
    ChannelKind kind = ChannelKind::SelfService;

    friend bool operator==(const Channel&, const Channel&) = default;
};

/// A kind of contact. `visible` false: back-office work the customer does not see. `direct` false:
/// word of mouth, reviews and other contacts without us.
struct Touchpoint {
    std::string name;
    std::string stage;
    std::string owner;    ///< department; empty: nobody owns it (and `check` says so)
    std::string channel;  ///< default for encounters that name none
    /// What it is about, for repeats and forced switches; empty: the touchpoint itself
    std::string topic;
    std::optional<double> cost;
    bool visible = true;
    bool direct = true;
    /// A contact with us that costs effort; absent: channel is human or bot
    std::optional<bool> contact;

    friend bool operator==(const Touchpoint&, const Touchpoint&) = default;
};

/// The feeling a stage is designed to leave.
struct StageFeeling {
    std::string word;                ///< "informed"
    std::optional<double> intended;  ///< on the experience scale, -3 worst .. +3 best

    friend bool operator==(const StageFeeling&, const StageFeeling&) = default;
};

/// A designed course. An encounter at one of `starts` opens an episode, one at `ends` completes it.
struct Journey {
    std::string name;
    std::vector<std::string> starts;
    std::vector<std::string> ends;
    std::vector<std::string> stages;      ///< in designed order
    std::vector<std::string> path;        ///< the designed touchpoints in order
    bool thread = false;                  ///< episodes are told apart by thread
    std::optional<Milliseconds> silence;  ///< a longer gap abandons the episode
    std::optional<Milliseconds> within;   ///< a longer episode is abandoned
    std::string feeling;
    std::map<std::string, StageFeeling> stage_feelings;
    std::string owner;

    friend bool operator==(const Journey&, const Journey&) = default;
};

/// An expectation set at `made` encounters (by `due.<name>`, or `within` after it) and kept at
/// `kept` ones.
struct Promise {
    std::string name;
    /// Touchpoints; empty: wherever an encounter carries `due.<name>`
    std::vector<std::string> made;
    std::vector<std::string> kept;  ///< touchpoints
    /// Due = time made + within, where the encounter carries no due
    std::optional<Milliseconds> within;
    std::optional<Milliseconds> at_risk;  ///< open and due this soon is "at risk"; absent: one day
    std::optional<double> target;         ///< share kept, 0..1
    std::string owner;

    friend bool operator==(const Promise&, const Promise&) = default;
};

/// An answer scale; `nps` 0..10, `csat5` and `stars5` and `ces5` 1..5, `ces7` 1..7 exist without
/// being declared.
struct Scale {
    std::string name;
    double low = 0;
    double high = 10;
    bool high_is_good = true;

    friend bool operator==(const Scale&, const Scale&) = default;
};

enum class MetricKind {
    Nps,          ///< promoters less detractors, in points
    Csat,         ///< share of good answers (`good`)
    Ces,          ///< by `ces`: share of easy answers, or mean
    Mean,         ///< mean score
    Kept,         ///< promises kept of those decided
    ContactRate,  ///< contacts per customer (or per thread, episode), by `per`
    Completion,   ///< episodes completed of those ended
};

enum class CesDefinition { Share, Mean };

/// A named, versioned definition of a number.
struct Metric {
    std::string name;
    MetricKind kind = MetricKind::Mean;
    /// Scores on this scale only; Mean: empty for experience over all scales
    std::string scale;
    std::vector<std::string> touchpoints;  ///< only scores given there; empty: anywhere
    /// csat, ces share: least good answer; absent: top two of the scale (5 of ces7)
    std::optional<double> good_from;
    CesDefinition ces = CesDefinition::Share;
    std::string promise;           ///< kind Kept; empty: all promises
    std::string journey;           ///< kind Completion
    std::optional<double> target;  ///< shares 0..1, NPS in points, means in scores, rates per unit
    int minimum = 10;              ///< fewer answers are "not enough answers"
    int version = 1;
    bool high_is_good = true;

    friend bool operator==(const Metric&, const Metric&) = default;
};

/// Where a dimension's values come from.
enum class DimensionSource { Properties, Traits };

/// A property or trait that becomes a column of the timeline, to filter and break down by.
struct Dimension {
    std::string name;
    DimensionSource source = DimensionSource::Properties;
    std::string key;  ///< name in the properties or traits; defaults to `name`

    friend bool operator==(const Dimension&, const Dimension&) = default;
};

/// The designed experience: an immutable value once read. Names are unique per kind; references are
/// resolved. One that was read, or went through `with_built_ins`, holds the built-in scales and
/// metrics.
struct Blueprint {
    std::string name;       ///< of the organisation
    std::string time_zone;  ///< IANA name for days, weeks and months; empty: UTC
    /// Order of the stages on maps; those only named by touchpoints follow
    std::vector<std::string> stages;
    std::vector<Channel> channels;
    std::vector<Touchpoint> touchpoints;
    std::vector<Journey> journeys;
    std::vector<Promise> promises;
    std::vector<Scale> scales;  ///< declared ones and, behind them, the built-in ones not redefined
    std::vector<Metric> metrics;
    std::vector<Dimension> dimensions;
    std::vector<EventRule> events;
    std::vector<Webhook> webhooks;
    std::vector<Exclusion> exclusions;
    std::vector<IdentityTrait> identities;

    /// Each gives nullptr when there is none of that name. Linear in the number of declarations.
    const Channel* channel(std::string_view name) const;
    const Touchpoint* touchpoint(std::string_view name) const;
    const Journey* journey(std::string_view name) const;
    const Promise* promise(std::string_view name) const;
    const Scale* scale(std::string_view name) const;
    const Metric* metric(std::string_view name) const;
    const Dimension* dimension(std::string_view name) const;

    /// Whether an encounter at `touchpoint` over `channel` (empty: the touchpoint's) is a contact
    /// that costs the customer effort: what the touchpoint declares, else whether the channel is
    /// human or bot. False for unknown names.
    bool is_contact(std::string_view touchpoint, std::string_view channel) const;

    friend bool operator==(const Blueprint&, const Blueprint&) = default;
};

/// A score moved linearly from its scale to the experience scale: -3 worst, +3 best. Scores beyond
/// the scale's ends count as its ends.
double experience(const Scale& scale, double score);

}  // namespace kokemus::blueprint
