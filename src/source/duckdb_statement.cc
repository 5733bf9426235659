#include "source/duckdb_statement.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/json.h"
#include "source/duckdb_handles.h"
#include "source/duckdb_instance.h"
#include "source/duckdb_result.h"
#include "source/duckdb_schema.h"
#include "source/statement_size.h"
#include "sql/render.h"

namespace source {
namespace {

namespace json = base::json;
using base::Done;
using base::Error;
using base::lower_ascii;
using base::Result;

constexpr Literal kParse = "SELECT json_serialize_sql($1::VARCHAR)";

/// Expressions without effects. No parameter: the guard has placeholders of its own.
constexpr auto kExpressions = std::to_array<std::string_view>(
    {"BETWEEN", "CASE", "CAST", "COLLATE", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT",
     "FUNCTION", "OPERATOR", "STAR", "SUBQUERY", "WINDOW"});

/// Nodes, things in FROM, modifiers, and the one type that a CAST may describe further. No table
/// function, no SHOW or DESCRIBE, no recursion, no type by a name of the catalog.
constexpr auto kNodes = std::to_array<std::string_view>(
    {"SELECT_NODE", "SET_OPERATION_NODE", "BASE_TABLE", "JOIN", "SUBQUERY", "EMPTY",
     "ORDER_MODIFIER", "LIMIT_MODIFIER", "DISTINCT_MODIFIER", "ASCENDING", "DESCENDING",
     "ORDER_DEFAULT", "DECIMAL_TYPE_INFO"});

/// Pure functions and aggregates, in lower case. None reads a file, a setting, the environment, the
/// clock or a sequence, and none repeats its argument.
// clang-format off
constexpr auto kFunctions = std::to_array<std::string_view>({
    "!~~", "!~~*", "%", "*", "+", "-", "/", "//", "^@", "abs", "approx_count_distinct", "avg",
    "bool_and", "bool_or", "ceil", "ceiling", "coalesce", "concat", "concat_ws", "contains", "corr",
    "count", "count_star", "cume_dist", "date_diff", "date_part", "date_trunc", "datediff",
    "datepart", "datetrunc", "day", "dayname", "dayofmonth", "dayofweek", "dayofyear", "decade",
    "dense_rank", "ends_with", "epoch", "epoch_ms", "exp", "extract", "first", "first_value",
    "floor", "greatest", "hour", "ifnull", "isfinite", "isnan", "isodow", "isoyear", "lag", "last",
    "last_day", "last_value", "lcase", "lead", "least", "left", "length", "ln", "log", "log10",
    "log2", "lower", "ltrim", "make_date", "max", "mean", "median", "min", "minute", "mod", "month",
    "monthname", "nth_value", "ntile", "nullif", "percent_rank", "position", "pow", "power",
    "prefix", "quantile_cont", "quantile_disc", "quarter", "rank", "regexp_matches", "replace",
    "right", "round", "row_number", "rtrim", "second", "sign", "split_part", "sqrt", "starts_with",
    "stddev", "stddev_pop", "stddev_samp", "strftime", "string_agg", "strptime", "substr",
    "substring", "suffix", "sum", "trim", "trunc", "try_strptime", "ucase", "upper", "var_pop",
    "var_samp", "variance", "week", "weekday", "weekofyear", "year", "yearweek", "||", "~~", "~~*"});
// clang-format on

/// Read like columns, and are the clock, of which an answer that is kept would stand still, or tell
/// of the machine.
constexpr auto kSystemNames = std::to_array<std::string_view>(
    {"current_catalog", "current_date", "current_role", "current_schema", "current_time",
     "current_timestamp", "current_user", "localtime", "localtimestamp", "session_user", "user"});

template <typename List>
bool is_among(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

/// The text of a member, or nothing where it is absent or no text.
std::optional<std::string_view> text_of(const json::object& object, std::string_view member) {
  const json::value* value = object.if_contains(member);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

bool is_null(const json::object& object, std::string_view member) {
  const json::value* value = object.if_contains(member);
  return value == nullptr || value->is_null();
}

/// Walks a parsed statement. Names of a WITH count from where they are visible on, as the engine
/// has it, so that none can stand for a system view elsewhere.
class Walk {
 public:
  explicit Walk(const std::vector<std::string>& tables) {
    for (const std::string& table : tables) names_.insert(lower_ascii(table));
  }

  Result<Done> visit(const json::value& value) {
    if (const json::array* array = value.if_array()) {
      for (const json::value& item : *array) RETURN_IF_ERROR(visit(item));
    }
    if (const json::object* object = value.if_object()) return visit(*object);
    return Done{};
  }

 private:
  Result<Done> visit(const json::object& object) {
    RETURN_IF_ERROR(check(object));
    const std::multiset<std::string> outside = names_;
    if (const json::value* with = object.if_contains("cte_map")) RETURN_IF_ERROR(visit_with(*with));
    for (const auto& member : object) {
      if (member.key() != "cte_map") RETURN_IF_ERROR(visit(member.value()));
    }
    names_ = outside;
    return Done{};
  }

  Result<Done> visit_with(const json::value& with) {
    const json::object* map = with.if_object();
    const json::value* entries = map == nullptr ? nullptr : map->if_contains("map");
    if (entries == nullptr || !entries->is_array())
      return refused_statement("It has a WITH of unknown form.");
    for (const json::value& entry : entries->get_array()) {
      const json::object* pair = entry.if_object();
      const auto name = pair == nullptr ? std::nullopt : text_of(*pair, "key");
      if (!name) return refused_statement("It has a WITH of unknown form.");
      RETURN_IF_ERROR(visit(entry));
      names_.insert(lower_ascii(*name));
    }
    return Done{};
  }

  Result<Done> check(const json::object& object) const {
    if (!is_null(object, "sample"))
      return refused_statement("It takes a sample, which is another each time.");
    if (object.contains("class")) return check_expression(object);
    const auto type = text_of(object, "type");
    if (!type) return Done{};
    if (!is_among(kNodes, *type)) return refused_statement(refusal_of_node(*type));
    if (*type == "BASE_TABLE") return check_table(object);
    return Done{};
  }

  static std::string refusal_of_node(std::string_view type) {
    if (type == "TABLE_FUNCTION") return "It reads from a function; only tables may be read.";
    return "Only SELECT over tables is allowed.";
  }

  static Result<Done> check_expression(const json::object& object) {
    const auto kind = text_of(object, "class");
    if (!kind || !is_among(kExpressions, *kind)) {
      return refused_statement(
          "It has a part that is not allowed: a parameter, a lambda or the like.");
    }
    if (*kind == "COLUMN_REF") return check_column(object);
    if (*kind != "FUNCTION" && *kind != "WINDOW") return Done{};
    const std::string name = lower_ascii(text_of(object, "function_name").value_or(""));
    const bool plain = text_of(object, "schema").value_or("").empty() &&
                       text_of(object, "catalog").value_or("").empty();
    if (plain && is_among(kFunctions, name)) return Done{};
    return refused_statement(fmt::format("The function “{}” is not allowed.", name));
  }

  static Result<Done> check_column(const json::object& object) {
    const json::value* names = object.if_contains("column_names");
    if (names == nullptr || !names->is_array()) return refused_statement("It can not be read.");
    const json::array& parts = names->get_array();
    if (parts.size() != 1 || !parts[0].is_string()) return Done{};
    if (!is_among(kSystemNames, lower_ascii(std::string_view(parts[0].get_string()))))
      return Done{};
    return refused_statement(
        "It depends on the present time or on the server, which is not allowed.");
  }

  Result<Done> check_table(const json::object& object) const {
    const std::string_view schema = text_of(object, "schema_name").value_or("?");
    const std::string_view catalog = text_of(object, "catalog_name").value_or("?");
    const std::string_view name = text_of(object, "table_name").value_or("");
    const bool here =
        catalog.empty() && (schema.empty() || schema == "main") && is_null(object, "at_clause");
    if (here && names_.contains(lower_ascii(name))) return Done{};
    return refused_statement(fmt::format("There is no table “{}” in this database.", name));
  }

  std::multiset<std::string> names_;
};

Result<std::string> parse_with_engine(duckdb_connection connection, const std::string& statement) {
  PreparedHandle prepared;
  if (duckdb_prepare(connection, kParse.text(), prepared.address()) != DuckDBSuccess) {
    return driver_error(duckdb_prepare_error(prepared.get()));
  }
  if (duckdb_bind_varchar_length(prepared.get(), 1, statement.data(), statement.size()) !=
      DuckDBSuccess) {
    return driver_error("argument not bound");
  }
  ResultHandle result;
  if (duckdb_execute_prepared(prepared.get(), result.address()) != DuckDBSuccess) {
    return driver_error(duckdb_result_error(result.address()));
  }
  ASSIGN_OR_RETURN(ResultDecoder decoder, ResultDecoder::for_columns_of(*result.address()));
  const ChunkHandle chunk(duckdb_fetch_chunk(result.get()));
  if (chunk.get() == nullptr) return driver_error("nothing parsed");
  RETURN_IF_ERROR(decoder.append(chunk.get(), 1));
  const ResultSet set = std::move(decoder).take();
  const model::Cell& cell = set.columns.at(0).cells.at(0);
  if (!cell) return driver_error("nothing parsed");
  return std::get<std::string>(*cell);
}

Error unreadable(const json::object& parsed) {
  if (text_of(parsed, "error_type") == "not implemented") {
    return refused_statement("Only a SELECT is allowed.");
  }
  const auto position = text_of(parsed, "position");
  return refused_statement(position
                               ? fmt::format("It can not be read near character {}.", *position)
                               : "It can not be read.");
}

/// The columns that `text` gives, which is bound by the engine and not run.
Result<std::vector<SchemaColumn>> columns_of(duckdb_connection connection,
                                             const std::string& text) {
  PreparedHandle prepared;
  if (duckdb_prepare(connection, text.c_str(), prepared.address()) != DuckDBSuccess) {
    Error problem =
        refused_statement("It names a column that does not exist, or its types do not fit.");
    problem.detail = duckdb_prepare_error(prepared.get());
    return problem;
  }
  std::vector<SchemaColumn> columns;
  std::set<std::string> names;
  for (idx_t i = 0; i < duckdb_prepared_statement_column_count(prepared.get()); ++i) {
    const char* owned = duckdb_prepared_statement_column_name(prepared.get(), i);
    // It is ours to free, whatever its type says.
    const TextHandle name(const_cast<char*>(owned));  // NOLINT(*-const-cast)
    const LogicalTypeHandle type(duckdb_prepared_statement_column_logical_type(prepared.get(), i));
    if (name.get() == nullptr || !names.insert(name.get()).second) {
      return refused_statement("Two of its columns have the same name.");
    }
    if (const auto known = value_type_of(type.get())) columns.push_back({name.get(), *known});
  }
  if (columns.empty()) return refused_statement("It has no column of a type that can be shown.");
  return columns;
}

/// Those of `tables` that the file holds. The name of one that is gone could be that of a system
/// view or a file.
Result<std::vector<std::string>> list_those_here(duckdb_connection connection,
                                                 const std::vector<std::string>& tables) {
  ASSIGN_OR_RETURN(const std::set<std::string> known, list_tables(connection));
  std::vector<std::string> here;
  for (const std::string& table : tables) {
    if (known.contains(table)) here.push_back(table);
  }
  return here;
}

}  // namespace

Result<Done> check_parsed_statement(const std::string& parsed,
                                    const std::vector<std::string>& tables) {
  const auto tree = base::parse_json(parsed);
  if (!tree) return refused_statement("It is nested too deeply.");
  const json::object* root = tree->if_object();
  if (root == nullptr) return refused_statement("It can not be read.");
  const json::value* statements = root->if_contains("statements");
  if (statements == nullptr || !statements->is_array()) return unreadable(*root);
  if (statements->get_array().size() != 1) return refused_statement("It has to be one statement.");
  RETURN_IF_ERROR(Walk(tables).visit(*statements));
  return check_statement_size(*statements);
}

Result<std::vector<SchemaColumn>> describe_statement(duckdb_connection connection,
                                                     const std::string& statement,
                                                     const std::vector<std::string>& tables) {
  if (statement.find('\0') != std::string::npos) return refused_statement("It can not be read.");
  ASSIGN_OR_RETURN(const std::string parsed, parse_with_engine(connection, statement));
  ASSIGN_OR_RETURN(const std::vector<std::string> here, list_those_here(connection, tables));
  RETURN_IF_ERROR(check_parsed_statement(parsed, here));
  ASSIGN_OR_RETURN(const std::vector<SchemaColumn> columns, columns_of(connection, statement));
  // As it will stand in queries: in parentheses, which a semicolon would break.
  sql::Select select{{}, sql::SqlTable{statement}};
  for (const SchemaColumn& column : columns) {
    select.projections.push_back({sql::column(column.name), column.name});
  }
  ASSIGN_OR_RETURN(const sql::Statement wrapped, sql::render(select, sql::Dialect::kDuckDb));
  if (!columns_of(connection, wrapped.text))
    return refused_statement("It has to end without a semicolon.");
  return columns;
}

}  // namespace source
