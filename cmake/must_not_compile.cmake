# Run as a script by aracari_must_not_compile(); needs COMPILER, INCLUDE, SYSTEM_INCLUDE, FILE and
# EXPECTED.

# Messages in plain ASCII, so that EXPECTED can hold quotation marks.
set(ENV{LC_ALL} C)

function(compile out_result out_message)
  execute_process(
    COMMAND ${COMPILER} -std=c++20 -fsyntax-only -Werror=unused-result -fdiagnostics-color=never
      -I ${INCLUDE} -isystem ${SYSTEM_INCLUDE} ${ARGN} ${FILE}
    RESULT_VARIABLE result ERROR_VARIABLE message ENCODING UTF8)
  set(${out_result} ${result} PARENT_SCOPE)
  set(${out_message} "${message}" PARENT_SCOPE)
endfunction()

compile(result message -DCONTROL)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${FILE} does not compile even with -DCONTROL, so it proves nothing:\n${message}")
endif()

compile(result message)
if(result EQUAL 0)
  message(FATAL_ERROR "${FILE} compiles, and must not.")
endif()
if(NOT message MATCHES "${EXPECTED}")
  message(FATAL_ERROR "${FILE} is refused for another reason than /${EXPECTED}/:\n${message}")
endif()
