# Language level, warnings, hardening and linker: the same for every target of ours.
# Outside headers come in as SYSTEM, so the warnings are about our code alone.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# A build type of its own, because the sanitizers and _FORTIFY_SOURCE exclude each other. Without
# optimisation: unit tests are compiled more often than they are waited for.
set(CMAKE_CXX_FLAGS_SANITIZED "-g1 -fno-omit-frame-pointer")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

add_compile_options(
  $<$<COMPILE_LANGUAGE:CXX>:-Wall>
  $<$<COMPILE_LANGUAGE:CXX>:-Wextra>
  $<$<COMPILE_LANGUAGE:CXX>:-Wpedantic>
  $<$<COMPILE_LANGUAGE:CXX>:-Wconversion>
  $<$<COMPILE_LANGUAGE:CXX>:-Wshadow>
  -fstack-protector-strong)
add_compile_definitions(_GLIBCXX_ASSERTIONS)
add_link_options(-fuse-ld=mold -pie -Wl,-z,relro,-z,now,-z,noexecstack)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # -Wrestrict of GCC 12 is wrong about `literal + std::string`.
  add_compile_options(
    $<$<COMPILE_LANGUAGE:CXX>:-Werror>
    $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
else()
  # The rooms count what they execute, so that the fuzzers see which input leads somewhere new.
  add_compile_options(
    -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -pthread
    # What ccache needs to know one precompiled header from another by its contents.
    "SHELL:-Xclang -fno-pch-timestamp")
  add_link_options(-fsanitize=address,undefined)
endif()
