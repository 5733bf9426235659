#include "source/duckdb_schema.h"

#include <string>
#include <utility>

#include "source/duckdb_handles.h"
#include "source/duckdb_instance.h"
#include "source/duckdb_result.h"
#include "sql/render.h"

namespace source {
namespace {

using base::Result;

constexpr Literal kListColumns =
    "SELECT table_name, column_name FROM duckdb_columns()"
    " WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal"
    " ORDER BY table_name, column_index";

using Names = std::pair<std::string, std::vector<std::string>>;

Result<ResultSet> list_columns(duckdb_connection connection) {
  ResultHandle result;
  if (duckdb_query(connection, kListColumns.text(), result.address()) != DuckDBSuccess) {
    return driver_error(duckdb_result_error(result.address()));
  }
  ASSIGN_OR_RETURN(ResultDecoder decoder, ResultDecoder::for_columns_of(*result.address()));
  while (true) {
    const ChunkHandle chunk(duckdb_fetch_chunk(result.get()));
    if (chunk.get() == nullptr) break;
    RETURN_IF_ERROR(decoder.append(chunk.get(), kSchemaColumnsMax));
  }
  return std::move(decoder).take();
}

/// Tables with the names of their columns.
std::vector<Names> group_by_table(const ResultSet& rows) {
  std::vector<Names> tables;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    const auto& table = std::get<std::string>(*rows.columns[0].cells[i]);
    if (tables.empty() || tables.back().first != table) tables.push_back({table, {}});
    tables.back().second.push_back(std::get<std::string>(*rows.columns[1].cells[i]));
  }
  return tables;
}

/// The columns that a query on the table would give: it is prepared and not run.
std::vector<SchemaColumn> describe(duckdb_connection connection, const Names& table) {
  sql::Select select{{}, sql::PhysicalTable{table.first}};
  for (const std::string& name : table.second) {
    select.projections.push_back({sql::column(name), name});
  }
  std::vector<SchemaColumn> columns;
  const auto statement = sql::render(select, sql::Dialect::kDuckDb);
  PreparedHandle prepared;
  if (!statement ||
      duckdb_prepare(connection, statement->text.c_str(), prepared.address()) != DuckDBSuccess) {
    return columns;
  }
  for (idx_t i = 0; i < table.second.size(); ++i) {
    const LogicalTypeHandle type(duckdb_prepared_statement_column_logical_type(prepared.get(), i));
    if (type.get() == nullptr) continue;
    if (const auto known = value_type_of(type.get())) columns.push_back({table.second[i], *known});
  }
  return columns;
}

}  // namespace

Result<std::set<std::string>> list_tables(duckdb_connection connection) {
  ASSIGN_OR_RETURN(const ResultSet listed, list_columns(connection));
  std::set<std::string> names;
  for (Names& table : group_by_table(listed)) names.insert(std::move(table.first));
  return names;
}

Result<std::vector<SchemaTable>> read_schema(duckdb_connection connection) {
  ASSIGN_OR_RETURN(const ResultSet listed, list_columns(connection));
  std::vector<SchemaTable> tables;
  for (const Names& table : group_by_table(listed)) {
    std::vector<SchemaColumn> columns = describe(connection, table);
    if (!columns.empty()) tables.push_back({table.first, std::move(columns)});
  }
  return tables;
}

}  // namespace source
