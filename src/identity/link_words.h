#pragma once

#include <string>

#include "identity/identities.h"

namespace kokemus::identity {

/// Why the two names of a link are one customer, or are not, as a sentence: "one message named
/// both".
std::string why(const Link& link);

/// What a person has to say so that the state of a link is undone: of what people alone said that
/// the last word is taken back, so that all is as it was before it; against evidence that the two
/// are not one.
encounter::Evidence word_that_undoes(const Link& link);

/// What a kind of evidence says, as part of a sentence.
std::string_view words_of(encounter::Evidence evidence);

}  // namespace kokemus::identity
