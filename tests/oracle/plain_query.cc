#include "plain_query.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oracle {
namespace {

using model::DatabaseKind;
using model::Grain;
using model::ValueType;

std::string text_literal(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\0') {
      out += "' || chr(0) || '";
    } else {
      out += c == '\'' ? "''" : std::string(1, c);
    }
  }
  return "(" + out + "')";
}

std::string number_literal(double number) {
  if (std::isnan(number)) return "'NaN'";
  if (std::isinf(number)) return number > 0 ? "'Infinity'" : "'-Infinity'";
  return fmt::format("'{}'", number);
}

std::string day_literal(std::int64_t days) {
  return fmt::format("'{}'", model::render_date(model::Date(std::chrono::days(days))));
}

std::string moment_literal(std::int64_t microseconds) {
  const std::chrono::sys_time<std::chrono::microseconds> moment{
      std::chrono::microseconds(microseconds)};
  const auto second = std::chrono::floor<std::chrono::seconds>(moment);
  std::string text = base::render_time(second);  // …:SSZ
  text.pop_back();
  return fmt::format("'{}.{:06}+00'", text, (moment - second).count());
}

/// A datum as SQL of `type`.
std::string literal_of(const Datum& datum, const std::string& type) {
  const auto cast = [&](const std::string& text) {
    return fmt::format("CAST({} AS {})", text, type);
  };
  if (const auto* text = std::get_if<std::string>(&datum)) return cast(text_literal(*text));
  if (const auto* whole = std::get_if<std::int64_t>(&datum)) {
    return cast(fmt::format("'{}'", *whole));
  }
  if (const auto* number = std::get_if<double>(&datum)) return cast(number_literal(*number));
  if (const auto* flag = std::get_if<bool>(&datum)) return *flag ? "TRUE" : "FALSE";
  if (const auto* day = std::get_if<Day>(&datum)) return cast(day_literal(day->days));
  if (const auto* moment = std::get_if<Moment>(&datum)) {
    return cast(moment_literal(moment->microseconds));
  }
  return "NULL";
}

ValueType column_type(const model::Table& table, const std::string& name) {
  const auto found = std::ranges::find(table.columns, name, &model::Column::name);
  return found->type;
}

std::string filter_of(const model::MeasureFilter& filter, const model::Table& table) {
  const std::vector<std::string> signs{"=", ">", ">=", "<", "<="};
  return fmt::format(
      " FILTER (WHERE {} {} {})", comparable(filter.column, column_type(table, filter.column)),
      signs.at(static_cast<std::size_t>(filter.comparison)), value_literal(filter.value));
}

std::string aggregate(const model::Measure& measure, const model::Table& table) {
  std::string column = quoted(measure.column);
  const bool flag =
      !measure.column.empty() && column_type(table, measure.column) == ValueType::kBoolean;
  // Not all engines order them.
  if (flag) column = fmt::format("CAST({} AS INTEGER)", column);
  std::string text;
  switch (measure.aggregate) {
    case model::Aggregate::kCount: text = "count(*)"; break;
    case model::Aggregate::kCountDistinct: text = "count(DISTINCT " + column + ")"; break;
    case model::Aggregate::kSum: text = "sum(" + column + ")"; break;
    case model::Aggregate::kAverage: text = "avg(" + column + ")"; break;
    case model::Aggregate::kMin: text = "min(" + column + ")"; break;
    case model::Aggregate::kMax: text = "max(" + column + ")"; break;
  }
  if (measure.filter) text += filter_of(*measure.filter, table);
  const bool shows_flag = flag && measure.aggregate != model::Aggregate::kCountDistinct;
  return shows_flag ? fmt::format("CAST({} AS BOOLEAN)", text) : text;
}

std::string metric(const std::string& name, const model::Table& table) {
  const auto found = std::ranges::find(table.metrics, name, &model::Metric::name);
  std::string numerator = aggregate(found->measure, table);
  if (!found->denominator) return numerator;
  const std::string denominator = aggregate(*found->denominator, table);
  return fmt::format("CASE WHEN {1} = 0 THEN NULL ELSE CAST({0} AS DOUBLE PRECISION) / {1} END",
                     numerator, denominator);
}

/// The lower bound of a bin; of what has none, as infinity, NULL.
std::string bin(const std::string& column, double width, DatabaseKind kind) {
  const std::string wide = value_literal(width);
  const std::string number = fmt::format("floor({} / {})", column, wide);
  if (kind == DatabaseKind::kDuckDb)
    return fmt::format("TRY_CAST({} AS BIGINT) * {}", number, wide);
  return fmt::format("CASE WHEN abs({0}) < 9e18 THEN CAST({0} AS BIGINT) END * {1}", number, wide);
}

std::string dimension(const model::ChartDimension& asked, const model::Table& table,
                      DatabaseKind kind) {
  const auto found = std::ranges::find(table.dimensions, asked.dimension, &model::Dimension::name);
  std::string column = quoted(found->column);
  if (asked.bin_width) return bin(column, *asked.bin_width, kind);
  const auto moment = [&](std::string_view span) {
    return fmt::format("date_trunc('{}', CAST({} AS TIMESTAMP))", span, column);
  };
  const auto day = [&](std::string_view span) {
    return fmt::format("CAST({} AS DATE)", moment(span));
  };
  const auto part = [&](std::string_view field) {
    return fmt::format("CAST(extract('{}' FROM CAST({} AS TIMESTAMP)) AS BIGINT)", field, column);
  };
  switch (asked.grain) {
    case Grain::kNone: return column;
    case Grain::kMinute: return moment("minute");
    case Grain::kHour: return moment("hour");
    case Grain::kDay: return fmt::format("CAST({} AS DATE)", column);
    case Grain::kWeek: return day("week");
    case Grain::kMonth: return day("month");
    case Grain::kQuarter: return day("quarter");
    case Grain::kYear: return day("year");
    case Grain::kHourOfDay: return part("hour");
    case Grain::kDayOfWeek: return part("isodow");
    case Grain::kMonthOfYear: return part("month");
  }
  return column;
}

std::string mask(ValueType type) {
  switch (type) {
    case ValueType::kString: return "'•••••'";
    case ValueType::kInteger: return "CAST(NULL AS BIGINT)";
    case ValueType::kNumeric: return "CAST(NULL AS DOUBLE PRECISION)";
    case ValueType::kBoolean: return "CAST(NULL AS BOOLEAN)";
    case ValueType::kDate: return "CAST(NULL AS DATE)";
    case ValueType::kDatetime: return "CAST(NULL AS TIMESTAMP)";
  }
  return "";
}

std::string row_numbers(const Verdict& verdict, const StoredTable& stored) {
  if (verdict.rows.size() == stored.rows) return "TRUE";
  std::string numbers = "-1";
  for (const std::size_t row : verdict.rows) numbers += fmt::format(", {}", row);
  return fmt::format("rid IN ({})", numbers);
}

std::string filters_of(const Question& question) {
  std::string where = "TRUE";
  for (const FilterChoice& filter : question.filters) {
    std::string any = "FALSE";
    for (const model::Value& value : filter.values) {
      any += fmt::format(" OR {} = {}",
                         comparable(filter.column, column_type(question.table, filter.column)),
                         value_literal(value));
    }
    where += fmt::format(" AND ({})", any);
  }
  return where;
}

std::string order_of(const model::ChartSpec& spec) {
  std::vector<std::string> keys;
  if (spec.sort) {
    std::vector<std::string> names;
    for (const model::ChartDimension& each : spec.dimensions) names.push_back(each.dimension);
    names.insert(names.end(), spec.metrics.begin(), spec.metrics.end());
    const auto place = std::ranges::find(names, spec.sort->by) - names.begin();
    keys.push_back(
        fmt::format("{} {} NULLS LAST", place + 1, spec.sort->descending ? "DESC" : "ASC"));
  }
  for (std::size_t i = 0; i < spec.dimensions.size(); ++i) {
    keys.push_back(fmt::format("{} ASC NULLS LAST", i + 1));
  }
  return keys.empty() ? "" : " ORDER BY " + fmt::format("{}", fmt::join(keys, ", "));
}

/// A column as it is shown and groups: PostgreSQL's kinds of text by their bytes.
std::string shown(const std::string& name, ValueType type, DatabaseKind kind) {
  if (kind != DatabaseKind::kPostgres || type != ValueType::kString) return quoted(name);
  return fmt::format("CAST({} AS text) COLLATE \"C\"", quoted(name));
}

/// The copy: `(SELECT … FROM … WHERE rid IN (…))`.
std::string visible_copy(const StoredTable& stored, const Verdict& verdict,
                         const model::Table& table, DatabaseKind kind) {
  std::vector<std::string> columns{"rid"};
  for (const auto& [name, masked] : verdict.columns) {
    const ValueType type = column_type(table, name);
    columns.push_back((masked ? mask(type) : shown(name, type, kind)) + " AS " + quoted(name));
  }
  return fmt::format("(SELECT {} FROM {} WHERE {}) AS copied", fmt::join(columns, ", "),
                     quoted(stored.name), row_numbers(verdict, stored));
}

}  // namespace

std::string quoted(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

std::string value_literal(const model::Value& value) {
  switch (model::type_of(value)) {
    case ValueType::kString: return text_literal(std::get<std::string>(value));
    case ValueType::kInteger:
      return fmt::format("CAST('{}' AS BIGINT)", std::get<std::int64_t>(value));
    case ValueType::kNumeric:
      return fmt::format("CAST({} AS DOUBLE PRECISION)", number_literal(std::get<double>(value)));
    case ValueType::kBoolean: return std::get<bool>(value) ? "TRUE" : "FALSE";
    case ValueType::kDate:
      // Not all engines read the year 0.
      return fmt::format("(DATE '1970-01-01' + ({}))",
                         std::get<model::Date>(value).time_since_epoch().count());
    case ValueType::kDatetime:
      return fmt::format(
          "CAST({} AS TIMESTAMP)",
          moment_literal(std::get<model::Datetime>(value).time_since_epoch().count() * 1'000'000));
  }
  return "";
}

std::string comparable(const std::string& name, ValueType type) {
  if (type == ValueType::kString) return fmt::format("CAST({} AS VARCHAR)", quoted(name));
  if (type == ValueType::kDatetime) return fmt::format("CAST({} AS TIMESTAMP)", quoted(name));
  return quoted(name);
}

std::string statements_for(const StoredTable& table, const std::string& create,
                           const std::function<std::string(Stored)>& type_name) {
  std::string columns = "rid BIGINT";
  for (const StoredColumn& column : table.columns) {
    columns += fmt::format(", {} {}", quoted(column.name), type_name(column.stored));
  }
  std::string statements = fmt::format("{} {} ({});", create, quoted(table.name), columns);
  std::string rows;
  for (std::size_t row = 0; row < table.rows; ++row) {
    rows += fmt::format("{}({}", rows.empty() ? "" : ", ", row);
    for (const StoredColumn& column : table.columns) {
      rows += ", " + literal_of(column.cells[row], type_name(column.stored));
    }
    rows += ')';
  }
  if (rows.empty()) return statements;
  return statements + fmt::format("INSERT INTO {} VALUES {};", quoted(table.name), rows);
}

std::string plain_chart(const World& world, const Question& question, const Verdict& verdict,
                        DatabaseKind kind) {
  const model::ChartSpec& spec = question.spec;
  std::vector<std::string> shown;
  std::vector<std::string> groups;
  for (const model::ChartDimension& each : spec.dimensions) {
    shown.push_back(dimension(each, question.table, kind));
    groups.push_back(std::to_string(shown.size()));
  }
  for (const std::string& name : spec.metrics) shown.push_back(metric(name, question.table));
  const std::string group =
      groups.empty() ? "" : fmt::format(" GROUP BY {}", fmt::join(groups, ", "));
  return fmt::format("SELECT {} FROM {} WHERE {}{}{} LIMIT {}", fmt::join(shown, ", "),
                     visible_copy(world.tables.at(question.stored), verdict, question.table, kind),
                     filters_of(question), group, order_of(spec), spec.limit_rows);
}

std::string plain_preview(const World& world, const Question& question, const Verdict& verdict,
                          DatabaseKind kind) {
  std::vector<std::string> columns;
  for (const model::Column& column : question.table.columns) {
    if (verdict.columns.contains(column.name)) columns.push_back(quoted(column.name));
  }
  return fmt::format("SELECT {} FROM {}", fmt::join(columns, ", "),
                     visible_copy(world.tables.at(question.stored), verdict, question.table, kind));
}

}  // namespace oracle
