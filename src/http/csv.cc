#include "http/csv.h"

namespace http {
namespace {

constexpr std::string_view kFormulaBegins = "=+-@\t\r\n";
constexpr std::string_view kNeedQuotes = ",\"\r\n";

}  // namespace

void append_csv_text(std::string& out, std::string_view cell) {
  const bool formula = !cell.empty() && kFormulaBegins.find(cell.front()) != std::string_view::npos;
  const bool quotes = cell.find_first_of(kNeedQuotes) != std::string_view::npos;
  if (quotes) out += '"';
  if (formula) out += '\'';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  if (quotes) out += '"';
}

void append_csv_record(std::string& out, std::initializer_list<std::string_view> cells) {
  bool first = true;
  for (const std::string_view cell : cells) {
    if (!first) out += ',';
    first = false;
    append_csv_text(out, cell);
  }
  out += kCsvRecordEnd;
}

}  // namespace http
