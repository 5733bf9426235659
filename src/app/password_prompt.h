#pragma once

#include "base/result.h"
#include "base/secret.h"

namespace app {

/// From a terminal: asked for, not echoed. Else the first line of standard input. kInvalidBody when
/// there is none.
[[nodiscard]] base::Result<base::Secret> read_password();

}  // namespace app
