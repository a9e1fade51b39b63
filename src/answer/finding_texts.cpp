#include <algorithm>
#include <array>

#include "answer/finding.h"
#include "base/check.h"

/// The English sentence of every finding: plain words, present tense, the customer as the subject,
/// one idea a sentence, never more than the interval allows. Ascending by id.
namespace kokemus::answer {
namespace {

struct Sentence {
    std::string_view id;
    std::string_view text;
};

constexpr std::array sentences{
    Sentence{"breakdown.even",
             "No {by} is worse than the whole beyond chance: {metric} is {value}."},
    Sentence{"breakdown.one", "Only {by} {group} has enough answers: {metric} is {value}."},
    Sentence{"breakdown.worst",
             "{by} {group} is worse than the whole: {metric} is {value}; the whole is at {total}."},
    Sentence{"by.even", "No {by} is worse than the whole beyond chance."},
    Sentence{"by.few", "Not enough answers to compare the values of {by}."},
    Sentence{"by.worst",
             "{by} {group} is worse than the whole: {what} is {value}; the whole is at {total}."},
    Sentence{"causes.costly",
             "{touchpoint} comes before {excess} contacts more than other encounters would "
             "({low} to {high}), at a cost of {cost}: {followed} of {events} are followed by one."},
    Sentence{"causes.even",
             "Nothing comes before the {contacts} contacts oftener than the rest beyond chance."},
    Sentence{"causes.few",
             "Too little comes before the {contacts} contacts to tell what leads to them."},
    Sentence{"causes.most",
             "{touchpoint} comes before {excess} contacts more than other encounters would "
             "({low} to {high}): {followed} of {events} are followed by one."},
    Sentence{"causes.none", "Nobody makes such a contact."},
    Sentence{"conformance.all", "All {units} follow the designed path."},
    Sentence{"conformance.even",
             "No deviation goes with an experience beyond chance below the rest. {value}, of "
             "{units} follow the designed path."},
    Sentence{"conformance.left_out",
             "{share} of {units} leave out {touchpoint}, and those feel {size}, lower than the "
             "rest."},
    Sentence{"conformance.moved",
             "{share} of {units} have {touchpoint} at another place than designed, and those feel "
             "{size}, lower than the rest."},
    Sentence{"conformance.no_scores",
             "Too few scores to tell what deviating does. {value}, of {units} follow the designed "
             "path."},
    Sentence{"conformance.open",
             "None of the {open} {units} is over yet: nobody knows what they leave out."},
    Sentence{"conformance.put_in",
             "{share} of {units} have {touchpoint} beyond the design, and those feel {size}, lower "
             "than the rest."},
    Sentence{"drivers.few",
             "Not enough units to tell what goes with {outcome}: {n} of {needed} needed."},
    Sentence{"drivers.first",
             "What goes most with {outcome} is {factor}: {value}, of its variation."},
    Sentence{"drivers.no_factors", "No factor is left by which {outcome} could be explained."},
    Sentence{"drivers.none", "Nothing that was looked at goes with {outcome} beyond chance."},
    Sentence{"drivers.same", "There is nothing to explain: {outcome} is the same in all units."},
    Sentence{"drivers.tied",
             "Of {factor} and {second} it cannot be told which goes more with {outcome}."},
    Sentence{"episodes.count", "{total} match."},
    Sentence{"flow.busiest", "The step taken most often is from {from} to {to}: {count} times."},
    Sentence{
        "flow.even",
        "No step goes with an experience beyond chance below the rest: it is {value} over all."},
    Sentence{"flow.no_scores",
             "Too few scores to tell the experience. {share} of {units} go from {from} to {to}."},
    Sentence{"flow.no_steps", "Nobody takes a second step."},
    Sentence{
        "flow.worst_edge",
        "{share} of {units} go from {from} to {to}, and those feel {size}, lower than the rest."},
    Sentence{"flow.worst_end",
             "{share} of {units} end after {from}, and those feel {size}, lower than the rest."},
    Sentence{"flow.worst_start",
             "{share} of {units} start at {to}, and those feel {size}, lower than the rest."},
    Sentence{"foresight.at_stake",
             "Of {open} open promises of {promise} {expected} will not be kept by their due if all "
             "goes on as before. Such chances came true before."},
    Sentence{"foresight.none", "No promise of {promise} is open."},
    Sentence{"foresight.unknown",
             "Too few promises of {promise} have ended to tell what will become of the {open} that "
             "are open."},
    Sentence{
        "foresight.unproven",
        "Of {open} open promises of {promise} {expected} would not be kept by their due if all "
        "goes on as before. Such chances have not come true closely enough before to act on "
        "single ones."},
    Sentence{
        "funnel.largest_loss",
        "Most are lost between {from} and {to}: {lost} of {start} {units}. {value}, get through."},
    Sentence{"funnel.no_worst",
             "No step loses more than the others beyond chance. {value}, get through."},
    Sentence{"funnel.none_lost", "Nobody is lost between the first step and the last."},
    Sentence{"funnel.passes", "{value}, get from {from} to {to}."},
    Sentence{"lateness.contacts",
             "After a {promise} that was {outcome}, more customers make contact within a week than "
             "after one that was kept: {size}."},
    Sentence{
        "lateness.felt",
        "Customers whose {promise} was {outcome} feel {size}, lower than those for whom it was "
        "kept."},
    Sentence{"lateness.few",
             "Too few promises of {promise} have ended in more than one way to compare them."},
    Sentence{"lateness.no_difference",
             "Customers whose {promise} was late or broken differ from the others by no more than "
             "chance."},
    Sentence{"league.best",
             "{by} {group} is better than all together: {metric} is {value}, drawn together with "
             "the others; the whole is at {total}. Its rank is {rank_low} to {rank_high} of "
             "{units}."},
    Sentence{"league.even",
             "There is no evidence that the values of {by} differ: {metric} is {value} of all."},
    Sentence{"league.few",
             "Fewer than two values of {by} have enough answers: there is no league."},
    Sentence{"league.inseparable",
             "The values of {by} differ, but none of them lies beyond chance on one side of the "
             "whole, which is at {value}."},
    Sentence{"league.unreliable",
             "Nobody is ranked: about {needed} answers of one {by} are needed to tell more of the "
             "person than of chance."},
    Sentence{"league.within", "Within {within} {value}: {what}"},
    Sentence{"league.within_even", "Nowhere within {within} does anyone stand out beyond chance."},
    Sentence{"league.worst",
             "{by} {group} is worse than all together: {metric} is {value}, drawn together with "
             "the others; the whole is at {total}. Its rank is {rank_low} to {rank_high} of "
             "{units}."},
    Sentence{"not_enough", "Not enough answers: {n} of {needed} needed."},
    Sentence{"nothing", "No encounter matches."},
    Sentence{"promises.least_kept",
             "{promise} is kept least of all promises: {value}. {broken} are broken."},
    Sentence{"promises.met", "Every promise with a target is kept as often as it should be."},
    Sentence{"promises.missed", "{promise} is kept {value}; {target} is the target."},
    Sentence{"promises.no_worst", "No promise is kept less than the others beyond chance."},
    Sentence{"promises.none", "No promise was made."},
    Sentence{"promises.one", "{promise} is kept {value}."},
    Sentence{"switches.forced",
             "{value}, of self-service and bot encounters push people on to a person, most often "
             "from {from} to {to}."},
    Sentence{"switches.none", "Nobody changes channel."},
    Sentence{"switches.unforced",
             "{value}, of {units} change channel. Nobody is seen to be pushed on to a person."},
    Sentence{"timeline.count", "{total}."},
    Sentence{"trend.better",
             "{metric} got better by {size}. First half {before}; last half {now}."},
    Sentence{"trend.no_change",
             "{metric} did not move beyond chance. First half {before}; last half {now}."},
    Sentence{"trend.too_short",
             "There are too few whole periods to see a change: {metric} is {value}."},
    Sentence{"trend.worse", "{metric} got worse by {size}. First half {before}; last half {now}."},
    Sentence{
        "variants.most_common",
        "{value}, of {units} take the most common course; there are {distinct} different ones."},
    Sentence{"variants.one", "All {units} take the same course."},
    Sentence{"withheld", "What stands out here is about fewer than {fewer_than} customers."},
};

}  // namespace

std::string finding_text(std::string_view id,
                         const std::vector<std::pair<std::string, std::string>>& words) {
    const auto* sentence = std::ranges::find(sentences, id, &Sentence::id);
    CHECK(sentence != sentences.end());
    std::string text;
    std::string_view rest = sentence->text;
    while (!rest.empty()) {
        const std::size_t open = std::min(rest.find('{'), rest.size());
        text += rest.substr(0, open);
        rest.remove_prefix(open);
        if (rest.empty()) {
            break;
        }
        const std::size_t close = rest.find('}');
        const std::string_view name = rest.substr(1, close - 1);
        const auto found = std::ranges::find(
            words, name, [](const auto& each) { return std::string_view(each.first); });
        CHECK(found != words.end());
        text += found->second;
        rest.remove_prefix(close + 1);
    }
    return text;
}

std::vector<std::string_view> finding_ids() {
    std::vector<std::string_view> ids;
    ids.reserve(sentences.size());
    for (const Sentence& sentence : sentences) {
        ids.push_back(sentence.id);
    }
    return ids;
}

}  // namespace kokemus::answer
