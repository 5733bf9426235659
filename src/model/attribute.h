#pragma once

// Token attributes: the registered, typed facts about an end user that access rules may use.

#include <map>
#include <string>
#include <vector>

#include "base/ids.h"
#include "model/value.h"

namespace model {

struct TokenAttribute {
  base::AttributeId id;
  std::string name;
  ValueType type;
  bool list;      ///< The token carries a list of `type`.
  bool required;  ///< A mint without it is refused.
};

/// The value of an attribute in one token. A scalar has exactly one element; a list may have none.
struct AttributeValue {
  ValueType type;
  bool list;
  std::vector<Value> values;
};

using AttributeValues = std::map<std::string, AttributeValue, std::less<>>;

}  // namespace model
