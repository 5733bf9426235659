#include "app/layout_work.h"

#include <algorithm>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"

namespace app {
namespace {

constexpr std::chrono::milliseconds kLook{500};
constexpr std::chrono::minutes kRetryLook{10};
/// Where somebody always changes something, a file is rewritten all the same.
constexpr int kRestLooksMax = 15;
/// A tenth of a busy core: less would leave tables unsorted for as long as there is much to do.
constexpr int kNiceness = 10;

/// Of the calling thread alone (setpriority(2), C library/kernel differences).
void yield_to_others() {
  const auto thread = static_cast<id_t>(::gettid());
  const int present = ::getpriority(PRIO_PROCESS, thread);
  (void)::setpriority(PRIO_PROCESS, thread, std::max(present, kNiceness));
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
  for (int look = 0; look < kRestLooksMax; ++look) {
    const std::uint64_t before = store_.generation(store::Part::kOrganizations);
    if (!wait(kLayoutDelay)) return false;
    seen_ = store_.generation(store::Part::kOrganizations);
    if (seen_ == before) break;
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
