// Only a handler whose route says that it gives out customer data can reach a query.

#include "http/router.h"

const void* reach(http::Services& services, http::DataServices& data) {
  (void)services, (void)data;
#ifdef CONTROL
  return &data.charts;
#else
  return &services.charts;
#endif
}
