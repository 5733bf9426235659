#pragma once

// Answers questions with passages of the documentation: a full-text index in memory (SQLite's FTS5,
// BM25, Porter's stems) and a list of words that people use for ours (thesaurus.h). A passage
// counts by each thing that the question names, by how many of them it has, and by its page. No
// model, no network.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "docs/page.h"
#include "docs/thesaurus.h"
#include "store/connection.h"

namespace docs {

struct Question {
  std::string_view text;
  std::string_view goal = {};     ///< What the asker is about. Weighs less than the text.
  const Page* at_hand = nullptr;  ///< What they read. Its passages weigh more.
};

struct Passage {
  const Page* page;
  const Section* section;
  std::string excerpt;
};

/// A section by its indices.
struct Place {
  std::size_t page;
  std::size_t section;
};

/// Thread-safe.
class Search {
 public:
  /// `pages` have to outlive it. kStorageFailed.
  [[nodiscard]] static base::Result<std::unique_ptr<Search>> over(const std::vector<Page>& pages);

  /// The best passages first, at most five; none where no word of the question is known. Nothing in
  /// a question is syntax. kStorageFailed.
  [[nodiscard]] base::Result<std::vector<Passage>> ask(const Question& question);

 private:
  enum class Kind : std::uint8_t { kPassages, kPages };
  using Scores = std::map<std::size_t, double>;  ///< By place or page; higher is better.

  Search(const std::vector<Page>& pages, std::vector<Place> places, store::Connection index)
      : pages_(pages), places_(std::move(places)), index_(std::move(index)) {}

  // Each requires the mutex.
  [[nodiscard]] base::Result<Scores> score(Kind kind, const std::vector<std::string>& words);
  [[nodiscard]] base::Result<Scores> score(Kind kind, const Meaning& meaning);
  /// Of places.
  [[nodiscard]] base::Result<Scores> score(const std::vector<Meaning>& meanings);
  [[nodiscard]] base::Result<std::string> excerpt(std::size_t place,
                                                  const std::vector<Meaning>& meanings);

  const std::vector<Page>& pages_;
  const std::vector<Place> places_;
  std::mutex mutex_;
  store::Connection index_;
};

}  // namespace docs
