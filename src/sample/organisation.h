#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// The sample organisation, a broadband provider: its channels, touchpoints, promises and people
/// as small numbers, so that a hundred million encounters can be made without a text in between.
/// examples/sample.blueprint.toml describes the same organisation as a user would; a test holds
/// the two together.
namespace kokemus::sample {

enum class Channel : std::uint8_t {
    Web,
    App,
    Email,
    Text,
    Chatbot,
    Chat,
    Phone,
    Store,
    Technician
};
inline constexpr std::array<std::string_view, 9> channel_names =
    {"web", "app", "email", "text", "chatbot", "chat", "phone", "store", "technician"};

enum class Touchpoint : std::uint8_t {
    PlansCompared,
    CallSales,
    Store,
    OrderPlaced,
    OrderConfirmed,
    RouterSent,
    VisitTimePicked,
    VisitMoved,
    BotWhereIsIt,
    CallWhereIsMyVisit,
    NobodyCame,
    TechnicianVisit,
    SelfInstall,
    BotNoConnection,
    CallNoConnection,
    OrderCancelled,
    LineActive,
    SpeedTest,
    FirstBill,
    BillNotAsQuoted,
    BillViewed,
    CallTheBill,
    BillPaid,
    FaultReported,
    BotSomethingIsWrong,
    CallSomethingIsWrong,
    ChatSomethingIsWrong,
    CalledBack,
    RepairVisit,
    FaultFixed,
    ComplaintSent,
    ComplaintAnswered,
    MoveAnnounced,
    MoveConfirmed,
    PlanOptionsViewed,
    CallChangingPlan,
    PlanChanged,
    PlanChangeConfirmed,
    LeavingAsked,
    OfferToStay,
    Stayed,
    LeavingConfirmed,
    RouterReturned,
    LastBill,
    UsageViewed,
    YearlySurvey,
};
inline constexpr std::size_t touchpoint_count = 46;

/// The scale a touchpoint asks on. None: nobody asks there.
enum class Scale : std::uint8_t { None, Nps, Csat5, Ces7 };

struct TouchpointFacts {
    Touchpoint touchpoint;
    std::string_view name;
    Channel channel;  ///< the usual one
    /// PLANTED: moves the experience (-3..3) from here to the end of the episode.
    double effect;
    Scale scale;
};

/// In the order of the enum.
extern const std::array<TouchpointFacts, touchpoint_count> touchpoint_facts;

inline const TouchpointFacts& facts(Touchpoint touchpoint) {
    return touchpoint_facts[static_cast<std::size_t>(touchpoint)];
}

enum class Promise : std::uint8_t {
    LiveOnAgreedDay,
    TechnicianInWindow,
    RouterInThreeDays,
    FirstBillAsQuoted,
    CallBack,
    ComplaintAnswer,
};
inline constexpr std::array<std::string_view, 6> promise_names = {
    "Live on the agreed day",
    "Technician in the two-hour window",
    "Router in 3 working days",
    "First bill as quoted",
    "Call back in 4 hours",
    "Answer to a complaint in 2 days"};

enum class Region : std::uint8_t { Capital, South, West, East, North };
inline constexpr std::array<std::string_view, 5> region_names = {"capital",
                                                                 "south",
                                                                 "west",
                                                                 "east",
                                                                 "north"};
inline constexpr std::array<double, 5> region_shares = {0.30, 0.20, 0.18, 0.14, 0.18};

enum class Segment : std::uint8_t { Home, Family, Student, Business, Cabin };
inline constexpr std::array<std::string_view, 5> segment_names = {"home",
                                                                  "family",
                                                                  "student",
                                                                  "small business",
                                                                  "holiday cabin"};
inline constexpr std::array<double, 5> segment_shares = {0.38, 0.24, 0.14, 0.12, 0.12};

enum class Plan : std::uint8_t { Basic, Silver, Gold, Mobile };
inline constexpr std::array<std::string_view, 4> plan_names = {"Fibre 100",
                                                               "Fibre 300",
                                                               "Fibre 1000",
                                                               "Home 5G"};
inline constexpr std::array<double, 4> plan_shares = {0.34, 0.33, 0.18, 0.15};
inline constexpr std::array<double, 4> plan_prices = {29.9, 39.9, 54.9, 34.9};

/// Field crews, by region: five each, four in the north.
inline constexpr int crew_count = 24;

/// People who answer phone and chat.
inline constexpr int agent_count = 60;

/// "Crew 7", "Aino K."; 0 is nobody, 1..24 crews, then agents.
std::string_view employee_name(std::uint16_t employee);

inline constexpr std::uint16_t first_agent = crew_count + 1;

}  // namespace kokemus::sample
