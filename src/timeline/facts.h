#pragma once

#include <cstdint>

#include "blueprint/blueprint.h"
#include "timeline/array.h"
#include "timeline/dictionary.h"

namespace kokemus::timeline {

/// What a channel is in the eyes of a switch and of a contact. Channels that the blueprint does not
/// know are Other.
enum class ChannelClass : std::uint8_t { Other, SelfService, Bot, Human, Message };

/// What the blueprint says of each touchpoint and channel that occurs, by code. Cheap to copy.
struct Facts {
    Dictionary stages;
    Dictionary topics;
    Dictionary kinds;      ///< "bot", "human", "message", "self-service"
    Array<Code> stage_of;  ///< touchpoint -> stages; absent where the blueprint names none
    Array<Code> topic_of;  ///< touchpoint -> topics; the touchpoint's own name where none is given
    Array<Code> kind_of;   ///< channel -> kinds
    Array<ChannelClass> class_of;  ///< channel -> class

    /// A contact costs effort: said by the touchpoint, else any encounter on a human or bot
    /// channel.
    bool is_contact(Code touchpoint, Code channel) const {
        switch (contact_of[touchpoint]) {
            case Contact::Yes: return true;
            case Contact::No: return false;
            case Contact::ByChannel: break;
        }
        return class_of[channel] == ChannelClass::Human || class_of[channel] == ChannelClass::Bot;
    }

    bool is_machine(Code channel) const {
        return class_of[channel] == ChannelClass::SelfService ||
               class_of[channel] == ChannelClass::Bot;
    }

    bool is_human(Code channel) const { return class_of[channel] == ChannelClass::Human; }

    enum class Contact : std::uint8_t { ByChannel, Yes, No };
    Array<Contact> contact_of;  ///< touchpoint -> contact

    friend bool operator==(const Facts&, const Facts&) = default;
};

/// Looks up every touchpoint and channel of the dictionaries in the blueprint.
Facts make_facts(const blueprint::Blueprint& blueprint, const Dictionary& touchpoints,
                 const Dictionary& channels);

}  // namespace kokemus::timeline
