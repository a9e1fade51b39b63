#include "answer/small_edges.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace kokemus::answer {
namespace {

constexpr std::uint64_t smallest = 5;

/// A map as it comes of units that walk about, and what of it is hidden afterwards.
struct Walked {
    Flow flow;
    std::uint64_t units = 0;

    void go(const std::vector<std::string>& path, int customer) {
        ++units;
        std::string from = "START";
        for (const std::string& to : path) {
            edge(from, to, customer);
            ++encounters[to];
            visitors[to].insert(customer);
            from = to;
        }
        edge(from, "END", customer);
    }

    Flow made() const {
        Flow made;
        for (const auto& [name, count] : encounters) {
            FlowNode node;
            node.touchpoint = name;
            node.encounters = count;
            node.customers = visitors.at(name).size();
            made.nodes.push_back(node);
        }
        for (const auto& [ends, customers] : takers) {
            FlowEdge edge;
            edge.from = ends.first;
            edge.to = ends.second;
            edge.count = customers.size();
            edge.customers = std::set<int>(customers.begin(), customers.end()).size();
            made.edges.push_back(edge);
        }
        return made;
    }

    std::map<std::string, std::uint64_t> encounters;
    std::map<std::string, std::set<int>> visitors;
    std::map<std::pair<std::string, std::string>, std::vector<int>> takers;

private:
    void edge(const std::string& from, const std::string& to, int customer) {
        takers[{from, to}].push_back(customer);
    }
};

/// The hidden edges whose count follows from all that is shown: those that alone make up a
/// combination of the sums. By elimination, knowing nothing of rings.
std::set<std::pair<std::string, std::string>> deduced(const Flow& before, const Flow& after) {
    std::set<std::string> nodes;
    for (const FlowNode& node : after.nodes) {
        nodes.insert(node.touchpoint);
    }
    std::set<std::pair<std::string, std::string>> shown;
    for (const FlowEdge& edge : after.edges) {
        shown.insert({edge.from, edge.to});
    }
    std::vector<std::pair<std::string, std::string>> hidden;
    std::map<std::string, std::vector<std::size_t>> sums;
    for (const FlowEdge& edge : before.edges) {
        if (!shown.contains({edge.from, edge.to})) {
            const auto side = [&](const std::string& name, const char* end) {
                return name == end || nodes.contains(name) ? name : std::string("gone");
            };
            sums["out " + side(edge.from, "START")].push_back(hidden.size());
            sums["in " + side(edge.to, "END")].push_back(hidden.size());
            hidden.emplace_back(edge.from, edge.to);
        }
    }
    std::vector<std::vector<double>> rows;
    for (const auto& [side, members] : sums) {
        std::vector<double> row(hidden.size());
        for (const std::size_t member : members) {
            row[member] = 1;
        }
        rows.push_back(row);
    }
    std::size_t rank = 0;
    for (std::size_t column = 0; column < hidden.size() && rank < rows.size(); ++column) {
        std::size_t pivot = rank;
        while (pivot < rows.size() && std::abs(rows[pivot][column]) < 1e-9) {
            ++pivot;
        }
        if (pivot == rows.size()) {
            continue;
        }
        std::swap(rows[rank], rows[pivot]);
        const double by = rows[rank][column];
        for (double& number : rows[rank]) {
            number /= by;
        }
        for (std::size_t other = 0; other < rows.size(); ++other) {
            const double times = rows[other][column];
            for (std::size_t i = 0; other != rank && i < hidden.size(); ++i) {
                rows[other][i] -= times * rows[rank][i];
            }
        }
        ++rank;
    }
    std::set<std::pair<std::string, std::string>> found;
    for (std::size_t row = 0; row < rank; ++row) {
        std::vector<std::size_t> members;
        for (std::size_t i = 0; i < hidden.size(); ++i) {
            if (std::abs(rows[row][i]) > 1e-9) {
                members.push_back(i);
            }
        }
        if (members.size() == 1) {
            found.insert(hidden[members.front()]);
        }
    }
    return found;
}

bool is_there(const Flow& flow, const std::string& name, const char* end) {
    return name == end || std::ranges::any_of(flow.nodes, [&](const FlowNode& node) {
               return node.touchpoint == name;
           });
}

void expect_no_small_edge_is_found(const Walked& walked) {
    const Flow before = walked.made();
    Flow after = before;
    withhold_small_edges(after, {}, smallest);
    const auto found = deduced(before, after);
    for (const FlowEdge& edge : before.edges) {
        // With all touchpoints gone there is nothing left to take; the units are known all the same.
        // Of an edge between touchpoints that are gone nobody knows what it is.
        const bool named = is_there(after, edge.from, "START") || is_there(after, edge.to, "END");
        if (edge.customers < smallest && !after.nodes.empty() && named) {
            RC_ASSERT(!found.contains({edge.from, edge.to}));
        }
    }
    for (const FlowEdge& edge : after.edges) {
        RC_ASSERT(edge.customers >= smallest);
    }
}

TEST(SmallEdges, NobodyFindsOneBySubtracting) {
    EXPECT_TRUE(rc::check("no small edge follows from what is shown", [] {
        Walked walked;
        const int units = *rc::gen::inRange(1, 120);
        for (int unit = 0; unit < units; ++unit) {
            const auto path = *rc::gen::container<std::vector<std::string>>(
                *rc::gen::inRange<std::size_t>(1, 5),
                rc::gen::element<std::string>("a", "b", "c", "d", "e"));
            const int times = *rc::gen::element(1, 1, 6, 20);
            for (int i = 0; i < times; ++i) {
                const bool one_customer = *rc::gen::element(false, false, true);
                walked.go(path, one_customer ? unit : unit * 100 + i);
            }
        }
        expect_no_small_edge_is_found(walked);
    }));
}

TEST(SmallEdges, StartAndEndAreSumsToo) {
    Walked walked;
    for (int i = 0; i < 71; ++i) {
        walked.go({"p", "q"}, i);
    }
    for (int i = 0; i < 40; ++i) {
        walked.go({"p", "r", "q"}, 100 + i);
    }
    for (int i = 0; i < 3; ++i) {
        walked.go({"r", "q"}, 200 + i);
    }
    const Flow before = walked.made();
    Flow after = before;
    EXPECT_GT(withhold_small_edges(after, {}, smallest), 1U);
    EXPECT_FALSE(deduced(before, after).contains({"START", "r"}));
}

TEST(SmallEdges, NothingGoesWhereNothingIsSmall) {
    Walked walked;
    for (int i = 0; i < 10; ++i) {
        walked.go({"a", "b", "a"}, i);
    }
    Flow flow = walked.made();
    EXPECT_EQ(withhold_small_edges(flow, {}, smallest), 0U);
    EXPECT_EQ(flow.edges.size(), 4U);
}

/// A lonely way has nothing to hide behind: a touchpoint goes, and never one alone.
TEST(SmallEdges, WhatNothingCanHideTakesTouchpointsWithIt) {
    Walked walked;
    for (int i = 0; i < 30; ++i) {
        walked.go({"a", "b"}, i);
    }
    for (int i = 0; i < 6; ++i) {
        walked.go({"c", "c", "c"}, 100 + i / 2);
    }
    const Flow before = walked.made();
    Flow after = before;
    withhold_small_edges(after, {}, smallest);
    const auto found = deduced(before, after);
    EXPECT_FALSE(found.contains({"c", "c"}));
    EXPECT_NE(after.nodes.size(), 2U);
}

}  // namespace
}  // namespace kokemus::answer
