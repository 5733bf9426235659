// A secret does not become a text by accident.

#include <string>

#include "base/secret.h"

void show(const std::string& text);

void run(const base::Secret& secret) {
#ifdef CONTROL
  show(secret.reveal_secret());
#else
  show(secret);
#endif
}
