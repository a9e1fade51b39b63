#include "shape/process_tree.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace kokemus::shape {
namespace {

using Kind = ProcessTree::Kind;

bool less(const ProcessTree& a, const ProcessTree& b) {
    if (std::tie(a.kind, a.step) != std::tie(b.kind, b.step)) {
        return std::tie(a.kind, a.step) < std::tie(b.kind, b.step);
    }
    return std::ranges::lexicographical_compare(a.parts, b.parts, less);
}

std::string sign(Kind kind) {
    switch (kind) {
        case Kind::Choice: return "X";
        case Kind::Sequence: return "->";
        case Kind::Parallel: return "+";
        case Kind::Loop: return "*";
        default: return "";
    }
}

/// The parts with those of blocks of the same kind in their place.
std::vector<ProcessTree> flattened(Kind kind, std::vector<ProcessTree> parts) {
    std::vector<ProcessTree> flat;
    for (ProcessTree& part : parts) {
        if (part.kind == kind) {
            std::ranges::move(part.parts, std::back_inserter(flat));
        } else {
            flat.push_back(std::move(part));
        }
    }
    return flat;
}

}  // namespace

ProcessTree nothing() {
    return {};
}

ProcessTree one(Step step) {
    return ProcessTree{Kind::One, step, {}};
}

ProcessTree block(Kind kind, std::vector<ProcessTree> parts) {
    return ProcessTree{kind, 0, std::move(parts)};
}

ProcessTree folded(ProcessTree tree) {
    for (ProcessTree& part : tree.parts) {
        part = folded(std::move(part));
    }
    const Kind kind = tree.kind;
    if (kind == Kind::Choice || kind == Kind::Sequence || kind == Kind::Parallel) {
        tree.parts = flattened(kind, std::move(tree.parts));
        const auto is_nothing = [](const ProcessTree& part) { return part.kind == Kind::Nothing; };
        if (kind == Kind::Choice) {
            // Said once: the first stays.
            const auto first = std::ranges::find_if(tree.parts, is_nothing);
            if (first != tree.parts.end()) {
                tree.parts.erase(std::remove_if(first + 1, tree.parts.end(), is_nothing),
                                 tree.parts.end());
            }
        } else {
            std::erase_if(tree.parts, is_nothing);
        }
    }
    if (tree.parts.empty() && kind != Kind::One) {
        return nothing();
    }
    if (tree.parts.size() == 1 && kind != Kind::Loop) {
        ProcessTree only = std::move(tree.parts.front());
        return only;
    }
    return tree;
}

ProcessTree ordered(ProcessTree tree) {
    for (ProcessTree& part : tree.parts) {
        part = ordered(std::move(part));
    }
    if (tree.kind == Kind::Choice || tree.kind == Kind::Parallel) {
        std::ranges::sort(tree.parts, less);
    } else if (tree.kind == Kind::Loop && tree.parts.size() > 1) {
        std::sort(tree.parts.begin() + 1, tree.parts.end(), less);
    }
    return tree;
}

std::string to_text(const ProcessTree& tree) {
    if (tree.kind == Kind::Nothing) {
        return "tau";
    }
    if (tree.kind == Kind::One) {
        return std::to_string(tree.step);
    }
    std::string text = sign(tree.kind) + "( ";
    for (std::size_t i = 0; i < tree.parts.size(); ++i) {
        text += (i > 0 ? ", " : "") + to_text(tree.parts[i]);
    }
    return text + " )";
}

}  // namespace kokemus::shape
