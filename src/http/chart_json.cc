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

void append_cells(std::string& out, const std::vector<model::Cell>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    if (cells[i]) {
      std::visit(AppendValue{out}, *cells[i]);
    } else {
      out += "null";
    }
  }
}

/// Everything of a column but its values.
std::string render_head(const ChartColumn& column, model::ValueType type) {
  const bool metric = column.role == ChartColumn::Role::kMetric;
  base::json::object head{{"name", column.name},
                          {"label", column.label},
                          {"role", metric ? "metric" : "dimension"},
                          {"type", model::type_name(type)}};
  if (metric) head["format"] = model::render_format(column.format);
  if (column.grain != model::Grain::kNone) head["grain"] = model::grain_name(column.grain);
  if (column.bin_width) head["binWidth"] = *column.bin_width;
  return base::render_json(head);
}

}  // namespace

std::string render_chart_line(const base::ChartId& chart, const query::ChartAnswer& answer) {
  std::string line = "{\"chart\":";
  base::append_json_string(line, chart.text());
  line += ",\"columns\":[";
  for (std::size_t i = 0; i < answer.columns.size(); ++i) {
    const source::ResultColumn& cells = answer.rows->columns[i];
    std::string head = render_head(answer.columns[i], cells.type);
    head.pop_back();
    if (i > 0) line += ',';
    line += head;
    line += ",\"values\":[";
    append_cells(line, cells.cells);
    line += "]}";
  }
  line += "]}\n";
  return line;
}

}  // namespace http
