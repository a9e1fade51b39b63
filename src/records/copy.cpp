#include "records/copy.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "base/file.h"
#include "records/address.h"
#include "records/connection.h"

namespace kokemus::records {

namespace {

/// An open file, closed when it goes away.
class Descriptor {
public:
    explicit Descriptor(int opened) : opened_(opened) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (opened_ >= 0) {
            ::close(opened_);
        }
    }
    int get() const { return opened_; }

private:
    int opened_;
};

Status copy_into(Connection& connection, const std::string& to) {
    try {
        connection.session() << "VACUUM INTO :to", soci::use(to, "to");
    } catch (const std::exception& exception) {
        return connection.failure(exception);
    }
    return {};
}

}  // namespace

Status copy_sqlite(const std::filesystem::path& from, const std::filesystem::path& to) {
    const Descriptor made(::open(to.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600));
    if (made.get() < 0) {
        return file_error("make", to, errno);
    }
    const Address address = TRY(sqlite_file(from));
    {
        const auto connection = TRY(Connection::open(address));
        TRY(copy_into(*connection, to.string()));
    }
    // What SQLite has written is on disk when it has been synced, whatever its settings are.
    if (::fsync(made.get()) != 0) {
        return file_error("sync", to, errno);
    }
    return sync_folder(to.parent_path());
}

}  // namespace kokemus::records
