#include "account.h"

#include <charconv>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "ledger/ledger.h"

namespace kokemus::durability {

namespace {

constexpr std::size_t faults_said_max = 20;

/// Customers who come again with every batch, and batches of customers who come seldom: the
/// timeline keeps those in parts of their own and merges them.
std::string customer_of(std::uint64_t batch, std::size_t index) {
    return batch % 3 == 0 ? fmt::format("c{}", (batch * 31 + index) % 97)
                          : fmt::format("s{}", (batch * 131 + index) % 9973);
}

/// Long enough for a batch to take several sectors of a disk.
std::string text_of(std::uint64_t batch, std::size_t index) {
    return fmt::format("said {} {} {}", batch, index, batch * 2654435761U + index * 40503U);
}

/// "12-3" is the third of batch 12.
bool read_id(std::string_view id, std::uint64_t& batch, std::size_t& index) {
    const char* end = id.data() + id.size();
    const auto first = std::from_chars(id.data(), end, batch);
    if (first.ptr == end || *first.ptr != '-') {
        return false;
    }
    return std::from_chars(first.ptr + 1, end, index).ptr == end;
}

}  // namespace

/// What the ledger holds of each batch.
struct Account::Seen {
    std::map<std::uint64_t, std::vector<bool>> batches;
};

Account::Batch Account::send_new(std::size_t size) {
    const std::scoped_lock lock(mutex_);
    const std::uint64_t number = lines_.size() + 1;
    lines_[number] = Line{size, 0};
    return {number, size};
}

Account::Batch Account::send_again(std::uint64_t chance) const {
    const std::scoped_lock lock(mutex_);
    if (lines_.empty()) {
        return {};
    }
    const std::uint64_t number = 1 + chance % lines_.size();
    return {number, lines_.at(number).size};
}

void Account::acknowledged(const Batch& batch) {
    const std::scoped_lock lock(mutex_);
    if (is_open_) {
        ++acknowledgements_;
        std::uint64_t& first = lines_.at(batch.number).acknowledgement;
        first = first == 0 ? acknowledgements_ : first;
    }
}

void Account::close_books() {
    const std::scoped_lock lock(mutex_);
    is_open_ = false;
}

void Account::open_books() {
    const std::scoped_lock lock(mutex_);
    is_open_ = true;
}

std::uint64_t Account::acknowledgements() const {
    const std::scoped_lock lock(mutex_);
    return acknowledgements_;
}

std::string Account::body(const Batch& batch) {
    std::string body = "[";
    for (std::size_t i = 0; i < batch.size; ++i) {
        body += fmt::format(
            R"({}{{"id":"{}-{}","customer":"{}","time":{},"touchpoint":"touchpoint {}","text":"{}"}})",
            i == 0 ? "" : ",",
            batch.number,
            i,
            customer_of(batch.number, i),
            1'700'000'000'000 + batch.number * 1000 + i,
            batch.number % 7,
            text_of(batch.number, i));
    }
    return body + "]";
}

std::vector<std::string> Account::compare(const std::filesystem::path& folder,
                                          std::uint64_t acknowledgements) const {
    const std::scoped_lock lock(mutex_);
    auto ledger = ledger::Ledger::open(folder);
    // A child that another thread has just begun holds our lock until it has become a program.
    for (int again = 0; !ledger && ledger.error().code == ErrorCode::Conflict && again < 100;
         ++again) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        ledger = ledger::Ledger::open(folder);
    }
    if (!ledger) {
        return {"the ledger does not open: " + ledger.error().message};
    }
    Seen seen;
    std::vector<std::string> faults;
    const Status scanned =
        (*ledger)->scan_since(0, [&](std::span<const ledger::Entry> entries) -> Status {
            for (const ledger::Entry& entry : entries) {
                look_at(entry.encounter, seen, faults);
            }
            return {};
        });
    if (!scanned) {
        faults.push_back("the ledger cannot be read: " + scanned.error().message);
    }
    compare_batches(seen, acknowledgements, faults);
    if (faults.size() > faults_said_max) {
        const std::size_t all = faults.size();
        faults.resize(faults_said_max);
        faults.push_back(fmt::format("and {} more", all - faults_said_max));
    }
    return faults;
}

void Account::look_at(const encounter::Encounter& encounter, Seen& seen,
                      std::vector<std::string>& faults) const {
    std::uint64_t number = 0;
    std::size_t index = 0;
    const std::string& id = encounter.id.value();
    const bool known =
        read_id(id, number, index) && lines_.contains(number) && index < lines_.at(number).size;
    if (!known) {
        faults.push_back(id + " was never sent");
        return;
    }
    std::vector<bool>& there = seen.batches[number];
    there.resize(lines_.at(number).size);
    if (there[index]) {
        faults.push_back(id + " is there twice");
    }
    there[index] = true;
    if (encounter.text != text_of(number, index) ||
        encounter.customer.value() != customer_of(number, index)) {
        faults.push_back(id + " has another body");
    }
}

/// Each batch is there wholly or not at all, and when it was acknowledged, wholly.
void Account::compare_batches(const Seen& seen, std::uint64_t acknowledgements,
                              std::vector<std::string>& faults) const {
    for (const auto& [number, line] : lines_) {
        const auto found = seen.batches.find(number);
        std::size_t there = 0;
        if (found != seen.batches.end()) {
            for (const bool one : found->second) {
                there += one ? 1 : 0;
            }
        }
        if (there != 0 && there != line.size) {
            faults.push_back(fmt::format(
                "{} of {} of batch {} are there: half a batch", there, line.size, number));
        } else if (there == 0 && line.acknowledgement > 0 &&
                   line.acknowledgement <= acknowledgements && line.size > 0) {
            faults.push_back(
                fmt::format("batch {} of {} was acknowledged and is lost", number, line.size));
        }
    }
}

}  // namespace kokemus::durability
