#include "http/csv_table.h"

#include <array>
#include <charconv>

#include "http/csv.h"

namespace http {
namespace {

template <typename Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> text{};
  const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), number);
  out.append(text.data(), problem == std::errc() ? end : text.data());
}

struct AppendValue {
  std::string& out;
  void operator()(const std::string& text) const { append_csv_text(out, text); }
  void operator()(std::int64_t number) const { append_number(out, number); }
  void operator()(double number) const { append_number(out, number); }
  void operator()(bool flag) const { out += flag ? "true" : "false"; }
  void operator()(model::Date date) const { out += model::render_date(date); }
  void operator()(model::Datetime time) const { out += base::render_time(time); }
};

void append_cell(std::string& out, const FileColumn& column, const model::Cell& cell) {
  if (cell) {
    std::visit(AppendValue{out}, *cell);
  } else if (column.rest) {
    append_csv_text(out, kRestLabel);
  }
}

/// Readers skip a line without a character, but one row of one empty cell is a row.
void end_record(std::string& out, std::size_t began) {
  if (out.size() == began) out += "\"\"";
  out += kCsvRecordEnd;
}

}  // namespace

std::string render_csv_head(const std::vector<FileColumn>& columns) {
  std::string head;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) head += ',';
    append_csv_text(head, columns[i].label);
  }
  end_record(head, 0);
  return head;
}

std::string render_csv_rows(const std::vector<FileColumn>& columns, const source::ResultSet& result,
                            std::size_t begin, std::size_t end) {
  std::string rows;
  for (std::size_t row = begin; row < end; ++row) {
    const std::size_t began = rows.size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) rows += ',';
      append_cell(rows, columns[i], result.columns[i].cells[row]);
    }
    end_record(rows, began);
  }
  return rows;
}

}  // namespace http
