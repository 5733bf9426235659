#include "source/fair_share.h"

#include <atomic>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace source {
namespace {

using base::Code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Slots = std::vector<FairShare::Slot>;

FairShare::Slot take(FairShare& share, const std::string& key) {
  return share.acquire(key, steady_clock::now() + std::chrono::seconds(10), Cancellation()).value();
}

Code refusal(FairShare& share, const std::string& key) {
  const auto slot = share.acquire(key, steady_clock::now() + milliseconds(20), Cancellation());
  return slot ? Code::kInternal : slot.error().code;
}

TEST(FairShare, GivesAsManySlotsAsThereAre) {
  FairShare share(2, 2);
  Slots slots;
  slots.push_back(take(share, "a"));
  slots.push_back(take(share, "a"));
  EXPECT_EQ(refusal(share, "b"), Code::kQueryTimeout);
  slots.pop_back();
  slots.push_back(take(share, "b"));
  EXPECT_EQ(refusal(share, "b"), Code::kQueryTimeout);
}

TEST(FairShare, LeavesRoomForOthers) {
  FairShare share(3, 2);
  Slots slots;
  slots.push_back(take(share, "a"));
  slots.push_back(take(share, "a"));
  EXPECT_EQ(refusal(share, "a"), Code::kQueryTimeout);
  slots.push_back(take(share, "b"));
}

TEST(FairShare, WhoHoldsLessComesFirst) {
  FairShare share(2, 2);
  std::optional<FairShare::Slot> first = take(share, "greedy");
  std::optional<FairShare::Slot> second = take(share, "greedy");
  std::mutex mutex;
  std::vector<std::string> order;
  std::vector<std::thread> threads;
  for (const std::string key : {"greedy", "greedy", "small"}) {
    threads.emplace_back([&, key] {
      const FairShare::Slot slot = take(share, key);
      const std::lock_guard lock(mutex);
      order.push_back(key);
    });
    std::this_thread::sleep_for(milliseconds(50));
  }
  first.reset();
  threads[2].join();
  {
    const std::lock_guard lock(mutex);
    EXPECT_EQ(order.front(), "small");
  }
  second.reset();
  threads[0].join();
  threads[1].join();
  EXPECT_EQ(order.size(), 3U);
}

TEST(FairShare, AWaiterWhoIsCancelledTakesNothing) {
  FairShare share(1, 1);
  std::optional<FairShare::Slot> held = take(share, "a");
  const Cancellation cancellation;
  std::thread other([&] {
    std::this_thread::sleep_for(milliseconds(30));
    cancellation.cancel();
  });
  const auto refused =
      share.acquire("b", steady_clock::now() + std::chrono::seconds(10), cancellation);
  other.join();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kCancelled);
  held.reset();
  (void)take(share, "c");
}

TEST(FairShare, NeverHandsOutMoreThanItHas) {
  FairShare share(3, 2);
  std::atomic<int> held = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int turn = 0; turn < 50; ++turn) {
        const FairShare::Slot slot = take(share, std::to_string(i % 3));
        const int now = ++held;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        std::this_thread::yield();
        --held;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(held, 0);
  EXPECT_LE(most, 3);
}

}  // namespace
}  // namespace source
