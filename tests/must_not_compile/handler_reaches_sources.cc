// What every handler has of databases is their use cases, and not the sources behind them.

#include "http/services.h"

const void* reach(http::Services& services) {
#ifdef CONTROL
  return &services.databases;
#else
  return &services.databases.sources_;
#endif
}
