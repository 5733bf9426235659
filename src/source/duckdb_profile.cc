#include "source/duckdb_profile.h"

#include <optional>

#include "base/json.h"
#include "source/duckdb_instance.h"

namespace source {
namespace {

namespace json = base::json;
using base::Done;
using base::Result;

constexpr std::string_view kSchema = ".main.";

std::optional<std::int64_t> number_of(const json::object& node, std::string_view metric) {
  const json::value* value = node.if_contains(metric);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return value->get_int64();
}

/// A name as the engine writes it: in quotes where it is no plain word.
std::string unquote(std::string_view name) {
  if (name.size() < 2 || name.front() != '"' || name.back() != '"') return std::string(name);
  std::string plain;
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    plain += name[i];
    if (name[i] == '"') ++i;  // Twice for once.
  }
  return plain;
}

/// `orders` of `shop.main.orders`.
std::string table_of(const json::object& node) {
  const json::value* info = node.if_contains("extra_info");
  const json::object* members = info == nullptr ? nullptr : info->if_object();
  const json::value* name = members == nullptr ? nullptr : members->if_contains("Table");
  if (name == nullptr || !name->is_string()) return "";
  const std::string_view full(name->get_string());
  const std::size_t schema = full.find(kSchema);
  return unquote(schema == std::string_view::npos ? full : full.substr(schema + kSchema.size()));
}

void collect(const json::value& value, std::vector<TableScan>& scans) {
  const json::object* node = value.if_object();
  if (node == nullptr) return;
  const auto groups = number_of(*node, "operator_total_row_groups_to_scan");
  const auto read = number_of(*node, "operator_row_groups_scanned");
  if (groups && read && *groups > 0) scans.push_back({table_of(*node), *groups, *read});
  const json::value* children = node->if_contains("children");
  if (children == nullptr || !children->is_array()) return;
  for (const json::value& child : children->get_array()) collect(child, scans);
}

}  // namespace

Result<Done> enable_scan_profile(const ConnectionHandle& connection) {
  RETURN_IF_ERROR(run_literal(connection, "SET enable_profiling = 'no_output'"));
  return run_literal(connection, R"(SET custom_profiling_settings = '{"EXTRA_INFO": "true",)"
                                 R"( "OPERATOR_ROW_GROUPS_SCANNED": "true",)"
                                 R"( "OPERATOR_TOTAL_ROW_GROUPS_TO_SCAN": "true"}')");
}

std::vector<TableScan> read_scan_profile(const std::string& profile) {
  std::vector<TableScan> scans;
  if (const auto tree = base::parse_json(profile)) collect(*tree, scans);
  return scans;
}

}  // namespace source
