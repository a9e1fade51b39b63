#include "identity/link_words.h"

#include <fmt/format.h>

#include "identity/bounds.h"

namespace kokemus::identity {

using encounter::Evidence;

std::string_view words_of(Evidence evidence) {
    switch (evidence) {
        case Evidence::SameMessage: return "one message named both";
        case Evidence::Alias: return "an alias call says so";
        case Evidence::Email: return "it is an e-mail address of the other";
        case Evidence::Phone: return "it is a telephone number of the other";
        case Evidence::Key: return "it is a key of the other";
        case Evidence::Verified: return "somebody had signed in under it";
        case Evidence::Anonymous: return "it is a cookie or a device";
        case Evidence::Person: return "somebody said that they are one";
        case Evidence::Apart: return "somebody said that they are not one";
        case Evidence::Member: return "it is an account of the other";
        case Evidence::Retracted: return "what somebody said of them was taken back";
    }
    return "";
}

Evidence word_that_undoes(const Link& link) {
    const bool is_word_alone = link.is_word && link.evidence.empty();
    return is_word_alone || link.state == LinkState::Apart ? Evidence::Retracted : Evidence::Apart;
}

std::string why(const Link& link) {
    switch (link.state) {
        case LinkState::Joined: break;
        case LinkState::Apart: return std::string(words_of(Evidence::Apart));
        case LinkState::Shared:
            return fmt::format(
                "one of them is shared by more than {} names (an id or a key by more "
                "than {}): it says nothing",
                names_per_identity_max,
                names_per_firm_name_max);
        case LinkState::Ambiguous:
            return "one of them belongs to several customers: it joins none of them";
        case LinkState::Suggested:
            return "both have an id of their own: somebody has to say whether they are one";
        case LinkState::Undone: return std::string(words_of(Evidence::Retracted));
    }
    if (link.is_word) {
        return std::string(words_of(Evidence::Person));
    }
    std::string text;
    for (const Evidence evidence : link.evidence) {
        text += (text.empty() ? "" : ", and ") + std::string(words_of(evidence));
    }
    return text;
}

}  // namespace kokemus::identity
