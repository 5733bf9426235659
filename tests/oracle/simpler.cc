#include "simpler.h"

namespace oracle {
namespace {

/// `list` without each of its items in turn.
template <typename List, typename Change>
void without_each(const Question& question, const List& list, std::vector<Question>& out,
                  const Change& change) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    Question simpler = question;
    change(simpler, static_cast<std::ptrdiff_t>(i));
    out.push_back(std::move(simpler));
  }
}

void simplify_rules(const Question& question, std::vector<Question>& out) {
  const auto& rules = question.table.rules;
  without_each(question, rules, out, [](Question& simpler, std::ptrdiff_t i) {
    simpler.table.rules.erase(simpler.table.rules.begin() + i);
  });
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].applies_if) {
      out.push_back(question);
      out.back().table.rules[i].applies_if.reset();
    }
    const auto* group = std::get_if<model::Group>(&rules[i].rows.node);
    for (std::size_t k = 0; group != nullptr && k < group->nodes.size(); ++k) {
      out.push_back(question);
      out.back().table.rules[i].rows = model::RuleNode(group->nodes[k]);
    }
  }
}

void simplify_columns(const Question& question, std::vector<Question>& out) {
  for (std::size_t i = 0; i < question.table.columns.size(); ++i) {
    const model::Column& column = question.table.columns[i];
    if (column.access == model::ColumnAccess::kVisible && column.exceptions.empty()) continue;
    out.push_back(question);
    out.back().table.columns[i].access = model::ColumnAccess::kVisible;
    out.back().table.columns[i].exceptions.clear();
  }
}

void simplify_chart(const Question& question, std::vector<Question>& out) {
  without_each(question, question.filters, out, [](Question& simpler, std::ptrdiff_t i) {
    simpler.filters.erase(simpler.filters.begin() + i);
  });
  if (question.spec.sort) {
    out.push_back(question);
    out.back().spec.sort.reset();
    return;  // A sort names a metric or dimension of the chart.
  }
  if (question.spec.metrics.size() + question.spec.dimensions.size() < 2) return;
  without_each(question, question.spec.metrics, out, [](Question& simpler, std::ptrdiff_t i) {
    simpler.spec.metrics.erase(simpler.spec.metrics.begin() + i);
  });
  without_each(question, question.spec.dimensions, out, [](Question& simpler, std::ptrdiff_t i) {
    simpler.spec.dimensions.erase(simpler.spec.dimensions.begin() + i);
  });
}

std::vector<Question> simpler_ones(const Question& question) {
  std::vector<Question> simpler;
  if (question.table.statement) {
    simpler.push_back(question);
    simpler.back().table.statement.reset();
  }
  simplify_rules(question, simpler);
  simplify_columns(question, simpler);
  simplify_chart(question, simpler);
  return simpler;
}

}  // namespace

Question make_simpler(Question question, const std::function<bool(const Question&)>& fails) {
  for (bool found = true; found;) {
    found = false;
    for (Question& simpler : simpler_ones(question)) {
      if (!fails(simpler)) continue;
      question = std::move(simpler);
      found = true;
      break;
    }
  }
  return question;
}

}  // namespace oracle
