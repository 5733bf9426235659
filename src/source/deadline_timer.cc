#include "source/deadline_timer.h"

namespace source {

DeadlineTimer::DeadlineTimer() : thread_([this] { run(); }) {}

DeadlineTimer::~DeadlineTimer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

DeadlineTimer::Watch DeadlineTimer::watch(Moment deadline, std::function<void()> action) {
  const std::lock_guard lock(mutex_);
  const Key key{deadline, next_id_++};
  actions_.emplace(key, std::move(action));
  if (deadline < waiting_until_) changed_.notify_one();
  return {*this, key};
}

void DeadlineTimer::forget(const Key& key) {
  const std::lock_guard lock(mutex_);
  actions_.erase(key);
}

void DeadlineTimer::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (actions_.empty()) {
      waiting_until_ = Moment::max();
      changed_.wait(lock);
    } else if (const Moment next = actions_.begin()->first.first;
               next > std::chrono::steady_clock::now()) {
      waiting_until_ = next;
      changed_.wait_until(lock, next);
    } else {
      actions_.begin()->second();
      actions_.erase(actions_.begin());
    }
  }
}

}  // namespace source
