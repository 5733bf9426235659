#include "guard/column_filter.h"

#include "guard/user_match.h"

namespace guard {

model::ColumnAccess column_access(const model::Column& column, const model::Principal& principal) {
  for (const model::ColumnException& exception : column.exceptions) {
    const auto applies = matches(exception.applies_if, principal);
    if (!applies) return model::ColumnAccess::kHidden;
    if (*applies) return exception.access;
  }
  return column.access;
}

sql::Expression mask_of(model::ValueType type) {
  return type == model::ValueType::kString ? sql::bound(std::string("•••••")) : sql::null_of(type);
}

}  // namespace guard
