#include "source/deadline_timer.h"

#include <atomic>
#include <vector>

#include <gtest/gtest.h>

namespace source {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

TEST(DeadlineTimer, CallsInOrderOfTheDeadlines) {
  std::vector<int> order;
  std::atomic<int> calls = 0;
  DeadlineTimer timer;
  const auto now = steady_clock::now();
  const auto note = [&](int name) {
    return [&order, &calls, name] {
      order.push_back(name);
      ++calls;
    };
  };
  const auto far = timer.watch(now + std::chrono::hours(1), note(4));
  const auto late = timer.watch(now + milliseconds(30), note(3));
  const auto early = timer.watch(now + milliseconds(10), note(2));
  const auto past = timer.watch(now - milliseconds(1), note(1));
  while (calls < 3) std::this_thread::yield();
  EXPECT_EQ(order, (std::vector{1, 2, 3}));
  EXPECT_GE(steady_clock::now(), now + milliseconds(30));
}

TEST(DeadlineTimer, DoesNotCallAfterTheWatchEnded) {
  std::atomic<int> calls = 0;
  DeadlineTimer timer;
  {
    const auto watch = timer.watch(steady_clock::now() + milliseconds(5), [&] { ++calls; });
  }
  std::this_thread::sleep_for(milliseconds(20));
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace source
