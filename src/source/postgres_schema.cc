#include "source/postgres_schema.h"

#include <optional>
#include <string>

namespace source {
namespace {

using base::Result;

// Schema, table, column and the kind of its type, for tables and views of which the user may read
// the column. Of a domain its base type counts. Left out are partitions, which their table holds,
// and schemas with a dot, which would make names ambiguous. Types are matched by name within
// pg_catalog, others by their category.
constexpr Literal kListColumns =
    "WITH RECURSIVE base(type, base) AS ("
    " SELECT oid, oid FROM pg_type WHERE typtype <> 'd'"
    " UNION ALL SELECT t.oid, b.base FROM pg_type t JOIN base b ON t.typbasetype = b.type"
    " WHERE t.typtype = 'd')"
    " SELECT n.nspname::text, c.relname::text, a.attname::text,"
    " CASE WHEN s.nspname = 'pg_catalog' THEN CASE"
    "  WHEN t.typname = 'bool' THEN 'boolean'"
    "  WHEN t.typname IN ('int2', 'int4', 'int8') THEN 'integer'"
    "  WHEN t.typname IN ('float4', 'float8', 'numeric') THEN 'numeric'"
    "  WHEN t.typname = 'date' THEN 'date'"
    "  WHEN t.typname IN ('timestamp', 'timestamptz') THEN 'datetime'"
    "  WHEN t.typname IN ('text', 'varchar', 'bpchar', 'name', 'char', 'uuid', 'json', 'jsonb',"
    "   'xml', 'time', 'timetz', 'interval', 'inet', 'cidr', 'macaddr', 'macaddr8', 'bit',"
    "   'varbit') THEN 'string'"
    "  WHEN t.typcategory IN ('A', 'R') AND t.typname NOT IN ('_bytea', 'int2vector', 'oidvector')"
    "   THEN 'string' END"
    " WHEN t.typcategory IN ('A', 'E', 'S') THEN 'string' END"
    " FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = c.relnamespace"
    " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " JOIN base b ON b.type = a.atttypid"
    " JOIN pg_type t ON t.oid = b.base"
    " JOIN pg_namespace s ON s.oid = t.typnamespace"
    " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition"
    " AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'"
    " AND strpos(n.nspname, '.') = 0"
    " AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')"
    " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\", a.attnum";

/// As sql::PhysicalTable has it.
std::string table_name(const std::string& schema, const std::string& table) {
  if (schema == "public" && table.find('.') == std::string::npos) return table;
  return schema + "." + table;
}

}  // namespace

Result<std::vector<SchemaTable>> read_schema(PostgresConnection& connection,
                                             const Patience& patience) {
  ASSIGN_OR_RETURN(const ResultSet rows,
                   connection.fetch(kListColumns, kSchemaColumnsMax, patience));
  const auto text = [&](std::size_t column, std::size_t row) -> const std::string& {
    return std::get<std::string>(*rows.columns[column].cells[row]);
  };
  std::vector<SchemaTable> tables;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const model::Cell& kind = rows.columns[3].cells[row];
    const auto type = kind ? model::parse_type(std::get<std::string>(*kind)) : std::nullopt;
    if (!type) continue;
    std::string name = table_name(text(0, row), text(1, row));
    if (tables.empty() || tables.back().name != name) tables.push_back({std::move(name), {}});
    tables.back().columns.push_back({text(2, row), *type});
  }
  return tables;
}

}  // namespace source
