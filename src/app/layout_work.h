#pragma once

// Has imported files rewritten when access rules want them in another order: a moment after the
// last of several changes, one file at a time, on a thread that yields to all others. Ended by the
// destructor, which breaks off a rewriting; the file is then as before.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "catalog/file_layouts.h"
#include "store/store.h"

namespace app {

/// After the last change of rules, how long a maker may go on changing before anything is written.
inline constexpr std::chrono::seconds kLayoutDelay{2};

class LayoutWork {
 public:
  /// Both outlive the work.
  LayoutWork(store::Store& store, catalog::FileLayouts& layouts);
  LayoutWork(const LayoutWork&) = delete;
  LayoutWork& operator=(const LayoutWork&) = delete;
  ~LayoutWork();

 private:
  void work();
  void settle();
  /// False when the work is to end.
  [[nodiscard]] bool wait(std::chrono::milliseconds span);
  /// Waits until nothing changed for kLayoutDelay, or for long. False when the work is to end.
  [[nodiscard]] bool wait_for_rest();

  store::Store& store_;
  catalog::FileLayouts& layouts_;
  source::Cancellation stopping_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  std::uint64_t seen_ = 0;  ///< The store's generation.
  std::thread thread_;
};

}  // namespace app
