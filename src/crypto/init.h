#pragma once

namespace crypto {

/// Prepares libsodium. Called once at the start of each program and test; safe to repeat. Ends the
/// process when the system has no randomness, because nothing could be safe after that.
void init();

}  // namespace crypto
