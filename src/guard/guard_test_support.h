#pragma once

// Tables and plans for the tests of this room.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "base/json.h"
#include "guard/guard.h"

namespace guard {

using Tables = std::map<base::TableId, model::Table>;

inline const base::TableId kOrders{"tbl_orders"};

/// A column of each type, all visible.
[[nodiscard]] inline std::vector<model::Column> orders_columns() {
  using model::ColumnAccess;
  using model::ValueType;
  return {{"id", ValueType::kInteger, ColumnAccess::kVisible},
          {"city", ValueType::kString, ColumnAccess::kVisible},
          {"amount", ValueType::kNumeric, ColumnAccess::kVisible},
          {"paid", ValueType::kBoolean, ColumnAccess::kVisible},
          {"day", ValueType::kDate, ColumnAccess::kVisible},
          {"at", ValueType::kDatetime, ColumnAccess::kVisible}};
}

/// A restricted table with those columns and these rules, written as JSON.
[[nodiscard]] inline model::Table orders_table(const std::vector<std::string>& rules) {
  model::Table table{kOrders,
                     base::DatabaseId("dbs_shop"),
                     "orders",
                     "Orders",
                     model::TableAccess::kRestricted,
                     orders_columns(),
                     {},
                     {},
                     {}};
  for (const std::string& rule : rules) {
    const base::json::value json = base::parse_json(rule).value();
    table.rules.push_back(
        {base::RuleId("rul_test"), "A rule", model::parse_rule_node(json).value()});
  }
  return table;
}

[[nodiscard]] inline Tables tables_of(std::vector<model::Table> tables) {
  Tables map;
  for (model::Table& table : tables) {
    const base::TableId id = table.id;
    map.emplace(id, std::move(table));
  }
  return map;
}

/// A Wednesday, on which the tests take place.
inline constexpr std::chrono::sys_days kToday{std::chrono::year(2026) / 11 / 25};

/// `tables` of the test organization, in its one database.
[[nodiscard]] inline Policies policies_of(const Tables& tables) {
  static const Policies::Databases kDatabases{
      {base::DatabaseId("dbs_shop"),
       {base::DatabaseId("dbs_shop"), "Shop", model::DatabaseKind::kDuckDb}}};
  return {auth::kTestOrganization, tables, kDatabases, kToday};
}

/// SELECT id FROM orders
[[nodiscard]] inline sql::Select plan_ids() {
  return {{{sql::column("id"), "id"}}, sql::TableReference{kOrders}};
}

[[nodiscard]] inline base::Result<SealedQuery> seal_orders(const model::Table& table,
                                                           const model::Principal& principal) {
  const Tables tables = tables_of({table});
  return seal(plan_ids(), principal, policies_of(tables));
}

/// The code and field of a refusal, as "code field".
template <typename T>
[[nodiscard]] std::string refusal_of(const base::Result<T>& result) {
  if (result) return "sealed";
  const std::string code(base::code_name(result.error().code));
  return result.error().field.empty() ? code : code + " " + result.error().field;
}

/// The WHERE of the one sealed table, or the refusal.
[[nodiscard]] inline std::string filter_of(const base::Result<SealedQuery>& sealed) {
  if (!sealed) return refusal_of(sealed);
  const std::string& text = sealed->statement().text;
  const std::size_t from = text.find(" WHERE ");
  if (from == std::string::npos) return "all rows";
  return text.substr(from + 7, text.find(") AS \"t\"") - from - 7);
}

}  // namespace guard
