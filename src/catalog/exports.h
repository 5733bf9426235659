#pragma once

// What the audit log keeps of data that was taken along as a file.

#include <cstdint>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "model/chart.h"
#include "store/store.h"

namespace catalog {

enum class ExportFormat : std::uint8_t { kCsv, kXlsx };
enum class ExportOf : std::uint8_t { kChart, kRows };

struct ChartExport {
  const model::Chart& chart;
  ExportFormat format;
  ExportOf of;
  std::int64_t rows;  ///< That went into the file.
  bool whole;         ///< False where it was broken off.
};

/// Writes the event. A token's holder is kept by the distinctId.
[[nodiscard]] base::Result<base::Done> record_export(store::Store& store, const Caller& caller,
                                                     const ChartExport& made, base::Seconds now);

}  // namespace catalog
