#include "source/table_write.h"

namespace source {

base::Result<base::Done> write_table(const ConnectionHandle& connection, const std::string& table,
                                     const StatementText& contents,
                                     const std::vector<std::string>& order_by) {
  StatementText statement("CREATE TABLE ");
  statement.add_name(table).add(" AS SELECT * FROM (").add(contents).add(") AS \"contents\"");
  bool first = true;
  for (const std::string& column : order_by) {
    statement.add(first ? Literal(" ORDER BY ") : Literal(", ")).add_name(column);
    first = false;
  }
  return run_statement(connection, statement);
}

}  // namespace source
