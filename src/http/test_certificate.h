#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace kokemus::http {

/// For tests: a certificate that vouches for itself, and its key, as files of a folder of their
/// own.
class TestCertificate {
public:
    struct Wanted {
        std::string name = "localhost";
        long begins_seconds = -3600;  ///< from now
        long ends_seconds = 90 * 86400L;
    };

    TestCertificate() : TestCertificate(Wanted{}) {}

    explicit TestCertificate(const Wanted& wanted) {
        std::string pattern = std::filesystem::temp_directory_path() / "kokemus-tls-XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        write(wanted);
    }
    ~TestCertificate() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    TestCertificate(const TestCertificate&) = delete;
    TestCertificate& operator=(const TestCertificate&) = delete;

    std::filesystem::path certificate() const { return folder_ / "certificate.pem"; }
    std::filesystem::path key() const { return folder_ / "key.pem"; }

    /// Puts a new one, with a key of its own, in the place of both files.
    void write(const Wanted& wanted) const {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pair(EVP_EC_gen("P-256"),
                                                                       EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
        X509_set_version(made.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(made.get()), wanted.begins_seconds);
        X509_gmtime_adj(X509_getm_notAfter(made.get()), wanted.ends_seconds);
        X509_set_pubkey(made.get(), pair.get());
        X509_NAME* name = X509_get_subject_name(made.get());
        X509_NAME_add_entry_by_txt(name,
                                   "CN",
                                   MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(wanted.name.c_str()),
                                   -1,
                                   -1,
                                   0);
        X509_set_issuer_name(made.get(), name);
        ASSERT_GT(X509_sign(made.get(), pair.get(), EVP_sha256()), 0);
        std::FILE* file = std::fopen(key().c_str(), "w");
        ASSERT_EQ(PEM_write_PrivateKey(file, pair.get(), nullptr, nullptr, 0, nullptr, nullptr), 1);
        std::fclose(file);
        ASSERT_EQ(::chmod(key().c_str(), 0600), 0);
        file = std::fopen(certificate().c_str(), "w");
        ASSERT_EQ(PEM_write_X509(file, made.get()), 1);
        std::fclose(file);
    }

private:
    std::filesystem::path folder_;
};

}  // namespace kokemus::http
