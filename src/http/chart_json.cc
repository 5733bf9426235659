#include "http/chart_json.h"

#include <array>
#include <charconv>

#include "base/json.h"

namespace http {
namespace {

using query::ChartColumn;

template <typename Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> text{};
  const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), number);
  out.append(text.data(), problem == std::errc() ? end : text.data());
}

struct AppendValue {
  std::string& out;
  void operator()(const std::string& text) const { base::append_json_string(out, text); }
  void operator()(std::int64_t number) const { append_number(out, number); }
  void operator()(double number) const { append_number(out, number); }
  void operator()(bool flag) const { out += flag ? "true" : "false"; }
  void operator()(model::Date date) const {
    base::append_json_string(out, model::render_date(date));
  }
  void operator()(model::Datetime time) const {
    base::append_json_string(out, base::render_time(time));
  }
};

/// The rows that are written, in order; nothing: all.
using Rows = std::optional<std::vector<std::size_t>>;

void append_cell(std::string& out, const model::Cell& cell) {
  if (cell) {
    std::visit(AppendValue{out}, *cell);
  } else {
    out += "null";
  }
}

void append_cells(std::string& out, const std::vector<model::Cell>& cells, const Rows& rows) {
  const std::size_t count = rows ? rows->size() : cells.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out += ',';
    append_cell(out, cells[rows ? (*rows)[i] : i]);
  }
}

base::json::array places_of_null(const std::vector<model::Cell>& cells) {
  base::json::array places;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!cells[i]) places.emplace_back(i);
  }
  return places;
}

/// Everything of a column but its values.
std::string render_head(const ChartColumn& column, const source::ResultColumn& result) {
  const bool metric = column.role == ChartColumn::Role::kMetric;
  base::json::object head{{"name", column.name},
                          {"label", column.label},
                          {"role", metric ? "metric" : "dimension"},
                          {"type", model::type_name(result.type)}};
  if (metric) head["format"] = model::render_format(column.format);
  if (column.grain != model::Grain::kNone) head["grain"] = model::grain_name(column.grain);
  if (column.bin_width) head["binWidth"] = *column.bin_width;
  if (column.rest) head["otherAt"] = places_of_null(result.cells);
  return base::render_json(head);
}

void append_columns(std::string& out, const query::ChartAnswer& answer, const Rows& rows) {
  out += '[';
  for (std::size_t i = 0; i < answer.columns.size(); ++i) {
    const source::ResultColumn& cells = answer.rows->columns[i];
    std::string head = render_head(answer.columns[i], cells);
    head.pop_back();
    if (i > 0) out += ',';
    out += head;
    out += ",\"values\":[";
    append_cells(out, cells.cells, rows);
    out += "]}";
  }
  out += ']';
}

}  // namespace

std::string render_chart_line(const base::ChartId& chart, const query::ChartAnswer& answer) {
  return render_chart_line(chart, answer, std::nullopt);
}

std::string render_chart_line(const base::ChartId& chart, const query::ChartAnswer& answer,
                              const Rows& rows) {
  std::string line = "{\"chart\":";
  base::append_json_string(line, chart.text());
  line += ",\"columns\":";
  append_columns(line, answer, rows);
  if (rows) {
    line += ",\"thinnedFrom\":";
    append_number(line, answer.rows->rows());
  }
  line += "}\n";
  return line;
}

std::string render_chart_columns(const query::ChartAnswer& answer) {
  std::string columns;
  append_columns(columns, answer, std::nullopt);
  return columns;
}

}  // namespace http
