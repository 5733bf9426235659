// Comparing secrets with == would tell by time where they differ.

#include "base/secret.h"
#include "crypto/hash.h"

bool same(const base::Secret& a, const base::Secret& b) {
#ifdef CONTROL
  return crypto::constant_time_equal(a.reveal_secret(), b.reveal_secret());
#else
  return a == b;
#endif
}
