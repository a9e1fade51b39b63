#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <future>
#include <new>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ledger/erasing.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

/// What the ledger does when memory runs out, at each place where its own code asks for some.

/// Where the program's own code lies: from the linker.
extern "C" const char __executable_start;
extern "C" const char etext;

namespace {

/// The n-th time that this thread asks for memory from here there is none; 0: never.
thread_local unsigned fails_at = 0;

/// DuckDB's own are let through: what it does without memory is not what is tested here.
bool is_ours(const void* caller) {
    return caller >= &__executable_start && caller < &etext;
}

void* allocate(std::size_t bytes, const void* caller) {
    if (fails_at > 0 && is_ours(caller) && --fails_at == 0) {
        throw std::bad_alloc();
    }
    if (void* memory = std::malloc(bytes == 0 ? 1 : bytes); memory != nullptr) {
        return memory;
    }
    throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t bytes) {
    return allocate(bytes, __builtin_return_address(0));
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace kokemus::ledger {
namespace {

using encounter::CustomerName;

/// Calls `call` with no memory at its n-th asking; whether it came so far.
template <typename Call>
bool without_memory(unsigned n, const Call& call) {
    fails_at = n;
    try {
        call();
    } catch (const std::bad_alloc&) {
        fails_at = 0;
        return true;
    }
    return std::exchange(fails_at, 0) == 0;
}

/// Of something that may wait for ever: then the program ends, as nothing can end the thread.
void within_a_minute(const char* what, const std::function<void()>& call) {
    std::packaged_task<void()> task(call);
    auto done = task.get_future();
    std::thread thread(std::move(task));
    if (done.wait_for(std::chrono::minutes(1)) != std::future_status::ready) {
        std::fprintf(stderr, "%s waits for ever\n", what);
        std::abort();
    }
    thread.join();
    done.get();
}

TEST(LedgerMemory, AnAppendWithoutMemoryKeepsNobodyWaiting) {
    const TestFolder folder;
    auto ledger = folder.open();
    append(*ledger, {make("anna", "first")});
    std::uint64_t acknowledged = 1;
    unsigned n = 1;
    for (bool came = true; came; ++n) {
        const std::string id = std::to_string(n);
        const std::vector<encounter::Encounter> batch = {make("bert", id), make("anna", "first")};
        within_a_minute("an append without memory", [&] {
            auto prepared = ledger->begin();
            ASSERT_TRUE(prepared->add(batch));
            bool is_there = false;
            came = without_memory(n, [&] {
                const auto receipt = ledger->commit(std::move(prepared));
                is_there = receipt && receipt->accepted == 1;
            });
            acknowledged += is_there ? 1 : 0;
        });
        if (ledger->stopped()) {
            ledger.reset();
            ledger = folder.open();
        }
        within_a_minute("the next append", [&] {
            const Receipt receipt = append(*ledger, batch);
            EXPECT_EQ(receipt.accepted + receipt.duplicates, 2U) << n;
        });
        EXPECT_EQ(ledger->totals()->encounters, n + 1) << n;
    }
    EXPECT_GT(n, 10U);
    EXPECT_GT(acknowledged, 1U);
    EXPECT_EQ(all(*ledger).size(), n);
}

/// With the last of what an erasure asks for, from before its commit on.
TEST(LedgerMemory, AnErasureThatIsKeptIsSaidToBe) {
    constexpr unsigned never = 1'000'000'000;
    constexpr unsigned last = 60;
    const TestFolder folder;
    auto ledger = folder.open();
    unsigned asked = 0;
    unsigned kept = 0;
    for (unsigned n = 0; n <= last; ++n) {
        const std::string name = fmt::format("customer {:03}", n);
        append(*ledger, {make(name, "1"), make("other", std::to_string(n))});
        ErasureOrder order;
        order.customers.emplace_back(name);
        order.at = Instant(Milliseconds(1'800'000'000'000));
        bool is_said = false;
        fails_at = n == 0 ? never : asked - last + n;
        try {
            is_said = erasing_of(*ledger).erase(order).has_value();
        } catch (const std::bad_alloc&) {
        }
        asked = n == 0 ? never - fails_at : asked;
        fails_at = 0;
        ASSERT_GT(asked, last);
        if (ledger->stopped()) {
            ledger.reset();
            ledger = folder.open();
        }
        const bool is_kept = erasing_of(*ledger).is_erased(CustomerName(name));
        EXPECT_EQ(is_kept, is_said) << n;
        EXPECT_EQ(ledger->read_customer(CustomerName(name))->empty(), is_said) << n;
        kept += is_kept ? 1 : 0;
    }
    EXPECT_EQ(erasing_of(*ledger).erasures()->size(), kept);
    EXPECT_GT(kept, 1U);
}

}  // namespace
}  // namespace kokemus::ledger
