#include "timeline/snapshot_head.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "timeline/snapshot_columns.h"

namespace kokemus::timeline {

namespace {

constexpr std::size_t lists_max = 1U << 16U;  ///< dimensions, parts: what a sound head stays below

/// Gives texts, lists and the rest of a head to a visitor of arrays and numbers: the one list of
/// what is in the file, for both directions.
template <typename Visit>
class HeadVisit {
public:
    explicit HeadVisit(Visit& visit) : visit_(visit) {}

    void operator()(SnapshotHead& head) {
        text(head.ledger_id);
        visit_(head.standing.last_number);
        visit_(head.standing.last_customer_change);
        visit_(head.standing.last_assertion);
        visit_(head.standing.last_erasure);
        visit_(head.ledger_digest);
        visit_(head.blueprint_digest.high);
        visit_(head.blueprint_digest.low);
        visit_(head.written_at);
        visit_(head.living_rows);
        visit_(head.customers);
        sized(head.parts);
        for (auto& part : head.parts) {
            visit_(part.number);
            visit_(part.mark.id);
            visit_(part.mark.bytes);
            part.gone.visit_columns(visit_);
        }
        shared(head.shared);
    }

private:
    void shared(Shared& shared) {
        for (auto* texts : {&shared.touchpoints,
                            &shared.channels,
                            &shared.departments,
                            &shared.employees,
                            &shared.scales}) {
            texts->visit_columns(visit_);
        }
        sized(shared.dimensions);
        for (auto& dimension : shared.dimensions) {
            text(dimension.name);
            auto source = static_cast<std::uint32_t>(dimension.source);
            visit_(source);
            dimension.source = source == 0 ? blueprint::DimensionSource::Properties
                                           : blueprint::DimensionSource::Traits;
            dimension.texts.visit_columns(visit_);
        }
        visit_(shared.answers);
        visit_(shared.first_time);
        visit_(shared.latest_time);
    }

    void text(std::string& text) {
        Array<char> bytes(std::vector<char>(text.begin(), text.end()));
        visit_(bytes);
        text.assign(bytes.begin(), bytes.end());
        texts_.push_back(std::move(bytes));
    }

    template <typename T>
    void sized(std::vector<T>& list) {
        std::uint64_t size = list.size();
        visit_(size);
        list.resize(std::min<std::uint64_t>(size, lists_max));
    }

    Visit& visit_;
    std::vector<Array<char>> texts_;  ///< what is written must stay until it is
};

}  // namespace

namespace {

constexpr std::uint32_t rows_digested_max = 64;

Status digest_assertions(const ledger::Ledger& ledger, std::uint32_t last, std::uint64_t& digest) {
    const std::uint32_t after = last - std::min(last, rows_digested_max);
    return ledger.scan_assertions_since(
        after, [&](std::span<const ledger::Asserted> some) -> Status {
            for (const auto& [number, at, said] : some) {
                if (number <= last) {
                    digest = hash64(said.name.value(), digest + number);
                    digest = hash64(said.other.value(), digest);
                    digest += static_cast<std::uint64_t>(said.evidence);
                }
            }
            return {};
        });
}

}  // namespace

Result<std::uint64_t> digest_of_ledger(const ledger::Ledger& ledger, const Standing& standing) {
    const std::uint64_t last_number = standing.last_number;
    std::uint64_t digest = last_number;
    bool beyond = false;
    const auto take = [&](std::span<const ledger::Entry> entries) -> Status {
        for (const auto& [number, encounter] : entries) {
            beyond = number > last_number;
            if (beyond) {
                return Error{ErrorCode::Cancelled, "seen enough"};
            }
            digest = hash64(encounter.customer.value(), digest + number);
            digest = hash64(encounter.id.value(), digest);
            digest = hash64(encounter.touchpoint, digest);
            digest += static_cast<std::uint64_t>(encounter.time.time_since_epoch().count());
        }
        return {};
    };
    const auto scanned = ledger.scan_since(
        last_number - std::min<std::uint64_t>(last_number, rows_digested_max), take);
    if (!scanned && !beyond) {
        return scanned.error();
    }
    TRY(digest_assertions(ledger, standing.last_assertion, digest));
    return digest;
}

std::uint64_t SnapshotHead::bytes() const {
    std::uint64_t bytes = 0;
    for (const auto& part : parts) {
        bytes += part.mark.bytes;
    }
    return bytes;
}

Status check_columns(std::string_view unsound, const std::filesystem::path& path) {
    if (unsound.empty()) {
        return {};
    }
    return Error{
        ErrorCode::Corrupt,
        fmt::format(
            "{} is damaged: its column `{}` does not fit the others", path.string(), unsound)};
}

Status write_head(const SnapshotHead& head, const std::filesystem::path& path) {
    SnapshotHead copy = head;
    ColumnFileWriter writer(ColumnFileKind::Head);
    ColumnsOut out(writer);
    HeadVisit<ColumnsOut> visit(out);
    visit(copy);
    out.finish();
    TRY(writer.write(path));
    return {};
}

Result<SnapshotHead> read_head(const std::filesystem::path& path) {
    const ColumnFile file = TRY(ColumnFile::open(path, ColumnFileKind::Head));
    TRY(file.verify());
    SnapshotHead head;
    ColumnsIn in(file);
    HeadVisit<ColumnsIn> visit(in);
    visit(head);
    if (!in.fits() || head.parts.empty()) {
        return Error{
            ErrorCode::Corrupt,
            fmt::format("{} is damaged: it does not hold the columns of a head", path.string())};
    }
    TRY(check_columns(head.shared.unsound_column(), path));
    return head;
}

}  // namespace kokemus::timeline
