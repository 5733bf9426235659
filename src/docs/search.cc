#include "docs/search.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "docs/stem.h"
#include "docs/thesaurus.h"

namespace docs {
namespace {

using base::Done;
using base::Result;

constexpr std::size_t kPassagesMax = 5;

// Found by trying out on tests/docs/questions.txt; neighbouring values give about the same.
constexpr double kOursWeight = 0.9;   ///< Of a word of ours, beside one of the question.
constexpr double kPageWeight = 1.0;   ///< Of the page around a passage, beside the passage.
constexpr double kTitleWeight = 1.0;  ///< Of a title that says nothing but what was asked.
constexpr double kGoalWeight = 0.4;
constexpr double kAtHandWeight = 1.25;

/// Sections that lead elsewhere and answer nothing.
constexpr auto kLeading = std::to_array<std::string_view>(
    {"Conclusion", "Next", "Next steps", "Prerequisites", "Tutorials", "Concepts", "References"});

/// As FTS5 has it: any of `words`.
std::string expression_of(const std::vector<std::string>& words) {
  std::string expression;
  for (const std::string& word : words) {
    expression += fmt::format("{}\"{}\"", expression.empty() ? "" : " OR ", word);
  }
  return expression;
}

std::string expression_of(const std::vector<Meaning>& meanings) {
  std::vector<std::string> words;
  for (const Meaning& meaning : meanings) {
    words.insert(words.end(), meaning.asked.begin(), meaning.asked.end());
    words.insert(words.end(), meaning.ours.begin(), meaning.ours.end());
  }
  return expression_of(words);
}

/// What each word of a title is worth, by stem.
using Stems = std::map<std::string, double, std::less<>>;

Stems stems_of(const std::vector<Meaning>& meanings) {
  constexpr double kOfOurs = 0.5;
  Stems stems;
  for (const Meaning& meaning : meanings) {
    for (const std::string& word : meaning.asked) stems.emplace(stem_of(word), 1);
  }
  for (const Meaning& meaning : meanings) {
    for (const std::string& word : meaning.ours) stems.emplace(stem_of(word), kOfOurs);
  }
  return stems;
}

/// How much of `title` is among `stems`, from 0 to 1. Short words and numbers do not count.
double share_of(std::string_view title, const Stems& stems) {
  constexpr std::size_t kBytesMin = 3;
  double words = 0;
  double known = 0;
  for (const std::string& word : words_of(title)) {
    if (word.size() < kBytesMin) continue;
    ++words;
    const auto stem = stems.find(stem_of(word));
    if (stem != stems.end()) known += stem->second;
  }
  return words == 0 ? 0 : known / words;
}

std::string whole_text(const Page& page) {
  std::string text;
  for (const Section& section : page.sections) text += section.title + "\n" + section.text;
  return text;
}

Result<Done> fill_passages(store::Connection& index, const std::vector<Place>& places,
                           const std::vector<Page>& pages) {
  for (std::size_t place = 0; place < places.size(); ++place) {
    const Page& page = pages[places[place].page];
    const Section& section = page.sections[places[place].section];
    RETURN_IF_ERROR(
        index.query("INSERT INTO passages (rowid, page_title, title, text) VALUES (?1, ?2, ?3, ?4)")
            .bind(static_cast<std::int64_t>(place))
            .bind(page.title)
            .bind(section.title)
            .bind(section.text)
            .run());
  }
  return Done{};
}

Result<Done> fill_pages(store::Connection& index, const std::vector<Page>& pages) {
  for (std::size_t page = 0; page < pages.size(); ++page) {
    RETURN_IF_ERROR(index.query("INSERT INTO pages (rowid, title, text) VALUES (?1, ?2, ?3)")
                        .bind(static_cast<std::int64_t>(page))
                        .bind(pages[page].title)
                        .bind(whole_text(pages[page]))
                        .run());
  }
  return Done{};
}

std::vector<Place> list_places(const std::vector<Page>& pages) {
  std::vector<Place> places;
  for (std::size_t page = 0; page < pages.size(); ++page) {
    for (std::size_t section = 0; section < pages[page].sections.size(); ++section) {
      const std::string& title = pages[page].sections[section].title;
      if (std::ranges::find(kLeading, title) == kLeading.end()) places.push_back({page, section});
    }
  }
  return places;
}

}  // namespace

Result<std::unique_ptr<Search>> Search::over(const std::vector<Page>& pages) {
  ASSIGN_OR_RETURN(store::Connection index, store::Connection::open(":memory:"));
  RETURN_IF_ERROR(
      index.run_script("CREATE VIRTUAL TABLE passages USING fts5(page_title, title, text, "
                       "tokenize = 'porter unicode61 remove_diacritics 2');"
                       "CREATE VIRTUAL TABLE pages USING fts5(title, text, "
                       "tokenize = 'porter unicode61 remove_diacritics 2')"));
  std::vector<Place> places = list_places(pages);
  RETURN_IF_ERROR(fill_passages(index, places, pages));
  RETURN_IF_ERROR(fill_pages(index, pages));
  return std::unique_ptr<Search>(new Search(pages, std::move(places), std::move(index)));
}

Result<Search::Scores> Search::score(Kind kind, const std::vector<std::string>& words) {
  Scores scores;
  if (words.empty()) return scores;
  store::Query query =
      kind == Kind::kPassages
          ? index_.query(
                "SELECT rowid, CAST(-1e6 * bm25(passages, 2.0, 3.0, 1.0) AS INTEGER) "
                "FROM passages WHERE passages MATCH ?1")
          : index_.query(
                "SELECT rowid, CAST(-1e6 * bm25(pages, 4.0, 1.0) AS INTEGER) "
                "FROM pages WHERE pages MATCH ?1");
  query.bind(expression_of(words));
  ASSIGN_OR_RETURN(bool more, query.next());
  while (more) {
    scores[static_cast<std::size_t>(query.integer(0))] = static_cast<double>(query.integer(1));
    ASSIGN_OR_RETURN(more, query.next());
  }
  return scores;
}

Result<Search::Scores> Search::score(Kind kind, const Meaning& meaning) {
  ASSIGN_OR_RETURN(Scores scores, score(kind, meaning.asked));
  ASSIGN_OR_RETURN(const Scores ours, score(kind, meaning.ours));
  for (const auto& [row, weight] : ours) {
    scores[row] = std::max(scores[row], kOursWeight * weight);
  }
  return scores;
}

Result<Search::Scores> Search::score(const std::vector<Meaning>& meanings) {
  Scores sums;
  Scores of_pages;
  std::map<std::size_t, std::size_t> found;
  for (const Meaning& meaning : meanings) {
    ASSIGN_OR_RETURN(const Scores passages, score(Kind::kPassages, meaning));
    ASSIGN_OR_RETURN(const Scores pages, score(Kind::kPages, meaning));
    for (const auto& [place, weight] : passages) {
      sums[place] += weight;
      ++found[place];
    }
    for (const auto& [page, weight] : pages) of_pages[page] += weight;
  }
  const Stems stems = stems_of(meanings);
  for (auto& [place, sum] : sums) {
    const Place& at = places_.at(place);
    sum *= 1 + kTitleWeight * share_of(pages_.at(at.page).sections.at(at.section).title, stems);
    sum *= static_cast<double>(found[place]) / static_cast<double>(meanings.size());
    sum += kPageWeight * of_pages[at.page];
  }
  return sums;
}

Result<std::string> Search::excerpt(std::size_t place, const std::vector<Meaning>& meanings) {
  store::Query query = index_.query(
      "SELECT snippet(passages, 2, '', '', ' … ', 48) FROM passages "
      "WHERE passages MATCH ?1 AND rowid = ?2");
  query.bind(expression_of(meanings)).bind(static_cast<std::int64_t>(place));
  ASSIGN_OR_RETURN(const bool there, query.next());
  return there ? query.text(0) : std::string();
}

Result<std::vector<Passage>> Search::ask(const Question& question) {
  const std::vector<Meaning> meanings = meanings_of(question.text);
  const std::scoped_lock lock(mutex_);
  ASSIGN_OR_RETURN(Scores scores, score(meanings));
  ASSIGN_OR_RETURN(const Scores towards, score(meanings_of(question.goal)));
  std::vector<std::pair<double, std::size_t>> ranked;
  for (const auto& [place, weight] : scores) {
    const auto goal = towards.find(place);
    const double sum = weight + (goal == towards.end() ? 0 : kGoalWeight * goal->second);
    const bool at_hand = &pages_.at(places_.at(place).page) == question.at_hand;
    ranked.emplace_back(-sum * (at_hand ? kAtHandWeight : 1), place);
  }
  std::ranges::sort(ranked);
  if (ranked.size() > kPassagesMax) ranked.resize(kPassagesMax);
  std::vector<Passage> passages;
  for (const auto& [weight, place] : ranked) {
    const Page& page = pages_.at(places_.at(place).page);
    const Section& section = page.sections.at(places_.at(place).section);
    ASSIGN_OR_RETURN(std::string text, excerpt(place, meanings));
    if (text.empty()) text = section.title;
    passages.push_back({&page, &section, std::move(text)});
  }
  return passages;
}

}  // namespace docs
