// `return {}` can not mean success.

#include "base/result.h"

base::Result<base::Done> run() {
#ifdef CONTROL
  return base::Done{};
#else
  base::Result<base::Done> result;
  return result;
#endif
}
