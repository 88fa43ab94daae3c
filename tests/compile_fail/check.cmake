# Compiles SOURCE twice: as it is, it must compile without a warning; with TALLYMARK_BAD=1, the compiler must report
# exactly one error, which says what the first line of the source expects: in its sentence, or, where a deleted function
# is called, in the line of that function, which a note shows. If HEADERS is precompiled, it is used; if SOURCE is
# HEADERS, precompiles it. With TALLYMARK_RIGHT_ONLY in the environment the second step is left out, and the first with
# TALLYMARK_RIGHT_ELSEWHERE.
# With TOGETHER, a list of sources that SOURCE includes, only the second step is done, for all of them in one compilation:
# the compiler must report one error for each. If it does not, each is compiled alone, and the results of that count.
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
if(TOGETHER)
  list(APPEND warnings -Wno-return-type)  # a `main` in a namespace is a function like others
endif()
if(EXISTS "${precompiled}")
  list(APPEND flags -include "${HEADERS}")
endif()

# In CMake lists, a semicolon would split a message, and a bracket would join it to the next one.
function(make_plain result text)
  string(REGEX REPLACE ";" "," text "${text}")
  string(REGEX REPLACE "[][]" "|" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# The part of a sentence that the first line of a source expects.
function(read_sentence result source)
  file(READ "${source}" text)
  if(NOT text MATCHES "^// expect: ([^\n]*[^\n ])")
    set(SOURCE "${source}")
    complain("does not begin with '// expect: <part of the sentence>'")
  endif()
  set(${result} "${CMAKE_MATCH_1}" PARENT_SCOPE)
endfunction()

# What the compiler says with TALLYMARK_BAD=1: its errors and, separately, the lines of deleted functions that it shows.
function(compile_wrong source code_result output_result errors_result deleted_result)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C "${COMPILER}" ${flags} -w -DTALLYMARK_BAD=1 "${source}"
    RESULT_VARIABLE code ERROR_VARIABLE output)
  make_plain(plain "${output}")
  string(REGEX MATCHALL "[^\n]*: (fatal )?error: [^\n]*" errors "${plain}")
  string(REGEX MATCHALL ": note: [^\n]*\n[^\n]*= delete,[^\n]*" deleted "${plain}")
  foreach(result code output errors deleted)
    set(${${result}_result} "${${result}}" PARENT_SCOPE)
  endforeach()
endfunction()

function(check_wrong SOURCE)
  read_sentence(sentence "${SOURCE}")
  compile_wrong("${SOURCE}" code output errors deleted)
  if(code EQUAL 0)
    complain("compiles with TALLYMARK_BAD=1")
  endif()
  list(LENGTH errors count)
  if(NOT count EQUAL 1)
    complain("gives ${count} errors with TALLYMARK_BAD=1, not one:\n${output}")
  endif()
  make_plain(plain "${sentence}")
  string(FIND "${errors} ${deleted}" "${plain}" at)
  if(at EQUAL -1)
    complain("gives an error that does not say '${sentence}':\n${output}")
  endif()
endfunction()

# Whether each of these sources is named in the messages, and gives an error of its own.
function(check_together result sources)
  set(${result} FALSE PARENT_SCOPE)
  compile_wrong("${SOURCE}" code output errors deleted)
  list(LENGTH errors errors_left)
  set(said "${errors}" "${deleted}")
  foreach(source IN LISTS sources)
    read_sentence(sentence "${source}")
    make_plain(plain "${sentence}")
    set(own)
    foreach(each IN LISTS said)
      string(FIND "${each}" "${plain}" at)
      if(NOT at EQUAL -1)
        set(own "${each}")
        break()
      endif()
    endforeach()
    string(FIND "${output}" "${source}:" named)
    if(NOT own OR named EQUAL -1)
      message("${source} gives no error '${sentence}' together with the others")
      return()
    endif()
    list(FIND said "${own}" at)
    list(REMOVE_AT said ${at})
    math(EXPR errors_left "${errors_left} - 1")
  endforeach()
  if(NOT errors_left EQUAL 0)
    message("${SOURCE} gives ${errors_left} errors too many")
    return()
  endif()
  set(${result} TRUE PARENT_SCOPE)
endfunction()

if(TOGETHER AND NOT DEFINED ENV{TALLYMARK_RIGHT_ONLY})
  string(REPLACE "|" ";" sources "${TOGETHER}")
  check_together(passed "${sources}")
  if(NOT passed)
    foreach(source IN LISTS sources)
      check_wrong("${source}")
    endforeach()
  endif()
  return()
endif()

if(NOT DEFINED ENV{TALLYMARK_RIGHT_ELSEWHERE})
  execute_process(COMMAND "${COMPILER}" ${flags} ${warnings} "${SOURCE}" RESULT_VARIABLE code ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    complain("does not compile without TALLYMARK_BAD:\n${output}")
  endif()
endif()
if(NOT DEFINED ENV{TALLYMARK_RIGHT_ONLY})
  check_wrong("${SOURCE}")
endif()
