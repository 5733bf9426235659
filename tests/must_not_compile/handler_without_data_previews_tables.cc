// Only a handler whose route says that it gives out customer data can reach the rows of a table.

#include "http/router.h"

const void* reach(http::Services& services, http::DataServices& data) {
  (void)services, (void)data;
#ifdef CONTROL
  return &data.tables;
#else
  return &services.tables;
#endif
}
