#include "source/stopping.h"

#include <utility>

namespace source {

using base::Code;
using base::Error;

Error stopped_error(Code reason) {
  if (reason == Code::kQueryTimeout) {
    return {reason, "The query took longer than a query may take."};
  }
  return {reason, "The query was cancelled."};
}

Error too_many_rows() {
  return {Code::kQueryTooLarge, "The query gives more rows than a query may give."};
}

Error too_much_text() {
  return {Code::kQueryTooLarge, "The query gives more text than a query may give."};
}

Error type_without_form(std::string detail) {
  return {Code::kSourceUnavailable, "A column has a type that can not be shown.",
          std::move(detail)};
}

}  // namespace source
