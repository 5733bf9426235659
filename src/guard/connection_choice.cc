#include "guard/connection_choice.h"

#include <algorithm>
#include <string_view>

#include "guard/attribute_value.h"

namespace guard {
namespace {

using base::Result;

constexpr std::size_t kNameBytesMax = 63;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

Result<std::string> database_of_token(const model::Principal& principal,
                                      const std::string& attribute) {
  ASSIGN_OR_RETURN(const auto values,
                   attribute_values(principal, attribute, model::ValueType::kString));
  if (values.size() != 1) return attribute_misfit(attribute, kListForOne);
  const auto& name = std::get<std::string>(values.front());
  if (name.empty()) return attribute_absence(attribute, "is empty");
  if (name.size() > kNameBytesMax || !std::ranges::all_of(name, is_plain)) {
    return attribute_misfit(attribute, "is no name of a database");
  }
  return name;
}

}  // namespace

Result<Connection> choose_connection(const model::Database& database,
                                     const model::Principal& principal) {
  if (database.kind != model::DatabaseKind::kPostgres) return Connection{false, ""};
  const bool sandbox = principal.embed() && database.sandbox &&
                       principal.embed()->environment == model::Environment::kSandbox;
  const auto& settings = sandbox ? database.sandbox : database.postgres;
  if (!settings) return base::Error{base::Code::kInternal, "The database is not set up."};
  if (!principal.embed() || settings->database_attribute.empty()) {
    return Connection{sandbox, settings->database};
  }
  ASSIGN_OR_RETURN(std::string name, database_of_token(principal, settings->database_attribute));
  return Connection{sandbox, std::move(name)};
}

}  // namespace guard
