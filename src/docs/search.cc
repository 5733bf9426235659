#include "docs/search.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"

namespace docs {
namespace {

using base::Done;
using base::Result;

constexpr std::size_t kWordsMax = 24;
constexpr std::size_t kPassagesMax = 5;

// How lists of ranks become one: reciprocal rank fusion (Cormack, Clarke and Buettcher, 2009).
constexpr double kRankOffset = 10;
constexpr double kGoalWeight = 0.4;
constexpr double kAtHandWeight = 1.25;

/// Words of a question that say nothing of what it is about.
constexpr auto kStopWords = std::to_array<std::string_view>(
    {"a",     "an",    "and",  "are",  "as",   "at",   "be",    "but",  "by",    "can",
     "could", "do",    "does", "for",  "from", "get",  "has",   "have", "how",   "i",
     "if",    "in",    "is",   "it",   "its",  "me",   "my",    "no",   "not",   "of",
     "on",    "one",   "or",   "our",  "so",   "than", "that",  "the",  "their", "them",
     "then",  "there", "they", "this", "to",   "us",   "was",   "we",   "what",  "when",
     "where", "which", "who",  "why",  "will", "with", "would", "you",  "your"});

/// Groups of words of which each finds the others: other people's and ours.
constexpr auto kSynonyms =
    std::to_array<std::string_view>({"rls row-level rule access security isolation",
                                     "embed iframe widget frame integrate",
                                     "jwt token bearer",
                                     "tenant customer client end-user",
                                     "cors origin domain site host",
                                     "login sign signin authenticate session",
                                     "delete remove revoke ban block",
                                     "rotate roll renew",
                                     "chart graph plot visualization",
                                     "dashboard report",
                                     "db database postgres postgresql source",
                                     "error problem failure fail code refused",
                                     "limit rate throttle quota",
                                     "expire expiry lifetime ttl old",
                                     "install setup start run begin first",
                                     "csv file upload import",
                                     "null empty missing absent",
                                     "sandbox test try preview",
                                     "attribute claim property",
                                     "hide hidden mask private",
                                     "live production deploy",
                                     "api-key key secret credential"});

bool is_of_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/// In lower case. `-` within a word stays.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const std::string lowered = base::lower_ascii(text) + ' ';
  for (const char c : lowered) {
    if (is_of_word(c) || (c == '-' && !word.empty())) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

/// Each word of the groups, with what it finds besides itself, as FTS5 has it.
std::map<std::string, std::string> render_synonyms() {
  std::map<std::string, std::string> synonyms;
  for (const std::string_view group : kSynonyms) {
    const std::vector<std::string> words = words_of(group);
    for (const std::string& word : words) {
      for (const std::string& other : words) synonyms[word] += fmt::format(" OR \"{}\"", other);
    }
  }
  return synonyms;
}

/// `word` and what it stands for, as FTS5 has it.
std::string expression_for(const std::string& word) {
  static const std::map<std::string, std::string> kRendered = render_synonyms();
  const auto synonyms = kRendered.find(word);
  return fmt::format("\"{}\"{}", word, synonyms == kRendered.end() ? "" : synonyms->second);
}

/// Empty where no word counts.
std::string expression_of(std::string_view text) {
  std::string expression;
  std::size_t count = 0;
  for (const std::string& word : words_of(text)) {
    if (std::ranges::find(kStopWords, word) != kStopWords.end()) continue;
    if (++count > kWordsMax) break;
    if (!expression.empty()) expression += " OR ";
    expression += expression_for(word);
  }
  return expression;
}

Result<Done> fill(store::Connection& index, const std::vector<Page>& pages) {
  RETURN_IF_ERROR(
      index.run_script("CREATE VIRTUAL TABLE passages USING fts5(page_title, title, text, "
                       "page UNINDEXED, section UNINDEXED, "
                       "tokenize = 'porter unicode61 remove_diacritics 2')"));
  for (std::size_t page = 0; page < pages.size(); ++page) {
    for (std::size_t section = 0; section < pages[page].sections.size(); ++section) {
      const Section& one = pages[page].sections[section];
      RETURN_IF_ERROR(index.query("INSERT INTO passages VALUES (?1, ?2, ?3, ?4, ?5)")
                          .bind(pages[page].title)
                          .bind(one.title)
                          .bind(one.text)
                          .bind(static_cast<std::int64_t>(page))
                          .bind(static_cast<std::int64_t>(section))
                          .run());
    }
  }
  return Done{};
}

}  // namespace

Result<std::unique_ptr<Search>> Search::over(const std::vector<Page>& pages) {
  ASSIGN_OR_RETURN(store::Connection index, store::Connection::open(":memory:"));
  RETURN_IF_ERROR(fill(index, pages));
  return std::unique_ptr<Search>(new Search(pages, std::move(index)));
}

Result<std::vector<Passage>> Search::find(std::string_view text) {
  std::vector<Passage> passages;
  const std::string expression = expression_of(text);
  if (expression.empty()) return passages;
  const std::scoped_lock lock(mutex_);
  store::Query query = index_.query(
      "SELECT page, section, snippet(passages, 2, '', '', ' … ', 48) FROM passages "
      "WHERE passages MATCH ?1 ORDER BY bm25(passages, 2.0, 6.0, 1.0) LIMIT 20");
  query.bind(expression);
  ASSIGN_OR_RETURN(bool more, query.next());
  while (more) {
    const Page& page = pages_.at(static_cast<std::size_t>(query.integer(0)));
    const Section& section = page.sections.at(static_cast<std::size_t>(query.integer(1)));
    passages.push_back(
        {&page, &section, query.text(2).empty() ? section.title : std::string(query.text(2))});
    ASSIGN_OR_RETURN(more, query.next());
  }
  return passages;
}

Result<std::vector<Passage>> Search::ask(const Question& question) {
  ASSIGN_OR_RETURN(std::vector<Passage> found, find(question.text));
  ASSIGN_OR_RETURN(const std::vector<Passage> towards, find(question.goal));
  std::map<const Section*, double> weights;
  const auto add_ranks = [&](const std::vector<Passage>& passages, double weight) {
    for (std::size_t rank = 0; rank < passages.size(); ++rank) {
      weights[passages[rank].section] += weight / (kRankOffset + static_cast<double>(rank));
    }
  };
  add_ranks(found, 1);
  add_ranks(towards, kGoalWeight);
  const auto weight_of = [&](const Passage& passage) {
    return -weights[passage.section] * (passage.page == question.at_hand ? kAtHandWeight : 1);
  };
  std::ranges::sort(found, {}, weight_of);
  if (found.size() > kPassagesMax) found.erase(found.begin() + kPassagesMax, found.end());
  return found;
}

}  // namespace docs
