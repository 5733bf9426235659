#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "source/source.h"

namespace source {
namespace {

TEST(Cancellation, InterruptsWhatIsWatched) {
  const Cancellation cancellation;
  int calls = 0;
  const auto watch = cancellation.watch([&] { ++calls; });
  EXPECT_FALSE(cancellation.cancelled());
  const auto cancel = [copy = cancellation] { copy.cancel(); };
  cancel();
  cancel();
  EXPECT_TRUE(cancellation.cancelled());
  EXPECT_EQ(calls, 1);
}

TEST(Cancellation, InterruptsAtOnceWhenAlreadyCancelled) {
  Cancellation cancellation;
  cancellation.cancel();
  int calls = 0;
  const auto watch = cancellation.watch([&] { ++calls; });
  EXPECT_EQ(calls, 1);
}

TEST(Cancellation, LeavesAloneWhatIsNoLongerWatched) {
  Cancellation cancellation;
  int calls = 0;
  cancellation.watch([&] { ++calls; }).reset();
  cancellation.cancel();
  EXPECT_EQ(calls, 0);
}

TEST(Cancellation, EndOfARegistrationWaitsForItsInterrupt) {
  Cancellation cancellation;
  std::atomic<bool> running = false;
  std::atomic<bool> ended = false;
  auto watch = cancellation.watch([&] {
    running = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    ended = true;
  });
  std::thread other([&] { cancellation.cancel(); });
  while (!running) std::this_thread::yield();
  watch.reset();
  EXPECT_TRUE(ended);
  other.join();
}

}  // namespace
}  // namespace source
