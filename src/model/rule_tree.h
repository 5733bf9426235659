#pragma once

// AND / OR trees as authors draw them: over the rows of a table (access_rule.h) and over the user
// who asks (user_condition.h).

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace model {

enum class Junction : std::uint8_t { kAnd, kOr };

template <typename Leaf>
struct RuleTree;

template <typename Leaf>
struct RuleGroup {
  Junction junction;
  std::vector<RuleTree<Leaf>> nodes;  ///< At least one; the guard refuses an empty group.
};

template <typename Leaf>
struct RuleTree {
  std::variant<Leaf, RuleGroup<Leaf>> node;
};

/// {"and": [node, …]} | {"or": [node, …]} | what `parse_leaf` reads. Depth is bounded by
/// base::kMaxJsonDepth. Errors name the place of the node: "rows.and[1].column".
template <typename Leaf, typename ParseLeaf>
[[nodiscard]] base::Result<RuleTree<Leaf>> parse_rule_tree(const base::json::value& json,
                                                           const std::string& path,
                                                           const ParseLeaf& parse_leaf) {
  using base::Code;
  using base::Error;
  const base::json::object* object = json.if_object();
  if (object == nullptr) return Error{Code::kInvalidBody, "A condition is an object.", {}, path};
  const bool all = object->contains("and");
  if (!all && !object->contains("or")) {
    ASSIGN_OR_RETURN(Leaf leaf, parse_leaf(json, path));
    return RuleTree<Leaf>{std::move(leaf)};
  }
  const std::string inner = path + (path.empty() ? "" : ".") + (all ? "and" : "or");
  const base::json::array* nodes = object->begin()->value().if_array();
  if (object->size() != 1 || nodes == nullptr || nodes->empty()) {
    return Error{Code::kInvalidBody, "A group is a list of at least one condition.", {}, inner};
  }
  RuleGroup<Leaf> group{all ? Junction::kAnd : Junction::kOr, {}};
  for (const base::json::value& item : *nodes) {
    const std::string place = inner + "[" + std::to_string(group.nodes.size()) + "]";
    ASSIGN_OR_RETURN(RuleTree<Leaf> node, parse_rule_tree<Leaf>(item, place, parse_leaf));
    group.nodes.push_back(std::move(node));
  }
  return RuleTree<Leaf>{std::move(group)};
}

template <typename Leaf, typename RenderLeaf>
[[nodiscard]] base::json::value render_rule_tree(const RuleTree<Leaf>& tree,
                                                 const RenderLeaf& render_leaf) {
  if (const auto* leaf = std::get_if<Leaf>(&tree.node)) return render_leaf(*leaf);
  const auto& group = std::get<RuleGroup<Leaf>>(tree.node);
  base::json::array nodes;
  for (const RuleTree<Leaf>& child : group.nodes) {
    nodes.push_back(render_rule_tree(child, render_leaf));
  }
  return base::json::object{{group.junction == Junction::kAnd ? "and" : "or", std::move(nodes)}};
}

}  // namespace model
