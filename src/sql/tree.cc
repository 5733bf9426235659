#include "sql/tree.h"

namespace sql {

Expression column(std::string name) {
  return std::make_shared<const Node>(Node{ColumnName{std::move(name)}});
}

Expression stored_column(std::string name, model::ValueType type) {
  return std::make_shared<const Node>(Node{StoredColumn{std::move(name), type}});
}

Expression bound(model::Value value) {
  return std::make_shared<const Node>(Node{Bound{std::move(value)}});
}

Expression null_of(model::ValueType type) { return std::make_shared<const Node>(Node{Null{type}}); }

Expression call(Function function, std::vector<Expression> arguments) {
  return std::make_shared<const Node>(Node{Call{function, std::move(arguments)}});
}

Expression among(Expression needle, std::shared_ptr<const Select> values) {
  return std::make_shared<const Node>(Node{Among{std::move(needle), std::move(values)}});
}

}  // namespace sql
