#include "auth/password_rules.h"

#include <gtest/gtest.h>

namespace auth {
namespace {

std::string outcome_of(const std::string& password) {
  const auto checked =
      check_password(base::Secret(password), "Ada.Lovelace@acme.example", "secret");
  if (checked) return "ok";
  EXPECT_EQ(checked.error().code, base::Code::kInvalidBody);
  EXPECT_EQ(checked.error().field, "secret");
  return checked.error().what;
}

TEST(PasswordRules, CountCharactersNotBytes) {
  EXPECT_EQ(outcome_of("correct horse"), "ok");
  EXPECT_EQ(outcome_of("twelve chars"), "ok");
  EXPECT_EQ(outcome_of("eleven char"), "Must have at least 12 characters.");
  EXPECT_EQ(outcome_of("äöüäöüäöüäöü"), "ok");
  EXPECT_EQ(outcome_of("äöüäöüäöüäö"), "Must have at least 12 characters.");
  EXPECT_EQ(outcome_of(""), "Must have at least 12 characters.");
  EXPECT_EQ(outcome_of("b" + std::string(1023, 'a')), "ok");
  EXPECT_EQ(outcome_of("b" + std::string(1024, 'a')), "Is too long.");
}

TEST(PasswordRules, RefuseOneCharacterOverAndOver) {
  for (const std::string character : {"a", " ", "é", "€", "😀"}) {
    std::string password;
    for (int i = 0; i < 12; ++i) password += character;
    EXPECT_EQ(outcome_of(password), "Must not be one character over and over.") << password;
    EXPECT_EQ(outcome_of(password + "b"), "ok") << password;
  }
  EXPECT_EQ(outcome_of("abababababab"), "ok");
}

TEST(PasswordRules, RefuseTheEmailInAnyCase) {
  EXPECT_EQ(outcome_of("ada.lovelace@ACME.example"), "Must not be the email.");
  EXPECT_EQ(outcome_of("ada.lovelace@ACME.example1"), "ok");
}

}  // namespace
}  // namespace auth
