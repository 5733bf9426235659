#include "source/postgres_result.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "source/calendar.h"
#include "source/postgres_types.h"
#include "source/stopping.h"

namespace source {
namespace {

using base::Done;
using base::Result;
using model::Cell;
using model::Value;
using model::ValueType;

/// The type modifier of numeric(1000, 0).
constexpr int kWholeModifier = (1000 << 16) + 4;

/// About as much as DuckDB gives at a time.
constexpr std::size_t kBatchRows = 2048;
constexpr std::size_t kBatchTextBytes = std::size_t{1} << 20;

using Decode = Cell (*)(const char* text, std::size_t bytes);

Cell decode_boolean(const char* text, std::size_t /*bytes*/) { return Cell(*text == 't'); }

Cell decode_text(const char* text, std::size_t bytes) {
  return Cell(Value(std::in_place_type<std::string>, text, bytes));
}

Cell decode_integer(const char* text, std::size_t bytes) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text, text + bytes, number);
  return problem == std::errc() ? Cell(number) : Cell();
}

/// libpq ends its texts with NUL.
Cell decode_number(const char* text, std::size_t /*bytes*/) {
  const double number = std::strtod(text, nullptr);
  return std::isfinite(number) ? Cell(number) : Cell();
}

/// The digits of `text` from `at` on, or nothing.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int number = 0;
  if (at + count > text.size()) return std::nullopt;
  const char* end = text.data() + at + count;
  const auto [last, problem] = std::from_chars(text.data() + at, end, number);
  if (problem != std::errc() || last != end || number < 0) return std::nullopt;
  return number;
}

/// "2001-01-31…"; the year 0 is "0001-01-31… BC". Longer years have the dash elsewhere.
std::optional<model::Date> parse_day(std::string_view text) {
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
  const bool before_christ = text.ends_with(" BC");
  if (before_christ && *year != 1) return std::nullopt;
  return std::chrono::year{before_christ ? 0 : *year} / *month / *day;
}

Cell decode_date(const char* text, std::size_t bytes) {
  const auto day = parse_day({text, bytes});
  return day ? within_calendar(*day) : Cell();
}

Cell decode_moment(const char* text, std::size_t bytes) {
  const std::string_view written(text, bytes);
  const auto day = parse_day(written);
  const auto hour = digits(written, 11, 2);
  const auto minute = digits(written, 14, 2);
  const auto second = digits(written, 17, 2);
  if (!day || !hour || !minute || !second) return {};
  return within_calendar(model::Datetime(*day + std::chrono::hours(*hour) +
                                         std::chrono::minutes(*minute) +
                                         std::chrono::seconds(*second)));
}

struct Decoding {
  ValueType type;
  Decode decode;
};

std::optional<Decoding> find_decoding(Oid type) {
  switch (type) {
    case pg_type::kBool: return Decoding{ValueType::kBoolean, decode_boolean};
    case pg_type::kInt2:
    case pg_type::kInt4:
    case pg_type::kInt8: return Decoding{ValueType::kInteger, decode_integer};
    case pg_type::kFloat4:
    case pg_type::kFloat8:
    case pg_type::kNumeric: return Decoding{ValueType::kNumeric, decode_number};
    case pg_type::kName:
    case pg_type::kText:
    case pg_type::kVarchar: return Decoding{ValueType::kString, decode_text};
    case pg_type::kDate: return Decoding{ValueType::kDate, decode_date};
    case pg_type::kTimestamp:
    case pg_type::kTimestamptz: return Decoding{ValueType::kDatetime, decode_moment};
    default: return std::nullopt;
  }
}

}  // namespace

Result<PostgresDecoder> PostgresDecoder::for_columns_of(const PGresult* result) {
  PostgresDecoder decoder;
  for (int i = 0; i < PQnfields(result); ++i) {
    const Oid type = PQftype(result, i);
    const auto decoding = find_decoding(type);
    if (!decoding) return type_without_form("PostgreSQL type oid " + std::to_string(type));
    const bool whole = type == pg_type::kNumeric && PQfmod(result, i) == kWholeModifier;
    decoder.columns_.push_back(
        {{PQfname(result, i), whole ? ValueType::kInteger : decoding->type, {}},
         decoding->decode,
         whole});
  }
  return decoder;
}

void PostgresDecoder::append_whole(Column& column, const char* text, std::size_t bytes) {
  if (column.column.type == ValueType::kInteger) {
    Cell number = decode_integer(text, bytes);
    if (number) {
      column.column.cells.push_back(std::move(number));
      return;
    }
    for (Cell& cell : column.column.cells) {
      if (cell) cell = Value(static_cast<double>(std::get<std::int64_t>(*cell)));
    }
    column.column.type = ValueType::kNumeric;
  }
  column.column.cells.push_back(decode_number(text, bytes));
}

Result<Done> PostgresDecoder::append(const PGresult* result, std::int64_t rows_max) {
  const int rows = PQntuples(result);
  rows_ += rows;
  if (rows_ > rows_max) return too_many_rows();
  for (int row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      Column& column = columns_[i];
      const int field = static_cast<int>(i);
      if (PQgetisnull(result, row, field) != 0) {
        column.column.cells.emplace_back();
        continue;
      }
      const auto bytes = static_cast<std::size_t>(PQgetlength(result, row, field));
      if (column.column.type == ValueType::kString) text_bytes_ += bytes;
      if (text_bytes_ > kResultTextBytesMax) return too_much_text();
      const char* text = PQgetvalue(result, row, field);
      if (column.whole) {
        append_whole(column, text, bytes);
      } else {
        column.column.cells.push_back(column.decode(text, bytes));
      }
    }
  }
  return Done{};
}

bool PostgresDecoder::is_batch_full() const {
  return text_bytes_ >= kBatchTextBytes ||
         (!columns_.empty() && columns_.front().column.cells.size() >= kBatchRows);
}

ResultSet PostgresDecoder::take_batch() {
  ResultSet set;
  for (Column& column : columns_) {
    set.columns.push_back(
        {column.column.name, column.column.type, std::exchange(column.column.cells, {})});
  }
  text_bytes_ = 0;
  return set;
}

ResultSet PostgresDecoder::take() && {
  ResultSet set;
  for (Column& column : columns_) set.columns.push_back(std::move(column.column));
  return set;
}

}  // namespace source
