#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "source/source.h"

namespace source {

/// Interrupts run under the mutex, so that whoever ends a registration knows that its interrupt is
/// not running.
struct Cancellation::State {
  std::atomic<bool> cancelled = false;
  std::mutex mutex;
  std::uint64_t next_id = 0;
  std::map<std::uint64_t, std::function<void()>> interrupts;
};

Cancellation::Cancellation() : state_(std::make_shared<State>()) {}

bool Cancellation::cancelled() const { return state_->cancelled; }

void Cancellation::cancel() const {
  const std::lock_guard lock(state_->mutex);
  if (state_->cancelled.exchange(true)) return;
  for (const auto& [id, interrupt] : state_->interrupts) interrupt();
}

std::shared_ptr<void> Cancellation::watch(std::function<void()> interrupt) const {
  const std::lock_guard lock(state_->mutex);
  if (state_->cancelled) {
    interrupt();
    return nullptr;
  }
  const std::uint64_t id = state_->next_id++;
  state_->interrupts.emplace(id, std::move(interrupt));
  // The deleter, not the object, is the registration.
  return {state_.get(), [state = state_, id](void*) {
            const std::lock_guard deleter_lock(state->mutex);
            state->interrupts.erase(id);
          }};
}

}  // namespace source
