#include "intake/semantic_events.h"

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/text.h"

namespace kokemus::intake {

namespace {

using Fields = std::map<std::string, std::string>;
using Table = std::map<std::string, Fields, std::less<>>;

constexpr const char* order = "/properties/order_id | /properties/checkout_id";
constexpr const char* money = "/properties/revenue | /properties/total | /properties/value";

/// The touchpoint carries the event's name in lower case unless it has a better one.
void add_shopping(Table& table) {
    for (const char* name : {"Products Searched",
                             "Product List Viewed",
                             "Product List Filtered",
                             "Promotion Viewed",
                             "Promotion Clicked",
                             "Product Clicked",
                             "Product Viewed",
                             "Product Added",
                             "Product Removed",
                             "Product Shared",
                             "Product Added to Wishlist",
                             "Product Removed from Wishlist",
                             "Wishlist Product Added to Cart",
                             "Cart Viewed",
                             "Cart Shared"}) {
        table[name] = {{"touchpoint", lower(name)}};
    }
    for (const char* name : {"Checkout Started",
                             "Checkout Step Viewed",
                             "Checkout Step Completed",
                             "Payment Info Entered",
                             "Coupon Entered",
                             "Coupon Applied",
                             "Coupon Denied",
                             "Coupon Removed"}) {
        table[name] = {{"touchpoint", lower(name)}, {"thread", order}};
    }
    constexpr std::pair<const char*, const char*> orders[] = {{"Order Completed", "order placed"},
                                                              {"Order Updated", "order changed"},
                                                              {"Order Refunded", "order refunded"}};
    for (const auto& [name, touchpoint] : orders) {
        table[name] = {{"touchpoint", touchpoint}, {"thread", order}, {"value", money}};
    }
    // What it was worth did not move by being cancelled; what is paid back comes as a refund.
    table["Order Cancelled"] = {{"touchpoint", "order cancelled"}, {"thread", order}};
    table["Product Reviewed"] = {{"touchpoint", "product reviewed"},
                                 {"score", "/properties/rating"},
                                 {"scale", "stars5"},
                                 {"text", "/properties/review_body"}};
}

void add_mail(Table& table) {
    constexpr std::pair<const char*, const char*> mails[] = {
        {"Email Delivered", "e-mail delivered"},
        {"Email Opened", "e-mail opened"},
        {"Email Link Clicked", "e-mail link clicked"},
        {"Email Bounced", "e-mail bounced"},
        {"Email Marked as Spam", "e-mail marked as spam"},
        {"Unsubscribed", "unsubscribed"}};
    for (const auto& [name, touchpoint] : mails) {
        table[name] = {{"touchpoint", touchpoint}, {"channel", "e-mail"}};
    }
}

void add_chat(Table& table) {
    constexpr std::pair<const char*, const char*> chats[] = {
        {"Live Chat Conversation Started", "chat started"},
        {"Live Chat Conversation Ended", "chat ended"},
        {"Live Chat Message Sent", "chat message sent"},
        {"Live Chat Message Received", "chat message received"}};
    for (const auto& [name, touchpoint] : chats) {
        table[name] = {{"touchpoint", touchpoint},
                       {"channel", "chat"},
                       {"thread", "/properties/conversation_id"},
                       {"employee",
                        "/properties/agent_id | /properties/agent_username | "
                        "/properties/agent_name"},
                       {"text", "/properties/message_body"}};
    }
    table["Live Chat Conversation Ended"]["duration"] = "/properties/conversation_duration";
}

std::map<std::string, FieldMap, std::less<>> make_maps() {
    Table table;
    add_shopping(table);
    add_mail(table);
    add_chat(table);
    std::map<std::string, FieldMap, std::less<>> maps;
    for (const auto& [event, fields] : table) {
        auto map = FieldMap::parse(fields);
        CHECK(map);
        maps.emplace(event, std::move(*map));
    }
    return maps;
}

}  // namespace

const FieldMap* semantic_fields(std::string_view event) {
    static const auto maps = make_maps();
    const auto found = maps.find(event);
    return found == maps.end() ? nullptr : &found->second;
}

bool gives_money_back(std::string_view event) {
    return event == "Order Refunded";
}

}  // namespace kokemus::intake
