#include "sample/organisation.h"

#include <string>

#include <fmt/format.h>

namespace kokemus::sample {

namespace {

using C = Channel;
using S = Scale;
using T = Touchpoint;

constexpr std::array<std::string_view, 20> agent_first_names = {
    "Aino",  "Eetu",  "Elina", "Emma",   "Heikki", "Iida",   "Jari",  "Juho",  "Kaisa", "Lauri",
    "Leena", "Mikko", "Nea",   "Oskari", "Pirkko", "Riikka", "Saana", "Teemu", "Tuuli", "Ville"};

std::array<std::string, 1 + crew_count + agent_count> make_employee_names() {
    std::array<std::string, 1 + crew_count + agent_count> names;
    for (std::size_t crew = 1; crew <= crew_count; ++crew) {
        names[crew] = fmt::format("Crew {}", crew);
    }
    for (std::size_t agent = 0; agent < agent_count; ++agent) {
        const char initial = "KLM"[agent / agent_first_names.size()];
        names[first_agent + agent] =
            fmt::format("{} {}.", agent_first_names[agent % agent_first_names.size()], initial);
    }
    return names;
}

}  // namespace

const std::array<TouchpointFacts, touchpoint_count> touchpoint_facts = {{
    {T::PlansCompared, "Plans compared", C::Web, 0.0, S::Ces7},
    {T::CallSales, "Call: sales", C::Phone, -0.3, S::Csat5},
    {T::Store, "Store", C::Store, 0.3, S::Csat5},
    {T::OrderPlaced, "Order placed", C::Web, 0.3, S::Ces7},
    {T::OrderConfirmed, "Order confirmed", C::Email, 0.0, S::None},
    {T::RouterSent, "Router sent", C::Text, -0.2, S::Csat5},
    {T::VisitTimePicked, "Visit time picked", C::Web, 0.0, S::Ces7},
    {T::VisitMoved, "Visit moved", C::Text, -1.6, S::Csat5},
    {T::BotWhereIsIt, "Bot: where is it", C::Chatbot, -0.7, S::Ces7},
    {T::CallWhereIsMyVisit, "Call: where is my visit", C::Phone, -0.2, S::Ces7},
    {T::NobodyCame, "Nobody came", C::Technician, -2.1, S::Csat5},
    {T::TechnicianVisit, "Technician visit", C::Technician, 0.6, S::Csat5},
    {T::SelfInstall, "Self-install", C::App, -0.3, S::Ces7},
    {T::BotNoConnection, "Bot: no connection", C::Chatbot, -0.8, S::Ces7},
    {T::CallNoConnection, "Call: no connection", C::Phone, 0.0, S::Ces7},
    {T::OrderCancelled, "Order cancelled", C::Phone, -0.5, S::None},
    {T::LineActive, "Line active", C::Text, 0.5, S::Nps},
    {T::SpeedTest, "Speed test", C::App, 0.3, S::Csat5},
    {T::FirstBill, "First bill", C::Email, -1.0, S::Csat5},
    {T::BillNotAsQuoted, "Bill not as quoted", C::Email, -1.9, S::Csat5},
    {T::BillViewed, "Bill viewed", C::Web, 0.0, S::Ces7},
    {T::CallTheBill, "Call: the bill", C::Phone, -0.6, S::Ces7},
    {T::BillPaid, "Bill paid", C::App, 0.0, S::None},
    {T::FaultReported, "Fault reported", C::App, 0.0, S::Ces7},
    {T::BotSomethingIsWrong, "Bot: something is wrong", C::Chatbot, -0.6, S::Ces7},
    {T::CallSomethingIsWrong, "Call: something is wrong", C::Phone, -0.1, S::Ces7},
    {T::ChatSomethingIsWrong, "Chat: something is wrong", C::Chat, 0.2, S::Ces7},
    {T::CalledBack, "Called back", C::Phone, 0.5, S::Csat5},
    {T::RepairVisit, "Repair visit", C::Technician, 0.7, S::Csat5},
    {T::FaultFixed, "Fault fixed", C::Text, 1.2, S::Nps},
    {T::ComplaintSent, "Complaint sent", C::Email, -1.0, S::None},
    {T::ComplaintAnswered, "Complaint answered", C::Email, 0.8, S::Csat5},
    {T::MoveAnnounced, "Move announced", C::Web, 0.0, S::Ces7},
    {T::MoveConfirmed, "Move confirmed", C::Email, 0.1, S::None},
    {T::PlanOptionsViewed, "Plan options viewed", C::App, 0.0, S::Ces7},
    {T::CallChangingPlan, "Call: changing plan", C::Phone, -0.4, S::Ces7},
    {T::PlanChanged, "Plan changed", C::App, 0.4, S::Ces7},
    {T::PlanChangeConfirmed, "Plan change confirmed", C::Text, 0.1, S::Csat5},
    {T::LeavingAsked, "Leaving asked", C::Phone, -0.2, S::Ces7},
    {T::OfferToStay, "Offer to stay", C::Phone, -0.3, S::None},
    {T::Stayed, "Stayed", C::Phone, 0.6, S::Csat5},
    {T::LeavingConfirmed, "Leaving confirmed", C::Email, 0.1, S::None},
    {T::RouterReturned, "Router returned", C::Store, -0.3, S::Ces7},
    {T::LastBill, "Last bill", C::Email, -0.4, S::Csat5},
    {T::UsageViewed, "Usage viewed", C::App, 0.0, S::None},
    {T::YearlySurvey, "Yearly survey", C::Email, 0.0, S::Nps},
}};

std::string_view employee_name(std::uint16_t employee) {
    static const auto names = make_employee_names();
    return names[employee];
}

}  // namespace kokemus::sample
