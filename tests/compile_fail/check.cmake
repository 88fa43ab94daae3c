# Compiles SOURCE right and wrong: right, it compiles without a warning; wrong (TALLYMARK_BAD=1), the compiler gives
# exactly one error, and that error says what the first line of the source expects. Where HEADERS was precompiled, the
# source does not read its headers again; where SOURCE is HEADERS, it is precompiled.
cmake_minimum_required(VERSION 3.25)

function(complain sentence)
  message("${SOURCE} ${sentence}")
  message(FATAL_ERROR "The message test failed")
endfunction()

# A folder that the compiler searches anyway must not be named again: that would change the order of the search.
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

set(precompiled "${HEADERS}.gch")  # the name that g++ looks for; clang++ takes any that is named
if(SOURCE STREQUAL HEADERS)
  execute_process(COMMAND "${COMPILER}" ${flags} ${warnings} -x c++-header "${SOURCE}" -o "${precompiled}"
    COMMAND_ERROR_IS_FATAL ANY)
  return()
endif()
list(APPEND flags -fsyntax-only)
if(EXISTS "${precompiled}")
  list(APPEND flags -include "${HEADERS}")
endif()

file(READ "${SOURCE}" text)
if(NOT text MATCHES "^// expect: ([^\n]*[^\n ])")
  complain("does not begin with '// expect: <part of the sentence>'")
endif()
set(sentence "${CMAKE_MATCH_1}")

execute_process(COMMAND "${COMPILER}" ${flags} ${warnings} "${SOURCE}" RESULT_VARIABLE code ERROR_VARIABLE output)
if(NOT code EQUAL 0)
  complain("does not compile without TALLYMARK_BAD:\n${output}")
endif()

execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C "${COMPILER}" ${flags} -w -DTALLYMARK_BAD=1 "${SOURCE}"
  RESULT_VARIABLE code ERROR_VARIABLE output)
if(code EQUAL 0)
  complain("compiles with TALLYMARK_BAD=1")
endif()
# Neither a semicolon nor a bracket in a message may cut it, or join it to the next, in CMake's lists.
foreach(text output sentence)
  string(REGEX REPLACE ";" "," plain_${text} "${${text}}")
  string(REGEX REPLACE "[][]" "|" plain_${text} "${plain_${text}}")
endforeach()
string(REGEX MATCHALL "[^\n]*: (fatal )?error: [^\n]*" errors "${plain_output}")
list(LENGTH errors count)
if(NOT count EQUAL 1)
  complain("gives ${count} errors with TALLYMARK_BAD=1, not one:\n${output}")
endif()
string(FIND "${errors}" "${plain_sentence}" at)
if(at EQUAL -1)
  complain("gives an error that does not say '${sentence}':\n${output}")
endif()
