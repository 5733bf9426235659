// Nor is a pointer to text that is not known when the program is compiled.

#include "store/connection.h"

store::Query find(store::Connection& connection, const std::string& text) {
#ifdef CONTROL
  return std::move(connection.query("SELECT ?").bind(text));
#else
  return connection.query(text.c_str());
#endif
}
