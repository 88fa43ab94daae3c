# Compiles SOURCE twice: as it is, it must compile without a warning; with TALLYMARK_BAD=1, the compiler must report
# exactly one error, which says what the first line of the source expects: in its sentence, or, where a deleted function
# is called, in the line of that function, which a note shows. If HEADERS is precompiled, it is used; if SOURCE is
# HEADERS, precompiles it. With TALLYMARK_RIGHT_ONLY in the environment the second step is left out, and the first with
# TALLYMARK_RIGHT_ELSEWHERE.
cmake_minimum_required(VERSION 3.25)

function(complain sentence)
  message("${SOURCE} ${sentence}")
  message(FATAL_ERROR "The message test failed")
endfunction()

# The default folders of the compiler must not be given again: that would change the search order.
string(REPLACE "|" ";" includes "${INCLUDES}")
string(REPLACE "|" ";" implicit "${IMPLICIT_INCLUDES}")
string(REPLACE "|" ";" warnings "${WARNINGS}")
list(REMOVE_DUPLICATES includes)
set(flags -std=c++20 -fmessage-length=0 "-I${OWN_INCLUDES}")
foreach(folder IN LISTS includes)
  if(NOT folder IN_LIST implicit AND NOT folder STREQUAL OWN_INCLUDES AND NOT folder STREQUAL "")
    list(APPEND flags -isystem "${folder}")
  endif()
endforeach()

if(COMPILER MATCHES "clang")
  list(APPEND flags -fpch-instantiate-templates)  # once, with the headers, and not for each source
endif()

set(precompiled "${HEADERS}.gch")  # the name that g++ expects; clang++ accepts any name
if(SOURCE STREQUAL HEADERS)
  execute_process(COMMAND "${COMPILER}" ${flags} ${warnings} -x c++-header "${SOURCE}" -o "${precompiled}"
    COMMAND_ERROR_IS_FATAL ANY)
  return()
endif()
list(APPEND flags -fsyntax-only)
if(EXISTS "${precompiled}")
  list(APPEND flags -include "${HEADERS}")
endif()

if(NOT DEFINED ENV{TALLYMARK_RIGHT_ELSEWHERE})
  execute_process(COMMAND "${COMPILER}" ${flags} ${warnings} "${SOURCE}" RESULT_VARIABLE code ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    complain("does not compile without TALLYMARK_BAD:\n${output}")
  endif()
endif()
if(DEFINED ENV{TALLYMARK_RIGHT_ONLY})
  return()
endif()

file(READ "${SOURCE}" text)
if(NOT text MATCHES "^// expect: ([^\n]*[^\n ])")
  complain("does not begin with '// expect: <part of the sentence>'")
endif()
set(sentence "${CMAKE_MATCH_1}")

execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C "${COMPILER}" ${flags} -w -DTALLYMARK_BAD=1 "${SOURCE}"
  RESULT_VARIABLE code ERROR_VARIABLE output)
if(code EQUAL 0)
  complain("compiles with TALLYMARK_BAD=1")
endif()
# In CMake lists, a semicolon would split a message, and a bracket would join it to the next one.
foreach(text output sentence)
  string(REGEX REPLACE ";" "," plain_${text} "${${text}}")
  string(REGEX REPLACE "[][]" "|" plain_${text} "${plain_${text}}")
endforeach()
string(REGEX MATCHALL "[^\n]*: (fatal )?error: [^\n]*" errors "${plain_output}")
list(LENGTH errors count)
if(NOT count EQUAL 1)
  complain("gives ${count} errors with TALLYMARK_BAD=1, not one:\n${output}")
endif()
string(REGEX MATCHALL ": note: [^\n]*\n[^\n]*= delete,[^\n]*" deleted "${plain_output}")
string(FIND "${errors} ${deleted}" "${plain_sentence}" at)
if(at EQUAL -1)
  complain("gives an error that does not say '${sentence}':\n${output}")
endif()
