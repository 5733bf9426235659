#pragma once

// The columns of a file that rows are taken along in, whatever its format.

#include <optional>
#include <string>
#include <vector>

#include "query/chart_query.h"
#include "query/table_query.h"

namespace http {

struct FileColumn {
  std::string label;
  std::optional<model::NumberFormat> format;  ///< Of a metric.
  bool rest;                                  ///< NULL stands for the rest (query::ChartColumn).
};

/// What stands for the rest in a file: there is nobody whose language would be known.
inline constexpr std::string_view kRestLabel = "Other";

[[nodiscard]] inline std::vector<FileColumn> file_columns(
    const std::vector<query::ChartColumn>& columns) {
  std::vector<FileColumn> all;
  for (const query::ChartColumn& column : columns) {
    const bool metric = column.role == query::ChartColumn::Role::kMetric;
    all.push_back(
        {column.label, metric ? std::optional(column.format) : std::nullopt, column.rest});
  }
  return all;
}

[[nodiscard]] inline std::vector<FileColumn> file_columns(
    const std::vector<query::PreviewColumn>& columns) {
  std::vector<FileColumn> all;
  for (const query::PreviewColumn& column : columns) all.push_back({column.label, {}, false});
  return all;
}

}  // namespace http
