// Nobody is asking only where nobody was found; there is no principal of no one.

#include <optional>

#include "model/principal.h"

bool ask() {
#ifdef CONTROL
  const std::optional<model::Principal> principal;
  return principal.has_value();
#else
  const model::Principal principal;
  return principal.user().has_value();
#endif
}
