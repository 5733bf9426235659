#include "source/duckdb_result.h"

#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "source/calendar.h"
#include "source/duckdb_instance.h"
#include "source/stopping.h"

namespace source {
namespace {

using base::Done;
using base::Result;
using model::Cell;
using model::Value;
using model::ValueType;

bool is_valid(const std::uint64_t* validity, idx_t row) {
  return validity == nullptr || ((validity[row / 64] >> (row % 64)) & 1) != 0;
}

/// Appends `convert` of each value, NULL for those that are not valid.
template <typename Raw, typename Convert>
void append_cells(ColumnDecoder& target, duckdb_vector vector, idx_t rows, Convert convert) {
  const auto* values = static_cast<const Raw*>(duckdb_vector_get_data(vector));
  const std::uint64_t* validity = duckdb_vector_get_validity(vector);
  std::vector<Cell>& cells = target.column.cells;
  for (idx_t row = 0; row < rows; ++row) {
    if (is_valid(validity, row)) {
      cells.push_back(convert(values[row]));
    } else {
      cells.emplace_back();
    }
  }
}

Cell finite(double number) { return std::isfinite(number) ? Cell(number) : Cell(); }

void decode_boolean(ColumnDecoder& target, duckdb_vector vector, idx_t rows) {
  append_cells<bool>(target, vector, rows, [](bool raw) { return Cell(raw); });
}

template <typename Raw>
void decode_integer(ColumnDecoder& target, duckdb_vector vector, idx_t rows) {
  append_cells<Raw>(target, vector, rows, [](Raw raw) { return Cell(std::int64_t{raw}); });
}

template <typename Raw>
void decode_floating(ColumnDecoder& target, duckdb_vector vector, idx_t rows) {
  append_cells<Raw>(target, vector, rows, [](Raw raw) { return finite(double{raw}); });
}

constexpr auto kIntegerMax = std::uint64_t{std::numeric_limits<std::int64_t>::max()};

bool fits(std::uint64_t raw) { return raw <= kIntegerMax; }
bool fits(duckdb_uhugeint raw) { return raw.upper == 0 && fits(raw.lower); }
bool fits(duckdb_hugeint raw) { return raw.upper == (fits(raw.lower) ? 0 : -1); }

std::int64_t low_bits(std::uint64_t raw) { return static_cast<std::int64_t>(raw); }
std::int64_t low_bits(duckdb_uhugeint raw) { return low_bits(raw.lower); }
std::int64_t low_bits(duckdb_hugeint raw) { return low_bits(raw.lower); }

double to_double(std::uint64_t raw) { return static_cast<double>(raw); }
double to_double(duckdb_uhugeint raw) { return duckdb_uhugeint_to_double(raw); }
double to_double(duckdb_hugeint raw) { return duckdb_hugeint_to_double(raw); }
template <typename Raw>
double to_double(Raw raw) {
  return static_cast<double>(raw);
}

template <typename Raw>
bool all_fit(duckdb_vector vector, idx_t rows) {
  const auto* values = static_cast<const Raw*>(duckdb_vector_get_data(vector));
  const std::uint64_t* validity = duckdb_vector_get_validity(vector);
  for (idx_t row = 0; row < rows; ++row) {
    if (is_valid(validity, row) && !fits(values[row])) return false;
  }
  return true;
}

void widen(ResultColumn& column) {
  for (Cell& cell : column.cells) {
    if (cell) cell = Value(static_cast<double>(std::get<std::int64_t>(*cell)));
  }
  column.type = ValueType::kNumeric;
}

template <typename Raw>
void decode_wide(ColumnDecoder& target, duckdb_vector vector, idx_t rows) {
  if (target.column.type == ValueType::kInteger && !all_fit<Raw>(vector, rows)) {
    widen(target.column);
  }
  if (target.column.type == ValueType::kInteger) {
    append_cells<Raw>(target, vector, rows, [](Raw raw) { return Cell(low_bits(raw)); });
  } else {
    append_cells<Raw>(target, vector, rows, [](Raw raw) { return Cell(to_double(raw)); });
  }
}

template <typename Raw>
void decode_decimal(ColumnDecoder& target, duckdb_vector vector, idx_t rows) {
  append_cells<Raw>(target, vector, rows,
                    [scale = target.scale](Raw raw) { return Cell(to_double(raw) / scale); });
}

std::string_view text_of(const duckdb_string_t& raw) {
  const std::uint32_t length = raw.value.inlined.length;
  const bool inlined = length <= sizeof(raw.value.inlined.inlined);
  return {inlined ? raw.value.inlined.inlined : raw.value.pointer.ptr, length};
}

void decode_text(ColumnDecoder& target, duckdb_vector vector, idx_t rows) {
  const auto* values = static_cast<const duckdb_string_t*>(duckdb_vector_get_data(vector));
  const std::uint64_t* validity = duckdb_vector_get_validity(vector);
  for (idx_t row = 0; row < rows; ++row) {
    if (is_valid(validity, row)) target.text_bytes += text_of(values[row]).size();
  }
  if (target.text_bytes > kResultTextBytesMax) return;  // Refused by append(), so not copied.
  append_cells<duckdb_string_t>(target, vector, rows, [](const duckdb_string_t& raw) {
    return Cell(Value(std::in_place_type<std::string>, text_of(raw)));
  });
}

template <typename Raw>
void decode_enum(ColumnDecoder& target, duckdb_vector vector, idx_t rows) {
  append_cells<Raw>(target, vector, rows, [&target](Raw raw) {
    const std::string& text = target.dictionary.at(raw);
    target.text_bytes += text.size();
    return Cell(Value(text));
  });
}

void decode_date(ColumnDecoder& target, duckdb_vector vector, idx_t rows) {
  append_cells<std::int32_t>(target, vector, rows, [](std::int32_t raw) {
    return within_calendar(model::Date(std::chrono::days(raw)));
  });
}

/// `per_second`: units of the stored number in one second.
template <std::int64_t per_second>
void decode_moment(ColumnDecoder& target, duckdb_vector vector, idx_t rows) {
  append_cells<std::int64_t>(target, vector, rows, [](std::int64_t raw) {
    const std::int64_t down = raw % per_second < 0 ? 1 : 0;
    return within_calendar(model::Datetime(std::chrono::seconds(raw / per_second - down)));
  });
}

/// Types without a value type of ours, one DuckDB value for each cell: slow, and rare.
template <typename Raw, duckdb_value (*create)(Raw)>
void decode_as_text(ColumnDecoder& target, duckdb_vector vector, idx_t rows) {
  append_cells<Raw>(target, vector, rows, [&target](Raw raw) {
    const ValueHandle value(create(raw));
    const TextHandle text(duckdb_get_varchar(value.get()));
    if (text.get() == nullptr) return Cell();
    target.text_bytes += std::string_view(text.get()).size();
    return Cell(Value(std::in_place_type<std::string>, text.get()));
  });
}

duckdb_value create_uuid(duckdb_hugeint raw) {
  // Stored with the highest bit turned over, so that signed order is the order of the text.
  constexpr std::uint64_t kHighestBit = std::uint64_t{1} << 63;
  return duckdb_create_uuid({raw.lower, static_cast<std::uint64_t>(raw.upper) ^ kHighestBit});
}

struct Decoding {
  ValueType type;
  void (*decode)(ColumnDecoder&, duckdb_vector, idx_t rows);
};

std::optional<Decoding> find_decimal_decoding(duckdb_type stored) {
  switch (stored) {
    case DUCKDB_TYPE_SMALLINT: return Decoding{ValueType::kNumeric, decode_decimal<std::int16_t>};
    case DUCKDB_TYPE_INTEGER: return Decoding{ValueType::kNumeric, decode_decimal<std::int32_t>};
    case DUCKDB_TYPE_BIGINT: return Decoding{ValueType::kNumeric, decode_decimal<std::int64_t>};
    case DUCKDB_TYPE_HUGEINT: return Decoding{ValueType::kNumeric, decode_decimal<duckdb_hugeint>};
    default: return std::nullopt;
  }
}

std::optional<Decoding> find_enum_decoding(duckdb_type stored) {
  switch (stored) {
    case DUCKDB_TYPE_UTINYINT: return Decoding{ValueType::kString, decode_enum<std::uint8_t>};
    case DUCKDB_TYPE_USMALLINT: return Decoding{ValueType::kString, decode_enum<std::uint16_t>};
    case DUCKDB_TYPE_UINTEGER: return Decoding{ValueType::kString, decode_enum<std::uint32_t>};
    default: return std::nullopt;
  }
}

std::optional<Decoding> find_decoding(duckdb_logical_type type) {
  constexpr std::int64_t kMicro = 1'000'000;
  using enum ValueType;
  switch (duckdb_get_type_id(type)) {
    case DUCKDB_TYPE_BOOLEAN: return Decoding{kBoolean, decode_boolean};
    case DUCKDB_TYPE_TINYINT: return Decoding{kInteger, decode_integer<std::int8_t>};
    case DUCKDB_TYPE_SMALLINT: return Decoding{kInteger, decode_integer<std::int16_t>};
    case DUCKDB_TYPE_INTEGER: return Decoding{kInteger, decode_integer<std::int32_t>};
    case DUCKDB_TYPE_BIGINT: return Decoding{kInteger, decode_integer<std::int64_t>};
    case DUCKDB_TYPE_UTINYINT: return Decoding{kInteger, decode_integer<std::uint8_t>};
    case DUCKDB_TYPE_USMALLINT: return Decoding{kInteger, decode_integer<std::uint16_t>};
    case DUCKDB_TYPE_UINTEGER: return Decoding{kInteger, decode_integer<std::uint32_t>};
    case DUCKDB_TYPE_UBIGINT: return Decoding{kInteger, decode_wide<std::uint64_t>};
    case DUCKDB_TYPE_HUGEINT: return Decoding{kInteger, decode_wide<duckdb_hugeint>};
    case DUCKDB_TYPE_UHUGEINT: return Decoding{kInteger, decode_wide<duckdb_uhugeint>};
    case DUCKDB_TYPE_FLOAT: return Decoding{kNumeric, decode_floating<float>};
    case DUCKDB_TYPE_DOUBLE: return Decoding{kNumeric, decode_floating<double>};
    case DUCKDB_TYPE_DECIMAL: return find_decimal_decoding(duckdb_decimal_internal_type(type));
    case DUCKDB_TYPE_VARCHAR: return Decoding{kString, decode_text};
    case DUCKDB_TYPE_ENUM: return find_enum_decoding(duckdb_enum_internal_type(type));
    case DUCKDB_TYPE_DATE: return Decoding{kDate, decode_date};
    case DUCKDB_TYPE_TIMESTAMP_S: return Decoding{kDatetime, decode_moment<1>};
    case DUCKDB_TYPE_TIMESTAMP_MS: return Decoding{kDatetime, decode_moment<1'000>};
    case DUCKDB_TYPE_TIMESTAMP:
    case DUCKDB_TYPE_TIMESTAMP_TZ: return Decoding{kDatetime, decode_moment<kMicro>};
    case DUCKDB_TYPE_TIMESTAMP_NS: return Decoding{kDatetime, decode_moment<kMicro * 1'000>};
    case DUCKDB_TYPE_UUID: return Decoding{kString, decode_as_text<duckdb_hugeint, create_uuid>};
    case DUCKDB_TYPE_TIME:
      return Decoding{kString, decode_as_text<duckdb_time, duckdb_create_time>};
    case DUCKDB_TYPE_INTERVAL:
      return Decoding{kString, decode_as_text<duckdb_interval, duckdb_create_interval>};
    default: return std::nullopt;
  }
}

std::vector<std::string> read_dictionary(duckdb_logical_type type) {
  std::vector<std::string> texts;
  const std::uint32_t size = duckdb_enum_dictionary_size(type);
  for (idx_t i = 0; i < size; ++i) {
    const TextHandle text(duckdb_enum_dictionary_value(type, i));
    texts.emplace_back(text.get());
  }
  return texts;
}

}  // namespace

std::optional<ValueType> value_type_of(duckdb_logical_type type) {
  const auto decoding = find_decoding(type);
  if (!decoding) return std::nullopt;
  return decoding->type;
}

Result<ResultDecoder> ResultDecoder::for_columns_of(duckdb_result& result) {
  ResultDecoder decoder;
  for (idx_t i = 0; i < duckdb_column_count(&result); ++i) {
    const LogicalTypeHandle type(duckdb_column_logical_type(&result, i));
    const auto decoding = find_decoding(type.get());
    if (!decoding) {
      return type_without_form("DuckDB type id " + std::to_string(duckdb_get_type_id(type.get())));
    }
    ColumnDecoder column{{duckdb_column_name(&result, i), decoding->type, {}}, decoding->decode};
    if (duckdb_get_type_id(type.get()) == DUCKDB_TYPE_DECIMAL) {
      column.scale = std::pow(10.0, duckdb_decimal_scale(type.get()));
    } else if (duckdb_get_type_id(type.get()) == DUCKDB_TYPE_ENUM) {
      column.dictionary = read_dictionary(type.get());
    }
    decoder.columns_.push_back(std::move(column));
  }
  return decoder;
}

Result<Done> ResultDecoder::append(duckdb_data_chunk chunk, std::int64_t rows_max) {
  const idx_t rows = duckdb_data_chunk_get_size(chunk);
  rows_ += rows;
  if (std::cmp_greater(rows_, rows_max)) {
    return too_many_rows();
  }
  std::size_t text_bytes = 0;
  for (idx_t i = 0; i < columns_.size(); ++i) {
    columns_[i].decode(columns_[i], duckdb_data_chunk_get_vector(chunk, i), rows);
    text_bytes += columns_[i].text_bytes;
  }
  if (text_bytes > kResultTextBytesMax) {
    return too_much_text();
  }
  return Done{};
}

ResultSet ResultDecoder::take_batch() {
  ResultSet set;
  for (ColumnDecoder& column : columns_) {
    set.columns.push_back(
        {column.column.name, column.column.type, std::exchange(column.column.cells, {})});
    column.text_bytes = 0;
  }
  return set;
}

ResultSet ResultDecoder::take() && {
  ResultSet set;
  for (ColumnDecoder& column : columns_) set.columns.push_back(std::move(column.column));
  return set;
}

}  // namespace source
