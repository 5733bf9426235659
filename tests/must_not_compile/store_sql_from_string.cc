// SQL on our metadata is a literal; a text put together at run time is none.

#include "store/connection.h"

store::Query find(store::Connection& connection, const std::string& name) {
#ifdef CONTROL
  return std::move(connection.query("SELECT id FROM users WHERE email = ?").bind(name));
#else
  return connection.query("SELECT id FROM users WHERE email = '" + name + "'");
#endif
}
