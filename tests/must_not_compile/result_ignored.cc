// A result that nobody looks at is a failure that nobody sees.

#include "base/result.h"

base::Result<base::Done> save();

bool run() {
#ifdef CONTROL
  return save().ok();
#else
  save();
  return true;
#endif
}
