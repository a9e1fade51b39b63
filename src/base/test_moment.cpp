#include "base/test_moment.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace kokemus {

namespace {

struct Slot {
    std::array<char, 32> name;
    std::atomic<std::uint64_t> active;
    std::atomic<std::uint64_t> begun;
};

using Slots = std::array<Slot, 32>;

/// The file, mapped; null when it is not there.
Slots* map_slots(const char* file, int how) {
    const int descriptor = ::open(file, how | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        return nullptr;
    }
    void* mapped = MAP_FAILED;
    if (::ftruncate(descriptor, sizeof(Slots)) == 0) {
        mapped = ::mmap(nullptr, sizeof(Slots), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    }
    ::close(descriptor);
    return mapped == MAP_FAILED ? nullptr : static_cast<Slots*>(mapped);
}

Slots* watched() {
    static Slots* const slots = [] {
        const char* file = std::getenv("KOKEMUS_TEST_MOMENTS");
        return file == nullptr ? nullptr : map_slots(file, O_RDWR);
    }();
    return slots;
}

std::string_view name_of(const Slot& slot) {
    return {slot.name.data(), ::strnlen(slot.name.data(), slot.name.size())};
}

const Slot* find(const Slots& slots, std::string_view name) {
    for (const Slot& slot : slots) {
        if (name_of(slot) == name) {
            return &slot;
        }
    }
    return nullptr;
}

}  // namespace

TestMoment::TestMoment(std::string_view name) {
    Slots* slots = watched();
    if (slots == nullptr || name.size() >= sizeof(Slot::name)) {
        return;
    }
    static std::mutex naming;
    const std::scoped_lock lock(naming);
    for (Slot& slot : *slots) {
        if (slot.name[0] == '\0') {
            std::memcpy(slot.name.data(), name.data(), name.size());
        }
        if (name_of(slot) == name) {
            active_ = &slot.active;
            ++slot.begun;
            ++slot.active;
            return;
        }
    }
}

TestMoment::~TestMoment() {
    if (active_ != nullptr) {
        --*active_;
    }
}

TestMoments::TestMoments(const std::filesystem::path& file)
    : mapped_(map_slots(file.c_str(), O_RDWR | O_CREAT | O_TRUNC)) {}

TestMoments::~TestMoments() {
    if (mapped_ != nullptr) {
        ::munmap(mapped_, sizeof(Slots));
    }
}

bool TestMoments::is_active(std::string_view name) const {
    const Slot* slot = mapped_ == nullptr ? nullptr : find(*static_cast<Slots*>(mapped_), name);
    return slot != nullptr && slot->active > 0;
}

std::uint64_t TestMoments::begun(std::string_view name) const {
    const Slot* slot = mapped_ == nullptr ? nullptr : find(*static_cast<Slots*>(mapped_), name);
    return slot == nullptr ? 0 : slot->begun.load();
}

void TestMoments::clear() {
    if (mapped_ != nullptr) {
        std::memset(mapped_, 0, sizeof(Slots));
    }
}

}  // namespace kokemus
