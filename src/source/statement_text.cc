#include "source/statement_text.h"

#include <fmt/format.h>

#include "source/duckdb_result.h"
#include "sql/render.h"

namespace source {
namespace {

using base::Result;

}  // namespace

StatementText& StatementText::add(Literal literal) {
  text_ += literal.text();
  return *this;
}

StatementText& StatementText::add_name(std::string_view name) {
  std::string plain(name);
  std::erase(plain, kPlaceholder);
  text_ += sql::quote_identifier(plain);
  return *this;
}

StatementText& StatementText::add_number(std::size_t number) {
  text_ += fmt::format("{}", number);
  return *this;
}

StatementText& StatementText::add_argument(std::string value) {
  text_ += kPlaceholder;
  arguments_.push_back(std::move(value));
  return *this;
}

StatementText& StatementText::add(const StatementText& inner) {
  text_ += inner.text_;
  arguments_.insert(arguments_.end(), inner.arguments_.begin(), inner.arguments_.end());
  return *this;
}

std::string StatementText::text() const {
  std::string text;
  int place = 0;
  for (const char c : text_) {
    if (c == kPlaceholder) {
      text += fmt::format("${}", ++place);
    } else {
      text += c;
    }
  }
  return text;
}

Result<ResultHandle> execute(const ConnectionHandle& connection, const StatementText& statement) {
  PreparedHandle prepared;
  if (duckdb_prepare(connection.get(), statement.text().c_str(), prepared.address()) !=
      DuckDBSuccess) {
    return driver_error(duckdb_prepare_error(prepared.get()));
  }
  idx_t place = 0;
  for (const std::string& value : statement.arguments()) {
    if (duckdb_bind_varchar_length(prepared.get(), ++place, value.data(), value.size()) !=
        DuckDBSuccess) {
      return driver_error("argument not bound");
    }
  }
  ResultHandle result;
  if (duckdb_execute_prepared(prepared.get(), result.address()) != DuckDBSuccess) {
    return driver_error(duckdb_result_error(result.address()));
  }
  return result;
}

Result<ResultSet> fetch_rows(const ConnectionHandle& connection, const StatementText& statement,
                             std::int64_t rows_max) {
  ASSIGN_OR_RETURN(ResultHandle result, execute(connection, statement));
  ASSIGN_OR_RETURN(ResultDecoder decoder, ResultDecoder::for_columns_of(*result.address()));
  while (true) {
    const ChunkHandle chunk(duckdb_fetch_chunk(result.get()));
    if (chunk.get() == nullptr) break;
    RETURN_IF_ERROR(decoder.append(chunk.get(), rows_max));
  }
  return std::move(decoder).take();
}

}  // namespace source
