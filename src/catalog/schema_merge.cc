#include "catalog/schema_merge.h"

#include <algorithm>

#include "crypto/random.h"

namespace catalog {
namespace {

using model::ColumnAccess;

model::Column merge_column(const model::Table& table, const source::SchemaColumn& described,
                           SchemaChanges& changes) {
  const model::Column* known = table.find_column(described.name);
  if (known == nullptr) {
    changes.added.push_back(table.name + "." + described.name);
    return {described.name, described.type, ColumnAccess::kHidden};
  }
  model::Column column = *known;
  if (column.type != described.type) {
    changes.changed.push_back({table.name, column.name, column.type, described.type});
    column.type = described.type;
  }
  return column;
}

}  // namespace

model::Table table_of(const source::SchemaTable& described, const base::DatabaseId& database) {
  model::Table table{crypto::new_id<base::TableId>(),
                     database,
                     described.name,
                     described.name,
                     model::TableAccess::kHidden,
                     {},
                     {},
                     {},
                     {}};
  for (const source::SchemaColumn& column : described.columns) {
    table.columns.push_back({column.name, column.type, ColumnAccess::kVisible});
  }
  return table;
}

bool merge_columns(model::Table& table, const std::vector<source::SchemaColumn>& described,
                   SchemaChanges& changes) {
  const std::size_t before =
      changes.added.size() + changes.changed.size() + changes.vanished.size();
  std::vector<model::Column> columns;
  for (const source::SchemaColumn& column : described) {
    columns.push_back(merge_column(table, column, changes));
  }
  for (const model::Column& column : table.columns) {
    if (std::ranges::find(described, column.name, &source::SchemaColumn::name) == described.end()) {
      changes.vanished.push_back({table.name, column.name});
    }
  }
  table.columns = std::move(columns);
  return changes.added.size() + changes.changed.size() + changes.vanished.size() > before;
}

}  // namespace catalog
