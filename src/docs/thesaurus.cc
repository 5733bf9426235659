#include "docs/thesaurus.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "docs/stem.h"

namespace docs {
namespace {

constexpr std::size_t kMeaningsMax = 24;

/// Words of a question that say nothing of what it is about.
constexpr auto kStopWords = std::to_array<std::string_view>(
    {"a",     "able",    "about",  "after",  "again",   "all",   "also",    "am",     "an",
     "and",   "any",     "are",    "as",     "at",      "be",    "because", "been",   "before",
     "being", "between", "both",   "but",    "by",      "can",   "cant",    "could",  "did",
     "do",    "does",    "doesn",  "dont",   "each",    "ever",  "every",   "few",    "for",
     "from",  "get",     "had",    "happen", "happens", "has",   "have",    "having", "here",
     "him",   "his",     "how",    "i",      "if",      "in",    "into",    "is",     "it",
     "its",   "just",    "let",    "lets",   "like",    "look",  "many",    "me",     "mean",
     "means", "more",    "most",   "much",   "must",    "my",    "need",    "needs",  "no",
     "not",   "now",     "of",     "off",    "on",      "one",   "only",    "or",     "other",
     "our",   "own",     "please", "put",    "really",  "right", "same",    "she",    "should",
     "so",    "some",    "still",  "such",   "take",    "takes", "tell",    "than",   "that",
     "the",   "their",   "them",   "then",   "there",   "these", "they",    "thing",  "things",
     "this",  "those",   "to",     "too",    "under",   "until", "up",      "us",     "use",
     "using", "very",    "want",   "wants",  "was",     "way",   "we",      "were",   "what",
     "when",  "where",   "which",  "while",  "who",     "why",   "will",    "with",   "without",
     "work",  "working", "would",  "you",    "your",    "yours"});

/// Several words that are one, and the one.
constexpr auto kPhrases =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"how long", "lifetime"},
                                                                  {"back up", "backup"},
                                                                  {"log in", "login"},
                                                                  {"log out", "logout"},
                                                                  {"sign in", "login"},
                                                                  {"sign out", "logout"},
                                                                  {"time out", "timeout"},
                                                                  {"times out", "timeout"},
                                                                  {"go live", "production"},
                                                                  {"row level", "row-level"},
                                                                  {"brute force", "guess"},
                                                                  {"set up", "setup"},
                                                                  {"end user", "end-user"},
                                                                  {"multi tenant", "multi-tenant"},
                                                                  {"test mode", "sandbox"},
                                                                  {"live mode", "production"}});

/// What people say, and after the colon what we say.
constexpr auto kThesaurus = std::to_array<std::string_view>(
    {"jwt bearer: token",
     "apikey credential credentials secret secrets: key secret",
     "password passphrase passwords: password",
     "backend server-side service api-server: backend",
     "frontend client-side browser javascript ui: browser page",
     "generate create make issue mint obtain new add produce: create generate mint",
     "forgot lost lose forget forgotten: lost once",
     "rotate rotation renew regenerate cycle change replace: roll rotate replace",
     "downtime outage interruption interrupt: overlap interruption",
     "leak leaked compromised stolen exposed hacked breach: leaked revoke",
     "expiration ttl validity valid lifetime lifespan duration month week year: expiry "
     "lifetime expires",
     "kill stop terminate cancel invalidate delete remove ban block deactivate disable expel: "
     "revoke end",
     "logout log-out signout sign-out: sign session revoke",
     "login log-in signin sign-in authenticate: sign session",
     "trial try experiment staging dev development qa playground test: sandbox",
     "live prod deploy deployment release launch ship go-live: production",
     "laptop local machine computer: localhost",
     "reject rejected invalid denied unauthorized refuse refused fail fails failing: refused "
     "reason",
     "validate verify inspect decode debug check verification: introspect check",
     "shell bash cli console script commandline: terminal command",
     "nodejs node express js typescript: node",
     "python django flask fastapi: python",
     "java php ruby go golang dotnet c# rust: curl",
     "sample example snippet code tutorial: code snippet",
     "field parameter param argument: member",
     "property fact metadata custom: attribute",
     "largest biggest maximum max size: most largest",
     "tenant multi-tenant customer client account company subscriber: customer user organization",
     "isolation isolate separate segregate silo apart: rule restricted own",
     "rls row-level policy policies filter filtering authorization: rule rows access",
     "security secure safe protect protection protected: security protect",
     "conceal redact anonymize sensitive confidential pii gdpr private salary personal hide: "
     "hidden masked",
     "prove proof evidence works: prove",
     "ci pipeline jenkins gitlab build automation: pipeline check",
     "html website webpage site web: page",
     "graph plot visualization visual diagram widget: chart embed",
     "iframe frames: frame",
     "integrate integration widget component: embed",
     "refresh renewal reload update: renew",
     "dark theme color colors css style branding appearance: theme dark",
     "csp: content-security-policy",
     "blank empty white broken nothing missing invisible: nothing drawn",
     "nginx apache traefik caddy haproxy loadbalancer load-balancer cloudflare gateway: proxy "
     "proxies",
     "ssl certificate https: tls https",
     "backup snapshot restore recover recovery disaster: backup",
     "emergency urgent panic incident: emergency",
     "payload content: claims claim",
     "algorithm cipher cryptography crypto: algorithm signed signature",
     "scope privilege right rights: scope permission role",
     "restrict constrain narrow limit cap: limits narrow",
     "grant allow permit give able: allow give",
     "store stored saved persisted storage: kept stored",
     "cors cross-origin domain hostname website: origin origins",
     "subdomain subdomains wildcard asterisk: label star",
     "injection inject: bound sql",
     "cached caching: cache cached",
     "administrator superuser root owner: admin",
     "uppercase lowercase case-insensitive case-sensitive: case",
     "null none undefined nil: null",
     "brute force guess attack attacker hacker: guessing guess",
     "throttle throttled rate quota 429 throttling: rate requests",
     "slow timeout long aborted hang: time",
     "tcp listen bind: port",
     "csv parquet excel xlsx file: upload file",
     "install setup begin start run quickstart: start",
     "postgres postgresql mysql snowflake warehouse db datasource redshift bigquery: database",
     "connect connection: database connection",
     "history trail logging audited: audit log",
     "monitor monitoring uptime alive health healthcheck: healthz",
     "member employee colleague teammate people person staff: user role",
     "report page-of-charts: dashboard",
     "define declare register configure: register",
     "country region city department team: attribute",
     "requirement mandatory complexity minimum min least: required least",
     "multi-tenant: customer own rows",
     "host self-hosted on-premise onprem: server",
     "embedded embedding: embed",
     "docs documentation manual guide: documentation",
     "curl http rest api endpoint request: api",
     "subscribe plan pricing license: license",
     "refuse 401 403 unauthorised: refused",
     "gone disappear vanish: gone",
     "timezone utc gmt: utc",
     "day today date datetime timestamp: day date",
     "wildcards like pattern regex: contains",
     "negative not-equal unequal: different",
     "and or boolean logic combine: and or group",
     "unused stale: last used",
     "rename edit update change modify: change",
     "lifetime old: expires",
     "compare side-by-side difference diff: compare",
     "why explain reason cause: explain reason",
     "default usual standard: unless default",
     "readable read visible: read",
     "error problem issue failure exception bug: error errors",
     "parent hierarchy nested sub-key subkey per: child",
     "share shared public everyone everybody: shared"});

std::vector<std::string> without_phrases(std::vector<std::string> words) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string pair = words[i] + ' ' + words[i + 1];
    const auto phrase =
        std::ranges::find(kPhrases, pair, [](const auto& one) { return one.first; });
    if (phrase == kPhrases.end()) continue;
    words[i] = phrase->second;
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  return words;
}

struct Entry {
  std::size_t line;  ///< The first that has the word: words of one line mean the same.
  std::vector<std::string> ours;
};

std::map<std::string, Entry, std::less<>> read_thesaurus() {
  std::map<std::string, Entry, std::less<>> entries;
  for (std::size_t line = 0; line < kThesaurus.size(); ++line) {
    const std::string_view text = kThesaurus.at(line);
    const std::size_t colon = text.find(':');
    const std::vector<std::string> ours = words_of(text.substr(colon));
    for (const std::string& word : words_of(text.substr(0, colon))) {
      Entry& entry = entries.try_emplace(std::string(stem_of(word)), Entry{line, {}}).first->second;
      entry.ours.insert(entry.ours.end(), ours.begin(), ours.end());
    }
  }
  return entries;
}

const Entry* find_entry(std::string_view word) {
  static const std::map<std::string, Entry, std::less<>> kEntries = read_thesaurus();
  const auto entry = kEntries.find(stem_of(word));
  return entry == kEntries.end() ? nullptr : &entry->second;
}

}  // namespace

std::vector<Meaning> meanings_of(std::string_view question) {
  std::vector<Meaning> meanings;
  std::map<std::size_t, std::size_t> by_line;
  for (std::string& word : without_phrases(words_of(question))) {
    if (std::ranges::find(kStopWords, word) != kStopWords.end()) continue;
    if (meanings.size() == kMeaningsMax) break;
    const Entry* entry = find_entry(word);
    const auto known = entry == nullptr ? by_line.end() : by_line.find(entry->line);
    if (known != by_line.end()) {
      meanings[known->second].asked.push_back(std::move(word));
      continue;
    }
    if (entry != nullptr) by_line.emplace(entry->line, meanings.size());
    meanings.push_back(
        {{std::move(word)}, entry == nullptr ? std::vector<std::string>() : entry->ours});
  }
  return meanings;
}

}  // namespace docs
