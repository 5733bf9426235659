#include "http/form.h"

#include <boost/url/parse_query.hpp>

namespace http {

using base::Code;
using base::Error;

base::Result<std::map<std::string, std::string, std::less<>>> parse_form(std::string_view body) {
  // Boost.URL 1.81 looks for the end of the query by its NUL (boostorg/url issue 757).
  const std::string text(body);
  const auto query = boost::urls::parse_query(text);
  if (!query) return Error{Code::kInvalidBody, "Is not a well-formed form."};
  boost::urls::encoding_opts options;
  options.space_as_plus = true;
  std::map<std::string, std::string, std::less<>> fields;
  for (const auto& pair : *query) {
    std::string name = pair.key.decode(options);
    if (!fields.emplace(name, pair.value.decode(options)).second) {
      return Error{Code::kInvalidBody, "Appears twice.", {}, std::move(name)};
    }
  }
  return fields;
}

}  // namespace http
