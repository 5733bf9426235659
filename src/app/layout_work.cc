#include "app/layout_work.h"

#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"

namespace app {
namespace {

constexpr std::chrono::milliseconds kLook{500};
constexpr std::chrono::minutes kRetryLook{10};
constexpr int kLowestPriority = 19;

/// Of the calling thread alone (setpriority(2), C library/kernel differences).
void yield_to_others() {
  (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLowestPriority);
}

}  // namespace

LayoutWork::LayoutWork(store::Store& store, catalog::FileLayouts& layouts)
    : store_(store), layouts_(layouts), thread_([this] { work(); }) {}

LayoutWork::~LayoutWork() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_.cancel();
  }
  stopped_.notify_all();
  thread_.join();
}

bool LayoutWork::wait(std::chrono::milliseconds span) {
  std::unique_lock lock(mutex_);
  return !stopped_.wait_for(lock, span, [this] { return stopping_.cancelled(); });
}

bool LayoutWork::wait_for_rest() {
  for (std::uint64_t before = seen_ + 1; before != seen_;) {
    before = store_.generation(store::Part::kOrganizations);
    if (!wait(kLayoutDelay)) return false;
    seen_ = store_.generation(store::Part::kOrganizations);
  }
  return true;
}

void LayoutWork::settle() {
  const auto settled = layouts_.settle(stopping_);
  if (settled || settled.error().code == base::Code::kCancelled) return;
  base::log_error("imported file not rewritten", settled.error());
}

void LayoutWork::work() {
  yield_to_others();
  while (wait_for_rest()) {
    settle();
    auto looked = std::chrono::steady_clock::now();
    const auto due = looked + kRetryLook;
    while (seen_ == store_.generation(store::Part::kOrganizations) && looked < due) {
      if (!wait(kLook)) return;
      looked = std::chrono::steady_clock::now();
    }
  }
}

}  // namespace app
