# SPDX-License-Identifier: GPL-3.0-or-later
# One function for every target: language level, warnings, sanitizers, visibility.

function(kg_target target)
    target_compile_features(${target} PUBLIC c_std_17)
    set_target_properties(${target} PROPERTIES
        C_EXTENSIONS OFF
        C_VISIBILITY_PRESET hidden
        POSITION_INDEPENDENT_CODE ON)
    target_compile_definitions(${target} PRIVATE
        _GNU_SOURCE KG_VERSION="${PROJECT_VERSION}")
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes
        -Wpointer-arith -Wcast-align -Wwrite-strings -Wundef -Wvla -Wformat=2
        $<$<C_COMPILER_ID:GNU>:-Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wno-unknown-pragmas>
        $<$<C_COMPILER_ID:Clang>:-Wno-nullability-extension -Wno-nullability-completeness>
        $<$<BOOL:${KG_WERROR}>:-Werror>)
    if(KG_SANITIZE)
        target_compile_options(${target} PRIVATE -fsanitize=${KG_SANITIZE} -fno-omit-frame-pointer
                               -fno-sanitize-recover=all)
        target_link_options(${target} PUBLIC -fsanitize=${KG_SANITIZE})
    endif()
endfunction()

# kg_room(name SOURCES a.c b.c DEPENDS base text LIBRARIES PkgConfig::x): a static library for
# one room of src/, so that a test links the room and what is below it and nothing else.
function(kg_room name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
    add_library(kg_${name} STATIC ${ARG_SOURCES})
    kg_target(kg_${name})
    target_include_directories(kg_${name} PUBLIC
        "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/src")
    list(TRANSFORM ARG_DEPENDS PREPEND kg_ OUTPUT_VARIABLE depends)
    target_link_libraries(kg_${name} PUBLIC ${depends} ${ARG_LIBRARIES})
    set_property(GLOBAL APPEND PROPERTY KG_ROOMS kg_${name})
endfunction()

# kg_test(name room...): tests/unit/<name>.c, a cmocka program that links the given rooms.
function(kg_test name)
    add_executable(${name} "${PROJECT_SOURCE_DIR}/tests/unit/${name}.c")
    kg_target(${name})
    list(TRANSFORM ARGN PREPEND kg_ OUTPUT_VARIABLE rooms)
    target_link_libraries(${name} PRIVATE ${rooms} PkgConfig::CMOCKA)
    target_compile_definitions(${name} PRIVATE
        KG_SOURCE_DIR="${PROJECT_SOURCE_DIR}" KG_SHARED_DIR="${PROJECT_SOURCE_DIR}/../shared")
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
endfunction()
