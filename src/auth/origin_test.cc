#include "auth/origin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace auth {
namespace {

using model::Environment;

std::string normal(std::string_view text) {
  const auto origin = normalise_origin(text);
  return origin ? *origin : "refused";
}

TEST(Origin, HasOneNormalForm) {
  const std::vector<std::pair<std::string, std::string>> forms = {
      {"https://app.example.com", "https://app.example.com"},
      {"HTTPS://App.Example.COM", "https://app.example.com"},
      {"https://app.example.com/", "https://app.example.com"},
      {"https://app.example.com:443", "https://app.example.com"},
      {"http://app.example.com:80/", "http://app.example.com"},
      {"https://app.example.com:80", "https://app.example.com:80"},
      {"http://app.example.com:443", "http://app.example.com:443"},
      {"http://localhost:3000", "http://localhost:3000"},
      {"http://127.0.0.1:3000", "http://127.0.0.1:3000"},
      {"http://[::1]:3000", "http://[::1]:3000"},
      {"https://[2001:DB8::1]", "https://[2001:db8::1]"},
      {"https://xn--bcher-kva.example", "https://xn--bcher-kva.example"},
      {"https://app.example.com.", "https://app.example.com."},
  };
  for (const auto& [text, expected] : forms) {
    EXPECT_EQ(normal(text), expected);
    EXPECT_EQ(normal(expected), expected) << "of a normal form";
  }
}

TEST(Origin, RefusesWhatIsNone) {
  for (const std::string text : {"",
                                 "null",
                                 "*",
                                 "https://*.example.com",
                                 "https://*",
                                 "app.example.com",
                                 "//app.example.com",
                                 "https:",
                                 "https://",
                                 "https:///",
                                 "https://:443",
                                 "ftp://a.example",
                                 "file:///etc/passwd",
                                 "javascript:alert(1)",
                                 "data:text/html,x",
                                 "chrome-extension://abc",
                                 "https://user@app.example.com",
                                 "https://user:pass@app.example.com",
                                 "https://app.example.com@evil.example",
                                 "https://app.example.com/path",
                                 "https://app.example.com//",
                                 "https://app.example.com?",
                                 "https://app.example.com/?x=1",
                                 "https://app.example.com#",
                                 "https://app.example.com#x",
                                 "https://app.example.com:",
                                 "https://app.example.com:0",
                                 "https://app.example.com:0443",
                                 "https://app.example.com:65536",
                                 "https://app.example.com:99999999999",
                                 "https://app.example.com:8080x",
                                 "https://app.example.com:-1",
                                 " https://app.example.com",
                                 "https://app.example.com ",
                                 "https://app.example.com\n",
                                 "https://app.exa mple.com",
                                 "https://app.example.com\\evil",
                                 "https://a_b.example",
                                 "https://b\xc3\xbc"
                                 "cher.example",
                                 "https://app%2eexample.com",
                                 "https://[::1",
                                 "https://[fe80::1%25eth0]",
                                 "https://a,https://b"}) {
    EXPECT_EQ(normal(text), "refused") << text;
  }
  EXPECT_EQ(normal("https://" + std::string(300, 'a') + ".example"), "refused");
  EXPECT_EQ(normal(std::string("https://a.example\0", 18)), "refused");
  EXPECT_EQ(normalise_origin("null").error().field, "origin");
}

class CheckOrigin : public ::testing::Test {
 protected:
  [[nodiscard]] std::string check(std::optional<std::string_view> origin, Environment environment) {
    const auto done = check_origin(origin, {own_, authorized_, environment, token_origins_});
    if (done) return "allowed";
    EXPECT_EQ(done.error().code, base::Code::kOriginNotAuthorized);
    return "refused " + done.error().field;
  }
  [[nodiscard]] std::string sandbox(std::optional<std::string_view> origin) {
    return check(origin, Environment::kSandbox);
  }
  [[nodiscard]] std::string production(std::optional<std::string_view> origin) {
    return check(origin, Environment::kProduction);
  }

  static model::AuthorizedOrigin entry(const std::string& origin, Environment environment) {
    return {base::OriginId("ori_1"), origin, environment, base::Seconds()};
  }

  std::vector<std::string> own_{"https://aracari.example"};
  std::vector<model::AuthorizedOrigin> authorized_{
      entry("https://app.example.com", Environment::kProduction),
      entry("https://staging.example.com:8443", Environment::kSandbox)};
  std::vector<std::string> token_origins_;
};

TEST_F(CheckOrigin, AllowsWhatIsListedForTheEnvironment) {
  EXPECT_EQ(production("https://app.example.com"), "allowed");
  EXPECT_EQ(production("https://APP.example.com:443"), "allowed");
  EXPECT_EQ(sandbox("https://staging.example.com:8443"), "allowed");
}

TEST_F(CheckOrigin, AnOriginListedForOneEnvironmentDoesNotServeTheOther) {
  EXPECT_EQ(sandbox("https://app.example.com"), "refused https://app.example.com");
  EXPECT_EQ(production("https://staging.example.com:8443"),
            "refused https://staging.example.com:8443");
}

TEST_F(CheckOrigin, RefusesLookAlikes) {
  for (const std::string origin :
       {"http://app.example.com", "https://app.example.com:8443", "https://app.example.com:80",
        "https://app.example.com.", "https://app.example.com.evil.example",
        "https://evil-app.example.com", "https://xapp.example.com", "https://example.com",
        "https://app.example.co", "https://sub.app.example.com", "https://app-example.com",
        "https://aracari.example.evil.example", "http://aracari.example",
        "https://aracari.example:8443"}) {
    EXPECT_EQ(production(origin), "refused " + origin);
  }
}

TEST_F(CheckOrigin, RefusesWhatIsNoOriginEvenWhereItIsListed) {
  authorized_ = {entry("null", Environment::kProduction), entry("*", Environment::kProduction),
                 entry("https://*.example.com", Environment::kProduction)};
  for (const std::string origin : {"null", "*", "https://*.example.com", "file://", ""}) {
    EXPECT_EQ(production(origin), "refused " + origin);
  }
}

TEST_F(CheckOrigin, AWildcardInTheListMatchesNothing) {
  authorized_ = {entry("*", Environment::kProduction),
                 entry("https://*", Environment::kProduction)};
  EXPECT_EQ(production("https://any.example"), "refused https://any.example");
}

TEST_F(CheckOrigin, LocalhostWithAnyPortServesSandboxTokensOnly) {
  for (const std::string origin :
       {"http://localhost", "http://localhost:3000", "http://LOCALHOST:65535"}) {
    EXPECT_EQ(sandbox(origin), "allowed");
  }
  EXPECT_EQ(production("http://localhost:3000"), "refused http://localhost:3000");
}

TEST_F(CheckOrigin, SandboxTokensNeverWorkOnAProductionOriginHoweverItIsListed) {
  authorized_ = {entry("https://*.example.com", Environment::kProduction),
                 entry("https://app.example.com", Environment::kSandbox),
                 entry("https://*.dev.example", Environment::kSandbox),
                 entry("https://live.dev.example", Environment::kProduction),
                 entry("http://localhost:3000", Environment::kProduction)};
  for (const std::string origin :
       {"https://app.example.com", "https://live.dev.example", "http://localhost:3000"}) {
    EXPECT_EQ(sandbox(origin), "refused " + origin);
    EXPECT_EQ(production(origin), "allowed");
    const OriginVerdict verdict = judge_origin(origin, authorized_, Environment::kSandbox);
    EXPECT_FALSE(verdict.allowed) << "the checker says what requests meet";
    EXPECT_THAT(verdict.reason, ::testing::HasSubstr("for production only"));
  }
  EXPECT_EQ(sandbox("https://other.dev.example"), "allowed");
  EXPECT_EQ(sandbox("http://localhost:3001"), "allowed");
  EXPECT_THAT(origins_in_reach(authorized_, Environment::kSandbox, {}),
              ::testing::ElementsAre("http://localhost:*", "https://*.dev.example"));
}

TEST_F(CheckOrigin, ASandboxEntryThatAProductionEntryCoversIsAConflict) {
  const auto conflict = [&](const std::string& listed, Environment of_listed,
                            const std::string& added) {
    const std::vector<model::AuthorizedOrigin> entries{entry(listed, of_listed)};
    const auto other =
        of_listed == Environment::kSandbox ? Environment::kProduction : Environment::kSandbox;
    EXPECT_EQ(find_conflict(entries, entry(added, of_listed)), nullptr);
    return find_conflict(entries, entry(added, other)) == &entries[0];
  };
  using enum Environment;
  EXPECT_TRUE(conflict("https://a.example.com", kProduction, "https://a.example.com"));
  EXPECT_TRUE(conflict("https://a.example.com", kSandbox, "https://a.example.com"));
  EXPECT_TRUE(conflict("https://*.example.com", kProduction, "https://a.example.com"));
  EXPECT_TRUE(conflict("https://*.example.com", kProduction, "https://*.example.com"));
  EXPECT_TRUE(conflict("https://a.example.com", kSandbox, "https://*.example.com"));
  EXPECT_FALSE(conflict("https://a.example.com", kProduction, "https://*.example.com"))
      << "the sandbox has the other names";
  EXPECT_FALSE(conflict("https://*.example.com", kSandbox, "https://a.example.com"));
  EXPECT_FALSE(conflict("https://*.example.com", kProduction, "https://*.a.example.com"));
  EXPECT_FALSE(conflict("https://a.example.com", kProduction, "http://a.example.com"));
}

TEST_F(CheckOrigin, LookAlikesOfLocalhostAreRefused) {
  for (const std::string origin :
       {"https://localhost", "https://localhost:3000", "http://localhost.evil.example",
        "http://localhost.", "http://localhostevil.example", "http://evil.localhost",
        "http://127.0.0.1:3000", "http://[::1]:3000"}) {
    EXPECT_EQ(sandbox(origin), "refused " + origin);
  }
}

TEST_F(CheckOrigin, TheServersOwnOriginServesPreviewsInBothEnvironments) {
  EXPECT_EQ(sandbox("https://aracari.example"), "allowed");
  EXPECT_EQ(production("https://aracari.example"), "allowed");
}

TEST_F(CheckOrigin, ARequestWithoutOriginIsAServer) {
  EXPECT_EQ(sandbox(std::nullopt), "allowed");
  EXPECT_EQ(production(std::nullopt), "allowed");
}

TEST_F(CheckOrigin, AnEmptyOriginIsNotAMissingOne) { EXPECT_EQ(production(""), "refused "); }

TEST_F(CheckOrigin, OriginsOfTheTokenNarrowAndNeverWiden) {
  authorized_.push_back(entry("https://two.example", Environment::kProduction));
  token_origins_ = {"https://two.example", "https://unlisted.example"};
  EXPECT_EQ(production("https://two.example"), "allowed");
  EXPECT_EQ(production("https://app.example.com"), "refused https://app.example.com");
  EXPECT_EQ(production("https://unlisted.example"), "refused https://unlisted.example");
  EXPECT_EQ(production(std::nullopt), "refused ");
  EXPECT_EQ(sandbox("http://localhost:3000"), "refused http://localhost:3000");
  EXPECT_EQ(production("https://aracari.example"), "allowed") << "previews";
}

TEST_F(CheckOrigin, ARefusalSaysWhereToAllowTheOrigin) {
  const auto done = check_origin("https://new.example",
                                 {own_, authorized_, Environment::kProduction, token_origins_});
  EXPECT_THAT(done.error().what, ::testing::HasSubstr("https://new.example"));
  EXPECT_THAT(done.error().what, ::testing::HasSubstr("production tokens"));
  EXPECT_THAT(done.error().what, ::testing::HasSubstr("Authorized Origins"));
}

}  // namespace
}  // namespace auth

namespace auth {
namespace {

std::string pattern_of(std::string_view text) {
  const auto pattern = normalise_origin_pattern(text);
  return pattern ? *pattern : "refused";
}

TEST(OriginPattern, AWildcardIsOneLabelInFrontOfADomain) {
  EXPECT_EQ(pattern_of("https://*.Example.com:443/"), "https://*.example.com");
  EXPECT_EQ(pattern_of("https://*.eu.example.com:8443"), "https://*.eu.example.com:8443");
  EXPECT_EQ(pattern_of("https://app.example.com"), "https://app.example.com");
  for (const std::string_view refused :
       {"https://*", "https://*.com", "https://*.localhost", "https://*.1.2.3.4", "https://*.[::1]",
        "https://*.*.example.com", "https://a*.example.com", "https://*a.example.com",
        "https://a.*.example.com", "*.example.com", "ftp://*.example.com", "https://*.example.",
        "https://*..com", "https://user@*.example.com", "https://*.example.com/path",
        "https://*.ex\xc3\xa4mple.com"}) {
    EXPECT_EQ(pattern_of(refused), "refused") << refused;
  }
}

TEST(OriginPattern, AWildcardNeedsADomainOfOnesOwn) {
  for (const std::string_view refused :
       {"https://*.co.uk", "https://*.CO.UK", "https://*.github.io", "https://*.github.io:8443",
        "https://*.s3.amazonaws.com", "https://*.xn--55qx5d.cn", "https://*.pages.dev"}) {
    const auto pattern = normalise_origin_pattern(refused);
    ASSERT_FALSE(pattern.ok()) << refused;
    EXPECT_THAT(pattern.error().what, ::testing::HasSubstr("your own domain"));
  }
  EXPECT_EQ(pattern_of("https://*.example.co.uk"), "https://*.example.co.uk");
  EXPECT_EQ(pattern_of("https://*.acme.github.io"), "https://*.acme.github.io");
  EXPECT_EQ(pattern_of("https://*.apps.corp"), "https://*.apps.corp") << "inside of a company";
  EXPECT_EQ(pattern_of("https://acme.github.io"), "https://acme.github.io");
}

TEST(OriginPattern, StandsForNothingButThatLabel) {
  constexpr std::string_view kPattern = "https://*.example.com";
  EXPECT_TRUE(matches_origin(kPattern, "https://app.example.com"));
  EXPECT_TRUE(matches_origin(kPattern, "https://xn--pp-xia.example.com"));
  for (const std::string_view other :
       {"https://example.com", "https://.example.com", "https://a.b.example.com",
        "https://evil-example.com", "https://app.example.com.evil.com", "http://app.example.com",
        "https://app.example.com:8443", "https://app.example.org", "https://appexample.com",
        "https://", "null"}) {
    EXPECT_FALSE(matches_origin(kPattern, other)) << other;
  }
  EXPECT_FALSE(matches_origin("https://app.example.com", "https://app.example.com.evil.com"));
}

TEST(OriginVerdict, NamesTheEntryOrTheReason) {
  const std::vector<model::AuthorizedOrigin> entries = {
      {base::OriginId("ori_1"), "https://*.example.com", model::Environment::kProduction, {}},
      {base::OriginId("ori_2"), "https://staging.example", model::Environment::kSandbox, {}}};
  using enum model::Environment;
  const OriginVerdict allowed = judge_origin("https://app.example.com", entries, kProduction);
  EXPECT_TRUE(allowed.allowed);
  ASSERT_NE(allowed.entry, nullptr);
  EXPECT_EQ(allowed.entry->id, base::OriginId("ori_1"));
  const OriginVerdict other = judge_origin("https://app.example.com", entries, kSandbox);
  EXPECT_FALSE(other.allowed);
  EXPECT_EQ(other.reason, "The entry https://*.example.com is for production only.");
  EXPECT_TRUE(judge_origin("http://localhost:3000", entries, kSandbox).allowed);
  EXPECT_FALSE(judge_origin("http://localhost:3000", entries, kProduction).allowed);
  EXPECT_FALSE(judge_origin("http://localhost.evil.com", entries, kSandbox).allowed);
}

TEST(OriginOfUrl, DropsWhatIsNotTheOrigin) {
  EXPECT_EQ(origin_of_url(" https://App.example.com:443/a/b?c=d#e").value(),
            "https://app.example.com");
  EXPECT_EQ(origin_of_url("http://localhost:3000").value(), "http://localhost:3000");
  EXPECT_FALSE(origin_of_url("app.example.com").ok());
  EXPECT_FALSE(origin_of_url("https://user:secret@app.example.com/").ok());
  EXPECT_FALSE(origin_of_url("javascript://alert(1)").ok());
}

TEST(Origin, FrameAncestorsAreTheAuthorizedOriginsAndLocalhost) {
  EXPECT_EQ(render_frame_ancestors({}), "http://localhost:*") << "nobody else's page";
  const std::vector<model::AuthorizedOrigin> authorized = {
      {base::OriginId("o1"), "https://*.example.com", Environment::kProduction, {}},
      {base::OriginId("o2"), "https://test.example:8443", Environment::kSandbox, {}}};
  EXPECT_EQ(render_frame_ancestors(authorized),
            "http://localhost:* https://*.example.com https://test.example:8443");
}

TEST(Origin, NothingThatEndsADirectiveIsAnOrigin) {
  for (const std::string text : {"https://a.example;script-src", "https://a.example,b",
                                 "https://a.example *", "https://a.example\n", "https://a.example'",
                                 "https://*.a.example;x", "https://*.a.example *"}) {
    EXPECT_FALSE(normalise_origin_pattern(text)) << text;
  }
}

}  // namespace
}  // namespace auth
