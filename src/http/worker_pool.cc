#include "http/worker_pool.h"

#include <exception>
#include <utility>

#include "base/log.h"

namespace http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue_limit)
    : most_open_(threads + queue_limit) {
  try {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  } catch (...) {
    stop();
    throw;
  }
}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::try_run(std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() + running_ >= most_open_) return false;
    queue_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void WorkerPool::stop() {
  std::deque<std::function<void()>> dropped;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped.swap(queue_);
  }
  dropped.clear();
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void WorkerPool::work() {
  while (const std::function<void()> job = next_job()) {
    try {
      job();
    } catch (const std::exception& error) {
      base::log(base::LogLevel::kError, "worker_failed", {{"detail", error.what()}});
    }
    const std::lock_guard lock(mutex_);
    --running_;
  }
}

std::function<void()> WorkerPool::next_job() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  if (stopping_) return nullptr;
  ++running_;
  std::function<void()> job = std::move(queue_.front());
  queue_.pop_front();
  return job;
}

}  // namespace http
