#pragma once

// A fixed number of threads with a bounded queue, for requests that wait for disk, database or a
// password hash. Used by Server and Connection. Thread-safe.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace http {

class WorkerPool {
 public:
  /// Throws std::system_error where a thread can not be had.
  WorkerPool(std::size_t threads, std::size_t queue_limit);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False, and `job` is dropped, where every thread is busy and `queue_limit` jobs wait.
  [[nodiscard]] bool try_run(std::function<void()> job);

  /// Drops the waiting jobs and waits for the running ones. Repeats are ignored.
  void stop();

 private:
  void work();
  [[nodiscard]] std::function<void()> next_job();

  const std::size_t most_open_;  ///< Running and waiting together.
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  std::size_t running_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace http
