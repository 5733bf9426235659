#pragma once

// Answers questions with passages of the documentation: a full-text index in memory (SQLite's FTS5,
// BM25, Porter's stems) and a list of words that people use for ours. No model, no network.

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "docs/page.h"
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

/// Thread-safe.
class Search {
 public:
  /// `pages` have to outlive it. kStorageFailed.
  [[nodiscard]] static base::Result<std::unique_ptr<Search>> over(const std::vector<Page>& pages);

  /// The best passages first, at most five; none where no word of the question is known. Nothing in
  /// a question is syntax. kStorageFailed.
  [[nodiscard]] base::Result<std::vector<Passage>> ask(const Question& question);

 private:
  Search(const std::vector<Page>& pages, store::Connection index)
      : pages_(pages), index_(std::move(index)) {}
  [[nodiscard]] base::Result<std::vector<Passage>> find(std::string_view text);

  const std::vector<Page>& pages_;
  std::mutex mutex_;
  store::Connection index_;
};

}  // namespace docs
