#pragma once

// Which passwords are taken. Pure.

#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace auth {

inline constexpr std::size_t kMinPasswordCharacters = 12;
inline constexpr std::size_t kMaxPasswordBytes = 1024;

/// kInvalidBody, naming `field`: too short, too long, the email, one character over and over.
[[nodiscard]] base::Result<base::Done> check_password(const base::Secret& password,
                                                      std::string_view email,
                                                      std::string_view field);

/// ASCII letters in lower case: as the store compares emails.
[[nodiscard]] std::string normalise_email(std::string_view email);

}  // namespace auth
