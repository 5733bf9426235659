#pragma once

// The files that are being made: how many at once, how long, and where. Thread-safe.

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/ids.h"
#include "base/result.h"

namespace http {

struct ExportLimits {
  std::size_t at_once_max;               ///< Each keeps a worker thread and a connection.
  std::size_t organization_at_once_max;  ///< Of them, of one organization.
  std::chrono::seconds time_max;         ///< For one, to its last byte.
  std::string folder;                    ///< Of what is put together before it is sent.
};

class Exports {
 public:
  explicit Exports(ExportLimits limits) : limits_(std::move(limits)) {}

  [[nodiscard]] const ExportLimits& limits() const { return limits_; }

  /// A place that is held as long as the handle is, which must not outlive this. kTooManyRequests.
  [[nodiscard]] base::Result<std::shared_ptr<void>> begin(const base::OrgId& organization);

 private:
  void end(const base::OrgId& organization);

  const ExportLimits limits_;
  std::mutex mutex_;
  std::size_t running_ = 0;
  std::map<base::OrgId, std::size_t> running_by_organization_;  ///< Of those who have any.
};

}  // namespace http
