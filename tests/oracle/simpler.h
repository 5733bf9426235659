#pragma once

// From a question that fails to a smaller one that still does.

#include <functional>
#include <vector>

#include "world.h"

namespace oracle {

/// `fails` holds for `question`, and for what is returned.
[[nodiscard]] Question make_simpler(Question question,
                                    const std::function<bool(const Question&)>& fails);

}  // namespace oracle
