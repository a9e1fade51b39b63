#include "timeline/snapshot_folder.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/test_moment.h"
#include "base/test_setting.h"
#include "base/text.h"
#include "timeline/blueprint_digest.h"
#include "timeline/facts.h"

namespace kokemus::timeline {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view head_name = "head.columns";

ColumnsIdentity identity_of(const Part& part) {
    Part copy = part;
    copy.gone = RowSet();  // changes beside the columns, and is kept in the head
    ColumnsIdentity identity;
    copy.visit_columns(identity);
    return identity;
}

/// The columns of a part, ready to be written. Must stay while the writer is used.
struct Outgoing {
    explicit Outgoing(const Part& part) : copy(part), writer(ColumnFileKind::Part), out(writer) {
        copy.gone = RowSet();
        copy.visit_columns(out);
        out.finish();
    }
    Outgoing(const Outgoing&) = delete;

    Part copy;
    ColumnFileWriter writer;
    ColumnsOut out;
};

/// Customers of a part that live there and have encounters.
std::uint64_t living_customers(const Part& part) {
    std::uint64_t customers = 0;
    for (Code customer = 0; customer < part.customer_count(); ++customer) {
        const bool any = part.customer_offsets[customer] < part.customer_offsets[customer + 1];
        customers += any && !part.is_gone(customer) ? 1 : 0;
    }
    return customers;
}

Error foreign(std::string_view why) {
    return Error{ErrorCode::Conflict, std::string(why)};
}

/// Whether the snapshot is of a state that this ledger went through.
Status check_ledger(const SnapshotHead& head, const ledger::Ledger& ledger) {
    if (head.ledger_id != ledger.id()) {
        return foreign("it was made of another ledger");
    }
    if (head.standing.last_erasure != ledger.last_erasure()) {
        return foreign("it was written before the last erasure, or after one that is not known");
    }
    const ledger::Totals totals = TRY(ledger.totals());
    if (head.standing.last_number > totals.last_number) {
        return foreign(fmt::format(
            "it holds encounters up to number {} but the ledger ends at {}, as after a restore",
            head.standing.last_number,
            totals.last_number));
    }
    if (head.standing.last_customer_change > ledger.last_customer_change() ||
        head.standing.last_assertion > ledger.last_assertion()) {
        return foreign("it holds changes of customers that the ledger does not have");
    }
    if (head.ledger_digest != TRY(digest_of_ledger(ledger, head.standing)) ||
        (head.standing.last_number == totals.last_number &&
         head.living_rows != totals.encounters)) {
        return foreign(fmt::format("the ledger's encounters up to number {} are not those it holds",
                                   head.standing.last_number));
    }
    return {};
}

}  // namespace

SnapshotFolder::SnapshotFolder(fs::path folder) : folder_(std::move(folder)) {}

fs::path SnapshotFolder::head_path() const {
    return folder_ / head_name;
}

fs::path SnapshotFolder::part_path(std::uint64_t number) const {
    return folder_ / fmt::format("part-{:06}.columns", number);
}

Result<Restored> SnapshotFolder::load(const ledger::Ledger& ledger,
                                      std::shared_ptr<const blueprint::Blueprint> blueprint) {
    const std::scoped_lock lock(mutex_);
    SnapshotHead head = TRY(read_head(head_path()));
    TRY(check_ledger(head, ledger));
    if (head.blueprint_digest != digest_of_columns(*blueprint)) {
        return foreign("it was made with another blueprint");
    }
    Shared& shared = head.shared;
    shared.facts = make_facts(*blueprint, shared.touchpoints, shared.channels);
    shared.blueprint = std::move(blueprint);
    std::vector<Kept> kept;
    std::vector<Part> parts;
    TimeBounds bounds;
    for (const auto& file : head.parts) {
        parts.push_back(TRY(read_part(file, shared)));
        kept.push_back(Kept{identity_of(parts.back()), file});
    }
    if (head.living_rows > 0) {
        bounds = TimeBounds{shared.first_time, shared.latest_time};
    }
    auto timeline = make_timeline(std::move(shared), bounds, std::move(parts));
    if (timeline->rows() != head.living_rows) {
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} is damaged: its parts have {} encounters and not {}",
                                 head_path().string(),
                                 timeline->rows(),
                                 head.living_rows)};
    }
    kept_ = std::move(kept);
    return Restored{std::move(timeline), head.standing};
}

Result<Part> SnapshotFolder::read_part(const SnapshotHead::PartFile& file,
                                       const Shared& shared) const {
    const fs::path path = part_path(file.number);
    const auto opened = ColumnFile::open(path, ColumnFileKind::Part);
    if (!opened && opened.error().code == ErrorCode::NotFound) {
        return Error{ErrorCode::Corrupt, fmt::format("{} is missing", path.string())};
    }
    const ColumnFile columns = TRY(opened);
    if (columns.mark() != file.mark) {
        return Error{ErrorCode::Corrupt,
                     fmt::format("{} is not the file that the head names", path.string())};
    }
    columns.mapping()->read_ahead();
    TRY(columns.verify());
    Part part;
    part.share(shared);
    part.dimension.resize(shared.dimensions.size());
    ColumnsIn in(columns);
    part.visit_columns(in);
    part.gone = file.gone;
    if (!in.fits()) {
        return Error{
            ErrorCode::Corrupt,
            fmt::format("{} is damaged: it does not hold the columns of a part", path.string())};
    }
    TRY(check_columns(part.unsound_column(), path));
    return part;
}

std::optional<SnapshotHead::PartFile> SnapshotFolder::kept(const ColumnsIdentity& identity) const {
    for (const auto& one : kept_) {
        if (one.identity.is_same(identity)) {
            return one.file;
        }
    }
    return std::nullopt;
}

std::uint64_t SnapshotFolder::bytes_to_write(const Timeline& timeline) const {
    const std::scoped_lock lock(mutex_);
    std::uint64_t bytes = 0;
    for (const auto& part : timeline.parts) {
        if (!kept(identity_of(part))) {
            bytes += Outgoing(part).writer.bytes();
        }
    }
    return bytes;
}

Status SnapshotFolder::check_space(std::uint64_t bytes) const {
    const std::uint64_t spare =
        test_setting("SNAPSHOT_SPARE_BYTES", limits::snapshot_spare_bytes_min);
    std::error_code failure;
    const auto space = fs::space(folder_, failure);
    if (!failure && space.available < bytes + spare) {
        return Error{ErrorCode::DiskFull,
                     fmt::format("{} MB are free in {} and {} MB are needed",
                                 space.available / 1'000'000,
                                 folder_.string(),
                                 (bytes + spare) / 1'000'000)};
    }
    return {};
}

Result<SnapshotHead::PartFile> SnapshotFolder::write_part(const Part& part,
                                                          std::uint64_t number) const {
    SnapshotHead::PartFile file;
    file.number = number;
    file.mark = TRY(Outgoing(part).writer.write(part_path(number)));
    return file;
}

Status SnapshotFolder::save(const Timeline& timeline, const ledger::Ledger& ledger,
                            const Standing& standing, const std::function<bool()>& is_wanted) {
    const auto check_wanted = [&]() -> Status {
        if (!is_wanted() || standing.last_erasure != ledger.last_erasure()) {
            return Error{ErrorCode::Cancelled, "it holds what was erased since"};
        }
        return {};
    };
    const TestMoment moment("snapshot");
    const std::uint64_t bytes = bytes_to_write(timeline);
    const std::scoped_lock lock(mutex_);
    TRY(make_folders(folder_));
    TRY(check_space(bytes));
    SnapshotHead head;
    head.ledger_id = ledger.id();
    head.standing = standing;
    head.ledger_digest = TRY(digest_of_ledger(ledger, standing));
    head.blueprint_digest = digest_of_columns(*timeline.blueprint);
    head.written_at = SystemClock().now().time_since_epoch().count();
    head.living_rows = timeline.rows();
    head.shared = static_cast<const Shared&>(timeline);
    std::uint64_t number = next_number();
    std::vector<Kept> kept_now;
    for (const auto& part : timeline.parts) {
        TRY(check_wanted());
        ColumnsIdentity identity = identity_of(part);
        auto file = kept(identity);
        if (!file) {
            file = TRY(write_part(part, number++));
        }
        file->gone = part.gone;
        head.customers += living_customers(part);
        head.parts.push_back(*file);
        kept_now.push_back(Kept{std::move(identity), std::move(*file)});
    }
    TRY(check_wanted());
    TRY(write_head(head, head_path()));
    kept_ = std::move(kept_now);
    remove_all_but(kept_);
    return {};
}

/// Above those of all files there are: a name is never used twice while a head may name it.
std::uint64_t SnapshotFolder::next_number() const {
    std::uint64_t next = 1;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder_, failure)) {
        const std::string name = entry.path().filename().string();
        unsigned long long number = 0;
        if (std::sscanf(name.c_str(), "part-%llu.columns", &number) == 1) {
            next = std::max<std::uint64_t>(next, number + 1);
        }
    }
    return next;
}

/// Files that stay behind when this fails take room and do no other harm.
void SnapshotFolder::remove_all_but(const std::vector<Kept>& kept) const {
    std::vector<fs::path> wanted;
    if (!kept.empty()) {
        wanted.push_back(head_path());
    }
    for (const auto& one : kept) {
        wanted.push_back(part_path(one.file.number));
    }
    std::error_code failure;
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder_, failure)) {
        found.push_back(entry.path());
    }
    for (const auto& path : found) {
        if (std::ranges::count(wanted, path) == 0 && !fs::remove(path, failure) && failure) {
            log_warning("cannot remove {}: {}", path.string(), failure.message());
        }
    }
}

Status SnapshotFolder::discard() {
    const std::scoped_lock lock(mutex_);
    kept_.clear();
    if (!fs::exists(folder_)) {
        return {};
    }
    // The head first: a head without its parts would be damage.
    std::error_code failure;
    fs::remove(head_path(), failure);
    if (failure) {
        return file_error("remove", head_path(), failure.value());
    }
    TRY(sync_folder(folder_));
    remove_all_but({});
    return sync_folder(folder_);
}

Result<std::optional<SnapshotFacts>> SnapshotFolder::facts() const {
    const std::scoped_lock lock(mutex_);
    auto read = read_head(head_path());
    if (!read && read.error().code == ErrorCode::NotFound) {
        return std::optional<SnapshotFacts>();
    }
    const SnapshotHead head = TRY(std::move(read));
    return std::optional(SnapshotFacts{Instant(Milliseconds(head.written_at)),
                                       head.standing.last_number,
                                       head.living_rows,
                                       head.customers,
                                       head.parts.size(),
                                       head.bytes()});
}

}  // namespace kokemus::timeline
