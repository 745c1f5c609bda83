# SPDX-License-Identifier: GPL-3.0-or-later
# Graphs made by rule: as a library for benches, and as a program for scripts.
add_library(kg_generate STATIC "${CMAKE_CURRENT_LIST_DIR}/generate.c"
            "${CMAKE_CURRENT_LIST_DIR}/generate_hostile.c")
kg_target(kg_generate)
target_include_directories(kg_generate PUBLIC "${CMAKE_CURRENT_LIST_DIR}")
target_link_libraries(kg_generate PUBLIC kg_base kg_record)

add_executable(generate "${CMAKE_CURRENT_LIST_DIR}/generate_main.c")
kg_target(generate)
target_link_libraries(generate PRIVATE kg_generate)
