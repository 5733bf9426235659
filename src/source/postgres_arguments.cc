#include "source/postgres_arguments.h"

#include <bit>
#include <chrono>
#include <cstdint>
#include <type_traits>

#include "source/postgres_types.h"

namespace source {
namespace {

using model::ValueType;

/// PostgreSQL counts days and microseconds from here.
constexpr model::Date kEpoch{std::chrono::year{2000} / 1 / 1};

template <typename Number>
std::string big_endian(Number number) {
  using Bits = std::make_unsigned_t<Number>;
  const auto bits = static_cast<Bits>(number);
  std::string bytes;
  for (std::size_t shift = 8 * sizeof(Bits); shift > 0; shift -= 8) {
    bytes += static_cast<char>(static_cast<unsigned char>(bits >> (shift - 8)));
  }
  return bytes;
}

Oid type_oid(ValueType type) {
  switch (type) {
    case ValueType::kString: return pg_type::kText;
    case ValueType::kInteger: return pg_type::kInt8;
    case ValueType::kNumeric: return pg_type::kFloat8;
    case ValueType::kBoolean: return pg_type::kBool;
    case ValueType::kDate: return pg_type::kDate;
    case ValueType::kDatetime: return pg_type::kTimestamp;
  }
  return pg_type::kText;
}

struct BinaryForm {
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(std::int64_t number) const { return big_endian(number); }
  std::string operator()(double number) const {
    return big_endian(std::bit_cast<std::uint64_t>(number));
  }
  std::string operator()(bool truth) const { return {static_cast<char>(truth ? 1 : 0)}; }
  std::string operator()(model::Date day) const {
    return big_endian(static_cast<std::int32_t>((day - kEpoch).count()));
  }
  std::string operator()(model::Datetime moment) const {
    return big_endian(std::int64_t{std::chrono::microseconds(moment - kEpoch).count()});
  }
};

}  // namespace

PostgresArguments::PostgresArguments(const std::vector<model::Value>& values) {
  for (const model::Value& value : values) {
    types.push_back(type_oid(model::type_of(value)));
    bytes.push_back(std::visit(BinaryForm{}, value));
  }
  for (const std::string& each : bytes) {
    pointers.push_back(each.data());
    lengths.push_back(static_cast<int>(each.size()));
  }
  formats.assign(values.size(), 1);
}

}  // namespace source
