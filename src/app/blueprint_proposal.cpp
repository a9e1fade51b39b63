#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/kept_blueprint.h"
#include "timeline/blueprint_digest.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

std::string_view name_of(blueprint::Change::Kind kind) {
    switch (kind) {
        case blueprint::Change::Kind::Added: return "added";
        case blueprint::Change::Kind::Removed: return "removed";
        case blueprint::Change::Kind::Changed: break;
    }
    return "changed";
}

}  // namespace

Result<Proposal> propose(const blueprint::Blueprint& before, std::string_view toml,
                         std::string_view called) {
    Proposal proposal;
    proposal.blueprint = TRY(read_blueprint_text(toml, called));
    proposal.changes = blueprint::difference(before, *proposal.blueprint);
    proposal.remarks = blueprint::remarks_on(proposal.changes);
    proposal.rebuilds_timeline =
        timeline::digest_of_columns(before) != timeline::digest_of_columns(*proposal.blueprint);
    return proposal;
}

std::string to_text(const Proposal& proposal) {
    if (proposal.changes.empty()) {
        return "nothing is otherwise\n";
    }
    std::string text;
    for (const blueprint::Change& change : proposal.changes) {
        text += blueprint::to_text(change) + "\n";
    }
    for (const std::string& remark : proposal.remarks) {
        text += "note: " + remark + "\n";
    }
    return text;
}

std::string to_json(const Proposal& proposal) {
    json::array changes;
    for (const blueprint::Change& change : proposal.changes) {
        changes.push_back(json::object{{"kind", name_of(change.kind)},
                                       {"noun", change.noun},
                                       {"name", change.name},
                                       {"key", change.key},
                                       {"before", change.before},
                                       {"after", change.after},
                                       {"text", blueprint::to_text(change)}});
    }
    json::array remarks;
    for (const std::string& remark : proposal.remarks) {
        remarks.emplace_back(remark);
    }
    return json::serialize(json::object{{"changes", std::move(changes)},
                                        {"remarks", std::move(remarks)},
                                        {"rebuilds_timeline", proposal.rebuilds_timeline}});
}

}  // namespace kokemus::app
