#include "crypto/init.h"

#include <cstdlib>

#include <sodium.h>

namespace crypto {

void init() {
  if (sodium_init() < 0) std::abort();
}

}  // namespace crypto
