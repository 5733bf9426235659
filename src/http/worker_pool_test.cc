#include "http/worker_pool.h"

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(WorkerPoolTest, RunsAtOnceWhatItsThreadsAndItsQueueHold) {
  std::promise<void> open;
  const std::shared_future<void> opened = open.get_future().share();
  std::atomic<int> ran = 0;
  {
    WorkerPool pool(2, 1);
    const auto job = [&, opened] {
      opened.wait();
      ++ran;
    };
    EXPECT_TRUE(pool.try_run(job));
    EXPECT_TRUE(pool.try_run(job));
    EXPECT_TRUE(pool.try_run(job));
    EXPECT_FALSE(pool.try_run(job));
    open.set_value();
    while (ran < 3) std::this_thread::yield();
  }
  EXPECT_EQ(ran, 3);
}

TEST(WorkerPoolTest, StopDropsWhatWaits) {
  std::promise<void> running;
  auto dropped = std::make_shared<int>(0);
  const std::weak_ptr<int> watched = dropped;
  WorkerPool pool(1, 1);
  ASSERT_TRUE(pool.try_run([&] {
    running.set_value();
    while (!watched.expired()) std::this_thread::yield();
  }));
  running.get_future().wait();
  ASSERT_TRUE(pool.try_run([held = std::move(dropped)] { ADD_FAILURE(); }));
  pool.stop();
  EXPECT_FALSE(pool.try_run([] {}));
}

TEST(WorkerPoolTest, OutlivesAJobThatThrows) {
  WorkerPool pool(1, 4);
  std::promise<void> ran;
  EXPECT_TRUE(pool.try_run([] { throw std::runtime_error("x"); }));
  EXPECT_TRUE(pool.try_run([&] { ran.set_value(); }));
  ran.get_future().wait();
}

}  // namespace
}  // namespace http
