#include "timeline/facts.h"

#include <string_view>
#include <utility>
#include <vector>

namespace kokemus::timeline {
namespace {

/// A dictionary of `texts` (provisional order kept by position) and the code of each.
Dictionary code_all(const std::vector<std::string_view>& texts, Array<Code>& coded) {
    Interner interner;
    std::vector<Code> codes;
    codes.reserve(texts.size());
    for (const auto text : texts) {
        codes.push_back(interner.intern(text));
    }
    auto ranked = interner.rank();
    for (auto& code : codes) {
        code = ranked.code_of[code];
    }
    coded = Array(std::move(codes));
    return std::move(ranked.dictionary);
}

ChannelClass class_of_kind(blueprint::ChannelKind kind) {
    switch (kind) {
        case blueprint::ChannelKind::SelfService: return ChannelClass::SelfService;
        case blueprint::ChannelKind::Human: return ChannelClass::Human;
        case blueprint::ChannelKind::Bot: return ChannelClass::Bot;
        case blueprint::ChannelKind::Message: return ChannelClass::Message;
    }
    return ChannelClass::Other;
}

/// As a filter spells it (`kind = 'self-service'`).
std::string_view kind_text(ChannelClass channel_class) {
    switch (channel_class) {
        case ChannelClass::SelfService: return "self-service";
        case ChannelClass::Human: return "human";
        case ChannelClass::Bot: return "bot";
        case ChannelClass::Message: return "message";
        case ChannelClass::Other: break;
    }
    return "";
}

Facts::Contact contact_of_touchpoint(const blueprint::Touchpoint* touchpoint) {
    if (touchpoint == nullptr || !touchpoint->contact) {
        return Facts::Contact::ByChannel;
    }
    return *touchpoint->contact ? Facts::Contact::Yes : Facts::Contact::No;
}

}  // namespace

Facts make_facts(const blueprint::Blueprint& blueprint, const Dictionary& touchpoints,
                 const Dictionary& channels) {
    Facts facts;
    std::vector<std::string_view> stages;
    std::vector<std::string_view> topics;
    std::vector<Facts::Contact> contacts;
    for (Code code = 0; code < touchpoints.size(); ++code) {
        const auto name = touchpoints.text(code);
        const auto* touchpoint = blueprint.touchpoint(name);
        stages.push_back(touchpoint != nullptr ? std::string_view(touchpoint->stage) : "");
        topics.push_back(touchpoint != nullptr && !touchpoint->topic.empty()
                             ? std::string_view(touchpoint->topic)
                             : name);
        contacts.push_back(contact_of_touchpoint(touchpoint));
    }
    facts.contact_of = Array(std::move(contacts));
    facts.stages = code_all(stages, facts.stage_of);
    facts.topics = code_all(topics, facts.topic_of);
    std::vector<std::string_view> kinds;
    std::vector<ChannelClass> classes;
    for (Code code = 0; code < channels.size(); ++code) {
        const auto* channel = blueprint.channel(channels.text(code));
        classes.push_back(channel != nullptr ? class_of_kind(channel->kind) : ChannelClass::Other);
        kinds.push_back(kind_text(classes.back()));
    }
    facts.class_of = Array(std::move(classes));
    facts.kinds = code_all(kinds, facts.kind_of);
    return facts;
}

}  // namespace kokemus::timeline
