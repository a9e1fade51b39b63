#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace kokemus {

/// Marks, for as long as it stands, that something is being done during which a test wants to kill
/// the program: in the file that the environment variable KOKEMUS_TEST_MOMENTS names, which is
/// mapped, so that the mark is still there when the program is not. Nothing without the variable;
/// costs a look at a pointer then. Nothing that is promised may depend on it.
class TestMoment {
public:
    /// At most 31 bytes; of 32 moments in one program.
    explicit TestMoment(std::string_view name);
    ~TestMoment();
    TestMoment(const TestMoment&) = delete;
    TestMoment& operator=(const TestMoment&) = delete;

private:
    std::atomic<std::uint64_t>* active_ = nullptr;
};

/// The other side: what the program with this file is doing, or was when it was killed. One program
/// at a time. Thread safe.
class TestMoments {
public:
    /// Makes the file anew.
    explicit TestMoments(const std::filesystem::path& file);
    ~TestMoments();
    TestMoments(const TestMoments&) = delete;
    TestMoments& operator=(const TestMoments&) = delete;

    /// Whether it is, or was, being done.
    bool is_active(std::string_view name) const;

    /// How often it has been begun.
    std::uint64_t begun(std::string_view name) const;

    /// Forgets everything, for the next program.
    void clear();

private:
    void* mapped_ = nullptr;
};

}  // namespace kokemus
