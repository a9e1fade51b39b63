#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace kokemus::ledger {

/// SHA-256, as 64 hexadecimal digits.
std::string sha256(std::string_view text);

/// The names of erased customers, as salted digests: enough to know one who comes again, and no
/// more. A digest is BLAKE2b (256 bits) of the name, keyed with the ledger's own salt: digests of
/// two ledgers cannot be compared, and no table made beforehand helps to guess. Who has the salt
/// too (it lies in the ledger's file) can try names one by one, so digests stay personal data in
/// the sense of the law, kept for one purpose alone.
///
/// Not thread safe but for const functions.
class NameDigests {
public:
    bool empty() const { return digests_.empty(); }
    const std::string& salt() const { return salt_; }
    void set_salt(std::string salt) { salt_ = std::move(salt); }

    /// 64 hexadecimal digits. Only with a salt.
    std::string digest_of(std::string_view name) const;

    /// About 0.5 us; nothing while nobody has been erased.
    bool contains(std::string_view name) const {
        return !digests_.empty() && digests_.contains(digest_of(name));
    }

    void add(std::string digest) { digests_.insert(std::move(digest)); }
    std::vector<std::string> sorted() const;
    void remove(const std::string& digest) { digests_.erase(digest); }

private:
    std::string salt_;
    std::unordered_set<std::string> digests_;
};

}  // namespace kokemus::ledger
